using System.IO.Abstractions;

namespace JobStorages.Tests.Disks;

/// <summary>A file system with a fresh directory on it, for one test.</summary>
public abstract class TestDisk : IDisposable
{
    public abstract IFileSystem FileSystem { get; }

    /// <summary>Gets an empty directory that is nobody else's.</summary>
    public abstract string Directory { get; }

    /// <summary>Gets the path of the root that tests open; it does not exist yet.</summary>
    public string Root => Path("jobs");

    public string Path(params string[] names) => FileSystem.Path.Combine([Directory, .. names]);

    public string InRoot(params string[] names) => FileSystem.Path.Combine([Root, .. names]);

    /// <summary>Gives the names of what is in a directory, in order.</summary>
    public string[] Names(string directory) =>
    [
        .. FileSystem.Directory.EnumerateFileSystemEntries(directory).Select(path => FileSystem.Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Gives the names of what is in the root, without what marks it as one.</summary>
    public string[] NamesInRoot() => [.. Names(Root).Where(name => name is not (".jobstorage" or "CACHEDIR.TAG"))];

    public void Write(string path, string text = "x")
    {
        FileSystem.Directory.CreateDirectory(FileSystem.Path.GetDirectoryName(path)!);
        FileSystem.File.WriteAllText(path, text);
    }

    /// <summary>Lays out what an instance leaves that was killed: a lease that nobody holds, and a job.</summary>
    public void LeaveBehind(string instance, string? jobId = null)
    {
        Write(InRoot(".jobstorage", $"{instance}.lease"), "host: gone\n");
        if (jobId is not null)
        {
            Write(InRoot(jobId, ".owner"), $"{instance} 1\n");
            Write(InRoot(jobId, "output", "report.md"));
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
