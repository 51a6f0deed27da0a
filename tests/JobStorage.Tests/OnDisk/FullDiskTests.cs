using JobStorages.Tests.Disks;

namespace JobStorages.Tests.OnDisk;

public sealed class FullDiskTests
{
    private readonly RecordingLogger _logger = new();

    [MountFact]
    public void AllocateJob_NoSpaceLeft_ThrowsInsufficientStorageAndLeavesNothing()
    {
        using var tmpfs = new TinyTmpfs(kibibytes: 64, inodes: 1_000);
        using var storage = new StorageRoot(tmpfs.Disk.Root, tmpfs.Disk.FileSystem, _logger);
        tmpfs.FillSpace();

        InsufficientStorageException e = Assert.Throws<InsufficientStorageException>(() => storage.AllocateJob("job-1"));

        Assert.Equal(28, Assert.IsAssignableFrom<IOException>(e.InnerException).HResult);
        Assert.Equal(tmpfs.Disk.InRoot("job-1"), e.Path);
        Assert.Empty(tmpfs.Disk.NamesInRoot());
        Assert.Empty(_logger.Warnings);
    }

    [MountFact]
    public void AllocateJob_NoInodesLeft_ThrowsInsufficientStorageAndLeavesNothing()
    {
        using var tmpfs = new TinyTmpfs(kibibytes: 1_000, inodes: 40);
        using var storage = new StorageRoot(tmpfs.Disk.Root, tmpfs.Disk.FileSystem, _logger);
        tmpfs.FillInodes();

        // With none, one and two inodes left it fails at a different step each time; it takes three.
        for (int left = 0; left < 3; left++)
        {
            Assert.Throws<InsufficientStorageException>(() => storage.AllocateJob("job-1"));
            Assert.Empty(tmpfs.Disk.NamesInRoot());
            tmpfs.Free();
        }

        storage.AllocateJob("job-1");
        Assert.Equal([".owner", "output"], tmpfs.Disk.Names(tmpfs.Disk.InRoot("job-1")));
        Assert.Empty(_logger.Warnings);
    }

    [MountFact]
    public void ReleaseJob_NoSpaceLeft_FreesIt()
    {
        using var tmpfs = new TinyTmpfs(kibibytes: 64, inodes: 1_000);
        using var storage = new StorageRoot(tmpfs.Disk.Root, tmpfs.Disk.FileSystem, _logger);
        storage.AllocateJob("job-1");
        tmpfs.FillSpace();

        storage.ReleaseJob("job-1");

        storage.AllocateJob("job-2");
        Assert.Equal(["job-2"], tmpfs.Disk.NamesInRoot());
        Assert.Empty(_logger.Warnings);
    }

    [MountFact]
    public void CleanupAll_NoInodesLeft_DeletesAll()
    {
        using var tmpfs = new TinyTmpfs(kibibytes: 1_000, inodes: 40);
        using var storage = new StorageRoot(tmpfs.Disk.Root, tmpfs.Disk.FileSystem, _logger);
        storage.AllocateJob("job-1");
        storage.AllocateJob("job-2");
        tmpfs.FillInodes();

        storage.CleanupAll();

        Assert.Empty(tmpfs.Disk.NamesInRoot());
        Assert.Empty(_logger.Warnings);
    }

    /// <summary>After a crash that filled the disk, the next instance has to start to make room.</summary>
    [MountFact]
    public void Constructor_NoSpaceLeft_OpensAndReclaims()
    {
        using var tmpfs = new TinyTmpfs(kibibytes: 64, inodes: 1_000);
        tmpfs.Disk.LeaveBehind("00000000000000000000000000000001", "job-1");
        tmpfs.FillSpace();

        using (new StorageRoot(tmpfs.Disk.Root, tmpfs.Disk.FileSystem, _logger))
        {
            // Disposal waits for the deletions in the background.
        }

        Assert.Empty(tmpfs.Disk.NamesInRoot());
        Assert.Empty(_logger.Warnings);
    }

    [MountFact]
    public void Constructor_NoInodesLeft_ThrowsInsufficientStorage()
    {
        using var tmpfs = new TinyTmpfs(kibibytes: 1_000, inodes: 40);
        tmpfs.FillInodes();

        Assert.Throws<InsufficientStorageException>(() => new StorageRoot(tmpfs.Disk.Root, tmpfs.Disk.FileSystem, _logger));
    }
}
