using JobStorages.Tests.Disks;

namespace JobStorages.Tests.OnDisk;

public sealed class PermissionTests : IDisposable
{
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;
    private const UnixFileMode OfUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly RealDisk _disk = new();
    private readonly RecordingLogger _logger = new();

    public PermissionTests()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_disk.Directory, All);
        }
    }

    public void Dispose() => _disk.Dispose();

    [UnixFact]
    public void AllocateJob_UmaskZero_LetsNobodyElseIn()
    {
        uint umask = Posix.SetUmask(0);
        try
        {
            using StorageRoot storage = Open(_disk.Path("parent", "jobs"));
            JobStorage job = storage.AllocateJob("job-1");

            Assert.Equal(OfUser, Mode(job.Root));
            Assert.Equal(OfUser, Mode(job.OutputDir));
            Assert.Equal(OfUser, Mode(storage.Root));
            Assert.Equal(OfUser, Mode(Path.Combine(storage.Root, ".jobstorage")));
            Assert.Equal(All, Mode(_disk.Path("parent")));
        }
        finally
        {
            _ = Posix.SetUmask(umask);
        }
    }

    [UnixFact]
    public void AllocateJob_DirectoryModeSet_IsUsed()
    {
        uint umask = Posix.SetUmask(0);
        try
        {
            var options = new JobStorageOptions { RootPath = _disk.Root, DirectoryMode = OfUser | UnixFileMode.GroupRead | UnixFileMode.GroupExecute };
            using var storage = new StorageRoot(Microsoft.Extensions.Options.Options.Create(options));

            Assert.Equal(options.DirectoryMode, Mode(storage.AllocateJob("job-1").Root));
            Assert.Equal(options.DirectoryMode, Mode(storage.Root));
        }
        finally
        {
            _ = Posix.SetUmask(umask);
        }
    }

    [UnixFact]
    public void Constructor_RootWritableByOthers_WarnsOnce()
    {
        Directory.CreateDirectory(_disk.Root);
        File.SetUnixFileMode(_disk.Root, All);

        using StorageRoot storage = Open(_disk.Root);
        storage.AllocateJob("job-1");

        LogEntry warning = Assert.Single(_logger.Warnings);
        Assert.Equal((2, "RootWritableByOthers"), (warning.Id.Id, warning.Id.Name));
        Assert.Contains(_disk.Root, warning.Message, StringComparison.Ordinal);
    }

    [UnprivilegedFact]
    public void AllocateJob_RootNotWritable_ThrowsAsItIsAndLeavesNothing() => Posix.RunAsNobody(() =>
    {
        using StorageRoot storage = Open(_disk.Root);
        File.SetUnixFileMode(_disk.Root, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Throws<UnauthorizedAccessException>(() => storage.AllocateJob("job-1"));

        File.SetUnixFileMode(_disk.Root, OfUser);
        Assert.Empty(_disk.NamesInRoot());
    });

    [UnprivilegedFact]
    public void ReleaseJob_RootNotWritable_WarnsAndIsReclaimedByTheNextInstance() => Posix.RunAsNobody(() =>
    {
        using (StorageRoot storage = Open(_disk.Root))
        {
            storage.AllocateJob("job-1");
            File.SetUnixFileMode(_disk.Root, UnixFileMode.UserRead | UnixFileMode.UserExecute);

            storage.ReleaseJob("job-1");

            LogEntry warning = Assert.Single(_logger.Warnings);
            Assert.Equal("RenameRefused", warning.Id.Name);
            Assert.NotNull(warning.Exception);
            Assert.False(storage.TryGetJob("job-1", out _));
            File.SetUnixFileMode(_disk.Root, OfUser);
        }

        Assert.Empty(_disk.NamesInRoot());
    });

    [UnprivilegedFact]
    public void ReleaseJob_ReadOnlyAndInaccessibleDirectories_AreDeleted() => Posix.RunAsNobody(() =>
    {
        using StorageRoot storage = Open(_disk.Root);
        JobStorage job = storage.AllocateJob("job-1");
        foreach ((string name, UnixFileMode mode) in new[]
        {
            ("read-only", UnixFileMode.UserRead | UnixFileMode.UserExecute), ("closed", UnixFileMode.None), ("blind", UnixFileMode.UserWrite),
        })
        {
            _disk.Write(job.PathTo($"{name}/below/file"));
            File.SetUnixFileMode(job.PathTo($"{name}/below"), mode);
            File.SetUnixFileMode(job.PathTo(name), mode);
        }

        File.SetUnixFileMode(job.Root, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        storage.ReleaseJob("job-1");

        Assert.Empty(_logger.Warnings);
        Assert.Empty(_disk.NamesInRoot());
    });

    [UnprivilegedFact]
    public void CleanupAll_JobClosedEvenToItsUser_IsKeptWhileItsOwnerIsAliveAndReclaimedAfterwards() => Posix.RunAsNobody(() =>
    {
        using StorageRoot other = Open(_disk.Root);
        foreach (UnixFileMode mode in new[] { UnixFileMode.None, UnixFileMode.UserRead | UnixFileMode.UserWrite })
        {
            StorageRoot owner = Open(_disk.Root);
            JobStorage job = owner.AllocateJob("job-1");
            File.SetUnixFileMode(job.Root, mode);

            other.CleanupAll();

            Assert.Equal(["job-1"], _disk.NamesInRoot());
            owner.Dispose();
            Assert.Empty(_disk.NamesInRoot());
        }

        Assert.Empty(_logger.Warnings);
    });

    [RootFact]
    public void CleanupAll_JobOfAnotherUser_IsLeftWithOneWarning()
    {
        Directory.CreateDirectory(_disk.Root);
        File.SetUnixFileMode(_disk.Root, All);
        using var theirs = new StorageRoot(new Microsoft.Extensions.Options.OptionsWrapper<JobStorageOptions>(
            new JobStorageOptions { RootPath = _disk.Root, DirectoryMode = OfUser }));
        theirs.AllocateJob("theirs");
        File.SetUnixFileMode(_disk.InRoot(".jobstorage"), All);
        Posix.RunAsNobody(() =>
        {
            using StorageRoot storage = Open(_disk.Root);
            storage.CleanupAll();
            storage.CleanupAll();
        });

        Assert.Equal(["theirs"], theirs.ListJobs());
        Assert.Single(_logger.Entries, entry => entry.Id.Name == "OwnerUnreadable");
        Assert.Single(_disk.Names(_disk.InRoot(".jobstorage")), name => name.EndsWith(".lease", StringComparison.Ordinal));
    }

    /// <summary>For a while the mark can't be searched. The lease is not lost for that, and is not let go.</summary>
    [UnprivilegedFact]
    public void AllocateJob_MarkClosedForAWhile_KeepsTheLease() => Posix.RunAsNobody(() =>
    {
        using StorageRoot storage = Open(_disk.Root);
        storage.AllocateJob("job-1");
        File.SetUnixFileMode(_disk.InRoot(".jobstorage"), UnixFileMode.None);
        storage.AllocateJob("job-2");
        File.SetUnixFileMode(_disk.InRoot(".jobstorage"), OfUser);

        using (StorageRoot other = Open(_disk.Root))
        {
            other.CleanupAll();
        }

        Assert.Equal(["job-1", "job-2"], storage.ListJobs());
        Assert.Empty(_logger.Warnings);
    });

    [UnprivilegedFact]
    public void ReleaseJob_HardLinkInAReadOnlyDirectory_LeavesTheModeOfTheFileOutside() => Posix.RunAsNobody(() =>
    {
        using StorageRoot storage = Open(_disk.Root);
        JobStorage job = storage.AllocateJob("job-1");
        string outside = _disk.Path("outside");
        File.WriteAllText(outside, "precious");
        File.SetUnixFileMode(outside, UnixFileMode.UserRead);
        Posix.HardLink(outside, job.PathTo("output/link"));
        File.SetUnixFileMode(job.OutputDir, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        storage.ReleaseJob("job-1");

        Assert.Empty(_disk.NamesInRoot());
        Assert.Equal(UnixFileMode.UserRead, Mode(outside));
    });

    [RootFact]
    public void ReleaseJob_FileOfAnotherUserInADirectoryOfIts_WarnsAndKeepsIt()
    {
        string foreign = _disk.InRoot("job-1", "foreign");
        StorageRoot? storage = null;
        Posix.RunAsNobody(() =>
        {
            storage = Open(_disk.Root);
            storage.AllocateJob("job-1");
        });
        _disk.Write(Path.Combine(foreign, "file"));

        Posix.RunAsNobody(() => storage!.ReleaseJob("job-1"));

        LogEntry warning = Assert.Single(_logger.Warnings);
        Assert.Equal("DeleteFailed", warning.Id.Name);
        Assert.IsType<UnauthorizedAccessException>(warning.Exception);
        Assert.Equal(["foreign"], _disk.Names(_disk.InRoot(Assert.Single(_disk.NamesInRoot()))));
        storage!.Dispose();
        Assert.Empty(_disk.NamesInRoot());
    }

    [UnixFact]
    public void ReleaseJob_FifoInside_IsDeletedAndNotOpened()
    {
        using StorageRoot storage = Open(_disk.Root);
        Posix.MakeFifo(storage.AllocateJob("job-1").PathTo("output/pipe"));

        storage.ReleaseJob("job-1");

        Assert.Empty(_disk.NamesInRoot());
        Assert.Empty(_logger.Warnings);
    }

    private static UnixFileMode Mode(string path) => File.GetUnixFileMode(path);

    private StorageRoot Open(string root) => new(root, _disk.FileSystem, _logger);
}
