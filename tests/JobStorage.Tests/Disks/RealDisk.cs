using System.IO.Abstractions;

namespace JobStorages.Tests.Disks;

public sealed class RealDisk : TestDisk
{
    public RealDisk()
        : this(System.IO.Path.GetTempPath())
    {
    }

    public RealDisk(string parent)
    {
        Directory = System.IO.Path.Combine(parent, "JobStorage.Tests-" + Guid.NewGuid().ToString("N"));
        System.IO.Directory.CreateDirectory(Directory);
    }

    public override IFileSystem FileSystem { get; } = new FileSystem();

    public override string Directory { get; }

    protected override void Dispose(bool disposing) => System.IO.Directory.Delete(Directory, recursive: true);
}
