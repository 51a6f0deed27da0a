using System.IO.Abstractions;
using System.Text;

namespace JobStorages.Ownership;

/// <summary>A file that is held open for this process alone. Letting go of it does not fail.</summary>
internal sealed class LockedFile(FileSystemStream stream) : IDisposable
{
    public string ReadText()
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        return reader.ReadToEnd();
    }

    public void WriteText(string text)
    {
        stream.Position = 0;
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.SetLength(stream.Position);
        stream.Flush();
    }

    public void Dispose()
    {
        try
        {
            stream.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whatever closing a file reports, on every platform the descriptor and its lock are gone, and here nothing is left to be written.
        }
    }
}
