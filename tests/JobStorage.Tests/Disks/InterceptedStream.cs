using System.IO.Abstractions;

namespace JobStorages.Tests.Disks;

public sealed class InterceptedStream(FileSystemStream inner, Interception interception) : FileSystemStream(inner, inner.Name, inner.IsAsync)
{
    private bool _closed;

    public override void Write(byte[] buffer, int offset, int count) =>
        interception.Around(new FileSystemCall("Stream", nameof(Write), Name, []), () => base.Write(buffer, offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        byte[] bytes = buffer.ToArray();
        interception.Around(new FileSystemCall("Stream", nameof(Write), Name, []), () => base.Write(bytes));
    }

    public override void SetLength(long value) =>
        interception.Around(new FileSystemCall("Stream", nameof(SetLength), Name, []), () => base.SetLength(value));

    /// <summary>Closes it as the end of its process does.</summary>
    public void Abandon()
    {
        if (!_closed)
        {
            _closed = true;
            base.Dispose(disposing: true);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _closed)
        {
            return;
        }

        try
        {
            interception.Around(new FileSystemCall("Stream", "Dispose", Name, []), () => { });
        }
        finally
        {
            Abandon();
        }
    }
}
