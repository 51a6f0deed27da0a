using System.IO.Abstractions;
using JobStorages.Deletion;
using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Contract;

/// <summary>What <see cref="StorageRoot"/> does on every file system: each row of the tables in seed.md and in section 2 of the design.</summary>
public abstract partial class StorageRootContract : IDisposable
{
    private readonly List<StorageRoot> _opened = [];

    protected StorageRootContract(TestDisk disk) => Disk = disk;

    protected TestDisk Disk { get; }

    protected abstract TestDisk Fresh();

    protected RecordingLogger Logger { get; } = new();

    protected IFileSystem FileSystem => Disk.FileSystem;

    public void Dispose()
    {
        _opened.ForEach(storage => storage.Dispose());
        Disk.Dispose();
        GC.SuppressFinalize(this);
    }

    protected StorageRoot Open(string? root = null) => Keep(new StorageRoot(root ?? Disk.Root, FileSystem, Logger));

    protected StorageRoot Open(IFileSystem fileSystem) => Keep(new StorageRoot(Disk.Root, fileSystem, Logger));

    private protected StorageRoot Open(Action<JobStorageOptions> configure, IFileSystem? fileSystem = null, TimeProvider? time = null, RenameRetry? retry = null)
    {
        var options = new JobStorageOptions { RootPath = Disk.Root };
        configure(options);
        return Keep(new StorageRoot(options, fileSystem ?? FileSystem, Logger, time, retry ?? RenameRetry.Default));
    }

    private StorageRoot Keep(StorageRoot storage)
    {
        _opened.Add(storage);
        return storage;
    }
}
