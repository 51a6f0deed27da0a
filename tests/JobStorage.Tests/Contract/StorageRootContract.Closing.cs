using JobStorages.Tests.Disks;
using Microsoft.Extensions.Time.Testing;

namespace JobStorages.Tests.Contract;

public abstract partial class StorageRootContract
{
    [Fact]
    public void Dispose_Jobs_DeletesThemAndEndsTheLease()
    {
        StorageRoot storage = Open();
        Disk.Write(storage.AllocateJob("job-1").TlogPath);

        storage.Dispose();

        Assert.Empty(Disk.NamesInRoot());
        Assert.Equal(["sweep.lock"], Disk.Names(Disk.InRoot(".jobstorage")));
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public async Task DisposeAsync_Jobs_DeletesThemAndEndsTheLease()
    {
        StorageRoot storage = Open();
        Disk.Write(storage.AllocateJob("job-1").TlogPath);

        await storage.DisposeAsync();

        Assert.Empty(Disk.NamesInRoot());
        Assert.Equal(["sweep.lock"], Disk.Names(Disk.InRoot(".jobstorage")));
    }

    [Fact]
    public void Dispose_JobsOfLivingInstances_AreKept()
    {
        StorageRoot other = Open();
        other.AllocateJob("theirs");
        StorageRoot storage = Open();
        storage.AllocateJob("mine");

        storage.Dispose();

        Assert.Equal(["theirs"], other.ListJobs());
    }

    [Fact]
    public async Task Dispose_Again_DoesNothing()
    {
        StorageRoot storage = Open();
        storage.Dispose();
        StorageRoot next = Open();
        next.AllocateJob("job-1");

        storage.Dispose();
        await storage.DisposeAsync();

        Assert.Equal(["job-1"], next.ListJobs());
    }

    [Fact]
    public async Task EveryCall_AfterDispose_Throws()
    {
        StorageRoot storage = Open();
        storage.Dispose();

        Assert.Throws<ObjectDisposedException>(() => storage.AllocateJob("a"));
        Assert.Throws<ObjectDisposedException>(() => storage.TryGetJob("a", out _));
        Assert.Throws<ObjectDisposedException>(() => storage.ListJobs());
        Assert.Throws<ObjectDisposedException>(() => storage.ReleaseJob("a"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => storage.ReleaseJobAsync("a"));
        Assert.Throws<ObjectDisposedException>(storage.CleanupAll);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => storage.CleanupAllAsync());
        Assert.Equal(Disk.Root, storage.Root);
    }

    [Fact]
    public void Dispose_DeletionsInTheBackground_AreWaitedFor()
    {
        StorageRoot storage = Open();
        for (int n = 0; n < 50; n++)
        {
            Disk.Write(storage.AllocateJob($"job-{n}").TlogPath);
            _ = storage.ReleaseJobAsync($"job-{n}");
        }

        storage.Dispose();

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public async Task Dispose_TimeRunsOut_LeavesTheRestToTheNextInstance()
    {
        using var mayDelete = new ManualResetEventSlim();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(
            options =>
            {
                options.ShutdownTimeout = TimeSpan.Zero;
                options.DeleteParallelism = 1;
            },
            interception.FileSystem);
        storage.AllocateJob("a");
        storage.AllocateJob("b");
        interception.Before = call => WaitBeforeDeleting(call, mayDelete);
        Task released = storage.ReleaseJobAsync("a");

        storage.Dispose();

        Assert.Contains("2", Logger.Single("ShutdownTimedOut").Message, StringComparison.Ordinal);
        Assert.All(Disk.NamesInRoot(), name => Assert.StartsWith(".old-", name, StringComparison.Ordinal));
        mayDelete.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => released);
        AssertALeaseIsLeft();

        using (Open())
        {
            // Reclaims what was left, as of any instance that is gone.
        }

        Assert.Empty(Disk.NamesInRoot());
        Assert.Equal(["sweep.lock"], Disk.Names(Disk.InRoot(".jobstorage")));
    }

    [Fact]
    public void Dispose_DeleteFails_LeavesTheRestToTheNextInstance()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("a");
        FailDeletes(interception);

        storage.Dispose();

        Assert.StartsWith(".old-", Assert.Single(Disk.NamesInRoot()), StringComparison.Ordinal);
        AssertALeaseIsLeft();
        using (Open())
        {
            // Reclaims it.
        }

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public void Dispose_RootUnreadable_WarnsAndDoesNotThrow()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("a");
        interception.Before = call =>
        {
            if (call.Name == "Directory.EnumerateDirectories")
            {
                throw Errno.ToException(5);
            }
        };

        storage.Dispose();

        LogEntry warning = Logger.Single("ShutdownFailed");
        Assert.Contains(Disk.Root, warning.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(warning.Exception);
        AssertALeaseIsLeft();
        using (Open())
        {
            // Reclaims what was left.
        }

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public void Dispose_OwnerOfAnOwnJobCannotBeRead_LeavesTheLeaseForTheNextInstance()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("job-1");
        interception.Before = call =>
        {
            if (call.Name == "FileStream.New" && call.Path == Disk.InRoot("job-1", ".owner"))
            {
                throw Errno.ToException(5);
            }
        };

        storage.Dispose();

        Assert.Equal("OwnerUnreadable", Assert.Single(Logger.Warnings).Id.Name);
        AssertALeaseIsLeft();
        using (Open())
        {
            // Reclaims it.
        }

        Assert.Empty(Disk.NamesInRoot());
        Assert.Equal(["sweep.lock"], Disk.Names(Disk.InRoot(".jobstorage")));
    }

    [Fact]
    public void Dispose_RootGone_DoesNotThrow()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("job-1");
        FileSystem.Directory.Delete(Disk.Root, recursive: true);

        storage.Dispose();

        Assert.Equal("ShutdownFailed", Assert.Single(Logger.Warnings).Id.Name);
    }

