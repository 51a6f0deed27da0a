using JobStorages.Tests.Disks;
using Microsoft.Extensions.Time.Testing;

namespace JobStorages.Tests.Contract;

public abstract partial class StorageRootContract
{
    private const string DeadInstance = "00000000000000000000000000000001";

    [Fact]
    public void Constructor_RootMissing_CreatesItWithItsParents()
    {
        string root = Disk.Path("a", "b", "jobs");

        StorageRoot storage = Open(root);

        Assert.True(FileSystem.Directory.Exists(root));
        Assert.Equal(root, storage.Root);
    }

    [Fact]
    public void Constructor_RootExists_KeepsWhatIsInIt()
    {
        Disk.Write(Disk.InRoot("notes.txt"), "mine");

        Open();

        Assert.Equal("mine", FileSystem.File.ReadAllText(Disk.InRoot("notes.txt")));
    }

    [Fact]
    public void Constructor_Always_MarksTheRoot()
    {
        Open();

        Assert.Equal([".jobstorage", "CACHEDIR.TAG"], Disk.Names(Disk.Root));
        Assert.StartsWith(
            "Signature: 8a477f597d28d172789f06886806bc55", FileSystem.File.ReadAllText(Disk.InRoot("CACHEDIR.TAG")), StringComparison.Ordinal);
        Assert.Equal(["lease", "lock"], Disk.Names(Disk.InRoot(".jobstorage")).Select(name => name[(name.LastIndexOf('.') + 1)..]).Order());
    }

