using System.IO.Abstractions;

namespace JobStorages.Tests.Disks;

/// <summary>A file system whose every call a test can watch, change, refuse, or do something before.</summary>
public sealed class Interception
{
    private readonly List<InterceptedStream> _streams = [];
    private volatile bool _killed;

    public Interception(IFileSystem inner) => FileSystem = Intercepted<IFileSystem>.Wrap(inner, this);

    public IFileSystem FileSystem { get; }

    /// <summary>Gets or sets what happens before a call: it may throw what the call is to fail with.</summary>
    public Action<FileSystemCall>? Before { get; set; }

    /// <summary>Gets or sets what happens after a call that succeeded: it may throw, as if the answer had got lost.</summary>
    public Action<FileSystemCall>? After { get; set; }

    /// <summary>Makes it a file system that does not enforce locks: every open succeeds.</summary>
    public void ShareEverything() => Before += call =>
    {
        int share = Array.FindIndex(call.Arguments, argument => argument is FileShare);
        if (share >= 0)
        {
            call.Arguments[share] = FileShare.ReadWrite | FileShare.Delete;
        }
    };

    /// <summary>Ends the process that uses the file system, as far as the file system can tell.</summary>
    public void Kill()
    {
        _killed = true;
        lock (_streams)
        {
            foreach (InterceptedStream stream in _streams)
            {
                stream.Abandon();
            }
        }
    }

    internal object? Around(FileSystemCall call, Func<object?> make)
    {
        ThrowIfKilled();
        Before?.Invoke(call);
        ThrowIfKilled();
        object? result = make();
        After?.Invoke(call);
        return result;
    }

    internal void Around(FileSystemCall call, Action make) => Around(call, () =>
    {
        make();
        return null;
    });

    internal object? Wrap(object? result) => result switch
    {
        IFile o => Intercepted<IFile>.Wrap(o, this),
        IDirectory o => Intercepted<IDirectory>.Wrap(o, this),
        IFileInfoFactory o => Intercepted<IFileInfoFactory>.Wrap(o, this),
        IDirectoryInfoFactory o => Intercepted<IDirectoryInfoFactory>.Wrap(o, this),
        IFileStreamFactory o => Intercepted<IFileStreamFactory>.Wrap(o, this),
        IFileInfo o => Intercepted<IFileInfo>.Wrap(o, this),
        IDirectoryInfo o => Intercepted<IDirectoryInfo>.Wrap(o, this),
        IEnumerable<IFileSystemInfo> o => o.Select(info => (IFileSystemInfo)Wrap(info)!),
        FileSystemStream o => Keep(new InterceptedStream(o, this)),
        _ => result,
    };

    private InterceptedStream Keep(InterceptedStream stream)
    {
        lock (_streams)
        {
            _streams.Add(stream);
        }

        return stream;
    }

    private void ThrowIfKilled()
    {
        if (_killed)
        {
            throw new ProcessKilledException();
        }
    }
}