    [Fact]
    public async Task Dispose_ASweepHangsOnTheDisk_ReturnsAndLeavesTheRestToTheNextInstance()
    {
        using var sweeping = new ManualResetEventSlim();
        using var maySweep = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(options => options.ShutdownTimeout = TimeSpan.Zero, interception.FileSystem, time);
        storage.AllocateJob("job-1");
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

        storage.Dispose();

        Assert.False(sweep.IsCompleted);
        Assert.Equal("ShutdownTimedOut", Assert.Single(Logger.Warnings).Id.Name);
        AssertALeaseIsLeft();
        maySweep.Set();
        await sweep;
        interception.Before = null;
        using (Open())
        {
            // Reclaims it.
        }

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public async Task Dispose_WhileACleanUpIsUnderWayAndTimeRunsOut_TheCleanUpReturns()
    {
        using var deleting = new ManualResetEventSlim();
        using var mayDelete = new ManualResetEventSlim();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(
            options =>
            {
                options.ShutdownTimeout = TimeSpan.Zero;
                options.DeleteParallelism = 1;
            },
            interception.FileSystem);
        storage.AllocateJob("a");
        storage.AllocateJob("b");
        interception.Before = call =>
        {
            if (call.Name == "Directory.Delete")
            {
                deleting.Set();
                mayDelete.Wait();
            }
        };
        Task cleaning = Task.Run(storage.CleanupAll);
        deleting.Wait();

        storage.Dispose();
        mayDelete.Set();

        await cleaning;
    }

    [Fact]
    public async Task Dispose_CallsUnderWay_AreWaitedFor()
    {
        using var inCall = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move" && call.Path.Contains(".new-", StringComparison.Ordinal))
            {
                inCall.Set();
                mayGoOn.Wait();
            }
        };
        Task<JobStorage> allocating = Task.Run(() => storage.AllocateJob("late"));
        inCall.Wait();
        Task disposing = Task.Run(storage.Dispose);
        Assert.True(SpinWait.SpinUntil(() => Record.Exception(() => storage.ListJobs()) is ObjectDisposedException, TimeSpan.FromSeconds(30)));
        Assert.False(disposing.IsCompleted);

        mayGoOn.Set();
        await allocating;
        await disposing;

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public async Task Dispose_ByTwoThreads_BothReturnWhenItIsDone()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("job-1");

        await Task.WhenAll(Task.Run(storage.Dispose), Task.Run(storage.Dispose), storage.DisposeAsync().AsTask());

        Assert.Empty(Disk.NamesInRoot());
    }

    // Without it nobody could tell that its owner is dead, and no sweep would ever take what is left.
    private void AssertALeaseIsLeft() =>
        Assert.Single(Disk.Names(Disk.InRoot(".jobstorage")), name => name.EndsWith(".lease", StringComparison.Ordinal));
}