    [Fact]
    public void Constructor_OwnCacheTagThere_LeavesIt()
    {
        Disk.Write(Disk.InRoot("CACHEDIR.TAG"), "somebody else's");

        Open();

        Assert.Equal("somebody else's", FileSystem.File.ReadAllText(Disk.InRoot("CACHEDIR.TAG")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Constructor_RootPathEmpty_Throws(string root) => Assert.Throws<ArgumentException>(() => Open(root));

    [Fact]
    public void Constructor_RootPathNull_Throws() => Assert.Throws<ArgumentNullException>(() => new StorageRoot((string)null!, FileSystem));

    [Fact]
    public void Constructor_RootPathRelative_IsTakenFromTheCurrentDirectory()
    {
        string current = FileSystem.Path.GetRelativePath(FileSystem.Directory.GetCurrentDirectory(), Disk.Root);

        Assert.Equal(Disk.Root, Open(current).Root);
    }

    [Fact]
    public void Constructor_RootPathEndsInSeparator_GivesItWithout() =>
        Assert.Equal(Disk.Root, Open(Disk.Root + FileSystem.Path.DirectorySeparatorChar).Root);

    [Fact]
    public void Constructor_RootBehindALink_IsResolved()
    {
        FileSystem.Directory.CreateDirectory(Disk.Path("real"));
        FileSystem.Directory.CreateSymbolicLink(Disk.Path("link"), Disk.Path("real"));

        StorageRoot storage = Open(Disk.Path("link", "jobs"));
        JobStorage job = storage.AllocateJob("job-1");

        Assert.Equal(Disk.Path("real", "jobs"), storage.Root);
        Assert.True(FileSystem.Directory.Exists(job.OutputDir));
    }

    [Fact]
    public void Constructor_RootIsAFile_Throws()
    {
        Disk.Write(Disk.Root);

        Assert.ThrowsAny<IOException>(() => Open());
    }

    [Fact]
    public void Constructor_UnmarkedRootWithADirectoryThatCouldBeAJob_Refuses()
    {
        Disk.Write(Disk.InRoot("Documents", "thesis.tex"));

        StorageRootException e = Assert.Throws<StorageRootException>(() => Open());

        Assert.Equal(Disk.Root, e.Path);
        Assert.Contains("'Documents'", e.Message, StringComparison.Ordinal);
        Assert.Contains(Disk.Root, e.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(JobStorageOptions.AdoptExistingRoot), e.Message, StringComparison.Ordinal);
        Assert.Equal(["Documents"], Disk.Names(Disk.Root));
    }

    /// <summary>Both open a new root; one has marked it and allocated a job while the other looks for directories that could be jobs.</summary>
    [Fact]
    public void Constructor_AnotherInstanceOpensTheSameNewRoot_Accepts()
    {
        var interception = new Interception(FileSystem);
        interception.Before = call =>
        {
            if (call.Name == "Directory.EnumerateDirectories")
            {
                interception.Before = null;
                Open().AllocateJob("job-1");
            }
        };

        Assert.Equal(["job-1"], Open(interception.FileSystem).ListJobs());
    }

    [Fact]
    public void Constructor_UnmarkedRootWithNothingThatCouldBeAJob_Accepts()
    {
        FileSystem.Directory.CreateDirectory(Disk.InRoot("lost+found"));
        FileSystem.Directory.CreateDirectory(Disk.InRoot(".snapshot"));
        Disk.Write(Disk.InRoot("notes.txt"));

        Open();

        Assert.Equal([".snapshot", "lost+found", "notes.txt"], Disk.NamesInRoot());
    }

    [Fact]
    public void Constructor_AdoptExistingRoot_AcceptsAndKeepsTheJobs()
    {
        Disk.Write(Disk.InRoot("job-1", "input.tlog"));

        StorageRoot storage = Open(options => options.AdoptExistingRoot = true);

        Assert.Equal(["job-1"], storage.ListJobs());
        Assert.True(FileSystem.File.Exists(Disk.InRoot("job-1", "input.tlog")));
    }

    [Fact]
    public void Constructor_MarkedRootWithJobs_Accepts()
    {
        Open().AllocateJob("job-1");

        Assert.Equal(["job-1"], Open().ListJobs());
    }

    [Fact]
    public void Constructor_MarkIsAFile_Refuses()
    {
        Disk.Write(Disk.InRoot(".jobstorage"));

        StorageRootException e = Assert.Throws<StorageRootException>(() => Open());

        Assert.Contains(".jobstorage", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_JobsOfADeadInstance_AreReclaimed()
    {
        Disk.LeaveBehind(DeadInstance, "job-1");
        Disk.Write(Disk.InRoot($".new-{DeadInstance}-2", ".owner"));
        Disk.Write(Disk.InRoot($".old-{DeadInstance}-3", "output", "report.md"));

        using (Open())
        {
            // Disposal waits for the deletions in the background.
        }

        Assert.Empty(Disk.NamesInRoot());
        Assert.Equal(["sweep.lock"], Disk.Names(Disk.InRoot(".jobstorage")));
    }

    /// <summary>However large they are: opening the root renames what the dead have left, the bytes go in the background.</summary>
    [Fact]
    public void Constructor_JobsOfADeadInstance_AreTakenBeforeItReturnsAndDeletedLater()
    {
        using var mayDelete = new ManualResetEventSlim();
        var interception = new Interception(FileSystem);
        Disk.LeaveBehind(DeadInstance, "job-1");
        interception.Before = call => WaitBeforeDeleting(call, mayDelete);

        StorageRoot storage = Open(interception.FileSystem);

        Assert.StartsWith(".old-", Assert.Single(Disk.NamesInRoot()), StringComparison.Ordinal);
        storage.AllocateJob("job-1");
        mayDelete.Set();
        storage.Dispose();
        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public async Task Sweep_UnderWay_DelaysNeitherAllocationsNorReleases()
    {
        using var sweeping = new ManualResetEventSlim();
        using var maySweep = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(_ => { }, interception.FileSystem, time);
        interception.Before = call =>
        {
            if (call.Name == "Directory.EnumerateDirectories")
            {
                sweeping.Set();
                maySweep.Wait();
            }
        };
        Task sweep = Task.Run(() => time.Advance(TimeSpan.FromMinutes(5)));
        sweeping.Wait();

        storage.AllocateJob("job-1");
        storage.ReleaseJob("job-1");

        Assert.False(sweep.IsCompleted);
        maySweep.Set();
        await sweep;
        interception.Before = null;
    }

    [Fact]
    public void Constructor_AnotherInstanceSweeps_LeavesItToIt()
    {
        Disk.LeaveBehind(DeadInstance, "job-1");
        using (FileSystem.FileStream.New(Disk.InRoot(".jobstorage", "sweep.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(["job-1"], Open().ListJobs());
        }
    }

    [Fact]
    public void Sweep_JobOfTheDeadCannotBeRenamed_KeepsTheLeaseUntilItCan()
    {
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        Disk.LeaveBehind(DeadInstance, "job-1");
        interception.Before = RefuseRename;
        StorageRoot storage = Open(_ => { }, interception.FileSystem, time);
        Assert.Contains($"{DeadInstance}.lease", Disk.Names(Disk.InRoot(".jobstorage")));
        Assert.Equal("RenameRefused", Assert.Single(Logger.Warnings).Id.Name);

        interception.Before = null;
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Empty(storage.ListJobs());
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain($"{DeadInstance}.lease", Disk.Names(Disk.InRoot(".jobstorage")));
        Assert.Single(Logger.Warnings);
    }

    [Fact]
    public void Sweep_FileSystemOrLoggerThrowsSomethingOfItsOwn_DoesNotReachTheTimer()
    {
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(_ => { }, interception.FileSystem, time);
        interception.Before = call =>
        {
            if (call.Name == "Directory.EnumerateDirectories")
            {
                throw new NotSupportedException("What a mock says.");
            }
        };

        time.Advance(TimeSpan.FromMinutes(5));
        interception.Before = null;

        Assert.IsType<NotSupportedException>(Logger.Single("SweepFailed").Exception);
        storage.AllocateJob("job-1");
    }

    [Fact]
    public void Sweep_FailsAgainAndAgain_IsSaidOnce()
    {
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        Open(_ => { }, interception.FileSystem, time);
        interception.Before = call =>
        {
            if (call.Name == "Directory.EnumerateDirectories")
            {
                throw Errno.ToException(5);
            }
        };

        time.Advance(TimeSpan.FromMinutes(5));
        time.Advance(TimeSpan.FromMinutes(5));
        interception.Before = null;

        Logger.Single("SweepFailed");
    }

    [Fact]
    public void Constructor_FailsAfterItHasItsLease_LetsGoOfIt()
    {
        var interception = new Interception(FileSystem);
        interception.Before = call =>
        {
            if (call.Name == "Directory.EnumerateDirectories" && FileSystem.File.Exists(Disk.InRoot(".jobstorage", "sweep.lock")))
            {
                throw new NotSupportedException("What a mock says.");
            }
        };

        Assert.Throws<NotSupportedException>(() => Open(interception.FileSystem));

        Open().Dispose();
        Assert.Equal(["sweep.lock"], Disk.Names(Disk.InRoot(".jobstorage")));
    }

    [Fact]
    public void Sweep_Always_KeepsTheLeaseFreshForCleanersThatGoByAge()
    {
        var time = new FakeTimeProvider();
        Open(_ => { }, time: time);
        string lease = Disk.Names(Disk.InRoot(".jobstorage")).Single(name => name.EndsWith(".lease", StringComparison.Ordinal));

        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(time.GetUtcNow().UtcDateTime, FileSystem.File.GetLastWriteTimeUtc(Disk.InRoot(".jobstorage", lease)));
    }

    /// <summary>A volume goes and comes back: what was made in its place is not what the instance holds any more.</summary>
    [Fact]
    public void Sweep_TheVolumeWasAwayForAWhile_HoldsItsLeaseAgain()
    {
        var time = new FakeTimeProvider();
        StorageRoot storage = Open(_ => { }, time: time);
        storage.AllocateJob("job-1");
        FileSystem.Directory.Move(Disk.Root, Disk.Path("away"));
        time.Advance(TimeSpan.FromMinutes(5));
        FileSystem.Directory.Move(Disk.Root, Disk.Path("underneath"));
        FileSystem.Directory.Move(Disk.Path("away"), Disk.Root);

        time.Advance(TimeSpan.FromMinutes(5));
        Open().CleanupAll();

        Assert.Equal(["job-1"], storage.ListJobs());
    }

    [Fact]
    public void Sweep_IntervalInfinite_HappensWhenTheRootIsOpenedOnly()
    {
        var time = new FakeTimeProvider();
        StorageRoot storage = Open(options => options.SweepInterval = Timeout.InfiniteTimeSpan, time: time);
        Disk.LeaveBehind(DeadInstance, "job-1");

        time.Advance(TimeSpan.FromDays(24));

        Assert.Equal(["job-1"], storage.ListJobs());
    }

    [Fact]
    public void Constructor_FileSystemWithoutModes_DoesWithout()
    {
        var interception = new Interception(FileSystem);
        interception.Before = call =>
        {
            if (call.Arguments.Any(argument => argument is UnixFileMode) || call.Name == "File.GetUnixFileMode")
            {
                throw new NotImplementedException("There are no modes here.");
            }
        };

        JobStorage job = Open(interception.FileSystem).AllocateJob("job-1");

        Assert.True(FileSystem.Directory.Exists(job.OutputDir));
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void Constructor_JobsWithoutOwnerOrLease_AreKept()
    {
        FileSystem.Directory.CreateDirectory(Disk.InRoot(".jobstorage"));
        FileSystem.Directory.CreateDirectory(Disk.InRoot("of-the-python-service", "output"));
        Disk.Write(Disk.InRoot("of-nobody-known", ".owner"), $"{DeadInstance} 1\n");

        Assert.Equal(["of-nobody-known", "of-the-python-service"], Open().ListJobs());
    }

    [Fact]
    public void Constructor_JobsOfALivingInstance_AreKept()
    {
        Open().AllocateJob("job-1");

        Assert.Equal(["job-1"], Open().ListJobs());
    }
}
