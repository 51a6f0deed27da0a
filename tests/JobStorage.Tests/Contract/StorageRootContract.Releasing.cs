using JobStorages.Deletion;
using JobStorages.Tests.Disks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JobStorages.Tests.Contract;

public abstract partial class StorageRootContract
{
    [Fact]
    public void ReleaseJob_Allocated_DeletesAllOfIt()
    {
        StorageRoot storage = Open();
        JobStorage job = storage.AllocateJob("job-1");
        Disk.Write(job.TlogPath);
        Disk.Write(FileSystem.Path.Combine(job.OutputDir, "maps", "tiles", "1.png"));

        storage.ReleaseJob("job-1");

        Assert.Empty(Disk.NamesInRoot());
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void ReleaseJob_Missing_DoesNothing()
    {
        StorageRoot storage = Open();

        storage.ReleaseJob("job-1");

        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void ReleaseJob_Twice_DoesNothingTheSecondTime()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("job-1");

        storage.ReleaseJob("job-1");
        storage.ReleaseJob("job-1");

        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void ReleaseJob_OtherJobs_AreKept()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("job-1");
        storage.AllocateJob("job-10");

        storage.ReleaseJob("job-1");

        Assert.Equal(["job-10"], storage.ListJobs());
    }

    [Fact]
    public void ReleaseJob_OfAnotherInstance_DeletesIt()
    {
        Open().AllocateJob("job-1");

        Open().ReleaseJob("job-1");

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public void ReleaseJob_OfItsOwnWhileAnotherInstanceSweeps_DoesNotWait()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("job-1");
        interception.Before = call => Assert.NotEqual(Disk.InRoot(".jobstorage", "sweep.lock"), call.Path);

        storage.ReleaseJob("job-1");
        storage.AllocateJob("job-1");
        interception.Before = null;
    }

    [Fact]
    public void ReleaseJob_OfAnotherWhileSomebodySweepsForLong_DeletesItAllTheSame()
    {
        Open().AllocateJob("job-1");
        StorageRoot storage = Open();
        using (FileSystem.FileStream.New(Disk.InRoot(".jobstorage", "sweep.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            storage.ReleaseJob("job-1");
        }

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public void ReleaseJob_OfAnother_HoldsTheSweepLockForTheRename()
    {
        Open().AllocateJob("job-1");
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        int renames = 0;
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move")
            {
                renames++;
                Assert.ThrowsAny<IOException>(() => FileSystem.FileStream.New(
                    Disk.InRoot(".jobstorage", "sweep.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
        };

        storage.ReleaseJob("job-1");

        Assert.Equal(1, renames);
    }

    [Fact]
    public void ReleaseJob_RefusedAndThenTakenByAnother_LeavesNothingBehindOnDisposal()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        StorageRoot other = Open();
        storage.AllocateJob("job-1");
        interception.Before = RefuseRename;
        storage.ReleaseJob("job-1");
        interception.Before = null;
        other.ReleaseJob("job-1");
        other.AllocateJob("job-1");

        storage.Dispose();

        Assert.Equal(["job-1"], other.ListJobs());
        Assert.Single(Disk.Names(Disk.InRoot(".jobstorage")), name => name.EndsWith(".lease", StringComparison.Ordinal));
    }

    [Fact]
    public void Sweep_DeletionsThatHangAndFail_AreNotQueuedTwice()
    {
        using var mayDelete = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(options => options.DeleteParallelism = 1, interception.FileSystem, time);
        storage.AllocateJob("fails");
        storage.AllocateJob("hangs");
        FailDeletes(interception);
        storage.ReleaseJob("fails");
        interception.Before = call => WaitBeforeDeleting(call, mayDelete);
        Task released = storage.ReleaseJobAsync("hangs");

        for (int sweep = 0; sweep < 20; sweep++)
        {
            time.Advance(TimeSpan.FromMinutes(5));
        }

        int deletions = 0;
        interception.Before = call => deletions += call.Name == "Directory.Delete" && call.Path.Contains(".old-", StringComparison.Ordinal) ? 1 : 0;
        mayDelete.Set();
        storage.Dispose();
        Assert.True(released.IsCompletedSuccessfully);
        Assert.Empty(Disk.NamesInRoot());
        Assert.InRange(deletions, 1, 4);
    }

    [Fact]
    public void ReleaseJob_FileSystemThrowsSomethingOfItsOwn_IsAFailedDeletion()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("job-1");
        interception.Before = call =>
        {
            if (call.Name == "Directory.Delete")
            {
                throw new NotSupportedException("What a mock says.");
            }
        };

        storage.ReleaseJob("job-1");
        interception.Before = null;

        Assert.IsType<NotSupportedException>(Assert.Single(Logger.Warnings).Exception);
        storage.CleanupAll();
        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public void ReleaseJob_DirectoryOfNobody_DeletesIt()
    {
        StorageRoot storage = Open();
        Disk.Write(Disk.InRoot("job-1", "input.tlog"));

        storage.ReleaseJob("job-1");

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public void ReleaseJob_FileAtThePath_LeavesItWithAWarning()
    {
        StorageRoot storage = Open();
        Disk.Write(Disk.InRoot("job-1"));

        storage.ReleaseJob("job-1");

        Assert.True(FileSystem.File.Exists(Disk.InRoot("job-1")));
        Assert.Contains(Disk.InRoot("job-1"), Assert.Single(Logger.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReleaseJob_ReadOnlyFiles_AreDeleted()
    {
        StorageRoot storage = Open();
        JobStorage job = storage.AllocateJob("job-1");
        Disk.Write(job.VideoPath);
        FileSystem.File.SetAttributes(job.VideoPath, FileAttributes.ReadOnly);

        storage.ReleaseJob("job-1");

        Assert.Empty(Disk.NamesInRoot());
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void ReleaseJob_DeleteFails_WarnsWithPathAndErrorAndFreesTheId()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        JobStorage job = storage.AllocateJob("job-1");
        FailDeletes(interception);

        storage.ReleaseJob("job-1");

        LogEntry warning = Assert.Single(Logger.Warnings);
        Assert.Contains("job-1", warning.Message, StringComparison.Ordinal);
        Assert.Contains(Disk.InRoot(".old-"), warning.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(warning.Exception);
        Assert.False(FileSystem.Directory.Exists(job.Root));
        Assert.Equal(job, storage.AllocateJob("job-1"));
    }

    [Fact]
    public void ReleaseJob_DeleteFails_IsTriedAgainBySweepsAndLoggedOnceForEachChange()
    {
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(_ => { }, interception.FileSystem, time);
        storage.AllocateJob("job-1");
        FailDeletes(interception);
        storage.ReleaseJob("job-1");
        time.Advance(TimeSpan.FromMinutes(5));
        time.Advance(TimeSpan.FromMinutes(5));
        storage.CleanupAll();
        interception.Before = null;

        time.Advance(TimeSpan.FromMinutes(5));
        storage.Dispose();

        Assert.Empty(Disk.NamesInRoot());
        Assert.Equal(["DeleteFailed"], Logger.Warnings.Select(entry => entry.Id.Name));
        Assert.Equal(LogLevel.Information, Logger.Single("DeleteSucceededAtLast").Level);
    }

    [Fact]
    public void ReleaseJob_RenameRefused_IsReleasedWhereItIsAndReclaimedLater()
    {
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(_ => { }, interception.FileSystem, time);
        storage.AllocateJob("job-1");
        interception.Before = RefuseRename;

        storage.ReleaseJob("job-1");

        LogEntry warning = Assert.Single(Logger.Warnings);
        Assert.Contains("job-1", warning.Message, StringComparison.Ordinal);
        Assert.Contains(Disk.InRoot("job-1"), warning.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(warning.Exception);
        Assert.False(storage.TryGetJob("job-1", out _));
        Assert.Empty(storage.ListJobs());
        Assert.Throws<JobAlreadyExistsException>(() => storage.AllocateJob("job-1"));
        Assert.Equal("released\n", FileSystem.File.ReadAllText(Disk.InRoot("job-1", ".owner")));

        storage.ReleaseJob("job-1");
        time.Advance(TimeSpan.FromMinutes(5));
        interception.Before = null;
        time.Advance(TimeSpan.FromMinutes(5));
        storage.AllocateJob("job-1");
        Assert.Single(Logger.Warnings);
    }

    [Fact]
    public void ReleaseJob_VolumeReadOnlyForAWhile_WarnsAndIsReclaimedAfterwards()
    {
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(_ => { }, interception.FileSystem, time);
        storage.AllocateJob("job-1");
        interception.Before = call =>
        {
            if (call.Name is "Directory.Move" or "Directory.Delete" or "FileInfo.Delete" || call.Arguments.Contains(FileAccess.Write))
            {
                throw Errno.ToException(30);
            }
        };

        storage.ReleaseJob("job-1");
        Assert.False(storage.TryGetJob("job-1", out _));
        time.Advance(TimeSpan.FromMinutes(5));
        interception.Before = null;
        Assert.Empty(storage.ListJobs());
        time.Advance(TimeSpan.FromMinutes(5));

        storage.AllocateJob("job-1");
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["job-1"], storage.ListJobs());
        Assert.Equal("RenameRefused", Assert.Single(Logger.Warnings).Id.Name);
        Assert.Contains("job-1", Logger.Single("DeleteSucceededAtLast").Message, StringComparison.Ordinal);
    }

    /// <summary>An earlier job of the same id, still being deleted, has nothing to do with it.</summary>
    [Fact]
    public void ReleaseJob_RefusedWhileAnEarlierOneIsDeletedAtLast_IsStillReclaimed()
    {
        var time = new FakeTimeProvider();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(_ => { }, interception.FileSystem, time);
        storage.AllocateJob("job-1");
        FailDeletes(interception);
        storage.ReleaseJob("job-1");
        interception.Before = null;
        storage.AllocateJob("job-1");
        interception.Before = call =>
        {
            RefuseRename(call);
            if (call.Arguments.Contains(FileAccess.Write))
            {
                throw Errno.ToException(30);
            }
        };
        storage.ReleaseJob("job-1");
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(SpinWait.SpinUntil(() => Logger.Entries.Any(entry => entry.Id.Name == "DeleteSucceededAtLast"), TimeSpan.FromSeconds(30)));
        interception.Before = null;

        Assert.False(storage.TryGetJob("job-1", out _));
        time.Advance(TimeSpan.FromMinutes(5));

        storage.AllocateJob("job-1");
    }

    [Fact]
    public void ReleaseJob_RenameRefusedForAMoment_IsTriedAgain()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(_ => { }, interception.FileSystem, retry: new RenameRetry(3, TimeSpan.Zero));
        storage.AllocateJob("job-1");
        int refused = 0;
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move" && ++refused <= 2)
            {
                throw new IOException("The process cannot access the file because it is being used by another process.");
            }
        };

        storage.ReleaseJob("job-1");

        Assert.Empty(Disk.NamesInRoot());
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void ReleaseJob_RenameReportsFailureButHappened_DeletesIt()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("job-1");
        interception.After = call =>
        {
            if (call.Name == "Directory.Move")
            {
                throw new DirectoryNotFoundException("NFS: the answer got lost, and the second request found nothing.");
            }
        };

        storage.ReleaseJob("job-1");
        interception.After = null;

        Assert.Empty(Disk.NamesInRoot());
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void ReleaseJob_ReleasedByAnotherAtTheSameTime_DoesNothing()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        StorageRoot other = Open();
        storage.AllocateJob("job-1");
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move")
            {
                other.ReleaseJob("job-1");
            }
        };

        storage.ReleaseJob("job-1");

        Assert.Empty(Disk.NamesInRoot());
        Assert.Empty(Logger.Warnings);
    }

    /// <summary>Every call of a release fails once, with every error: nothing is thrown but what is documented, and the next sweep finishes it.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(28)]
    [InlineData(30)]
    [InlineData(13)]
    public void ReleaseJob_AnyCallFails_IsFinishedLater(int errno)
    {
        for (int n = 1; ; n++)
        {
            using TestDisk disk = Fresh();
            var interception = new Interception(disk.FileSystem);
            using var storage = new StorageRoot(disk.Root, interception.FileSystem, Logger);
            disk.Write(storage.AllocateJob("job-1").TlogPath);
            int calls = 0;
            interception.Before = _ =>
            {
                if (++calls == n)
                {
                    throw Errno.ToException(errno);
                }
            };

            storage.ReleaseJob("job-1");
            interception.Before = null;

            Assert.False(storage.TryGetJob("job-1", out _));
            storage.CleanupAll();
            Assert.Empty(disk.NamesInRoot());
            if (calls < n)
            {
                Assert.True(n > 5, "A release makes more calls than that; were they intercepted?");
                return;
            }
        }
    }

    [Fact]
    public async Task ReleaseJobAsync_WhenItReturns_ThePathIsGoneAndThenTheBytes()
    {
        using var mayDelete = new ManualResetEventSlim();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("job-1");
        interception.Before = call => WaitBeforeDeleting(call, mayDelete);

        Task released = storage.ReleaseJobAsync("job-1");

        Assert.False(released.IsCompleted);
        Assert.False(storage.TryGetJob("job-1", out _));
        Assert.StartsWith(".old-", Assert.Single(Disk.NamesInRoot()), StringComparison.Ordinal);
        mayDelete.Set();
        await released;
        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public async Task ReleaseJobAsync_Missing_DoesNothing()
    {
        await Open().ReleaseJobAsync("job-1");

        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public async Task ReleaseJobAsync_DeleteFails_WarnsAndCompletes()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("job-1");
        FailDeletes(interception);

        await storage.ReleaseJobAsync("job-1");

        Assert.Equal("DeleteFailed", Assert.Single(Logger.Warnings).Id.Name);
    }

    [Fact]
    public async Task ReleaseJobAsync_CancelledBefore_DoesNothing()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("job-1");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.ReleaseJobAsync("job-1", new CancellationToken(canceled: true)));

        Assert.Equal(["job-1"], storage.ListJobs());
    }

    [Fact]
    public async Task ReleaseJobAsync_CancelledMeanwhile_EndsTheWaitAndNotTheDeletion()
    {
        using var mayDelete = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("job-1");
        interception.Before = call => WaitBeforeDeleting(call, mayDelete);

        Task released = storage.ReleaseJobAsync("job-1", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => released);
        mayDelete.Set();
        await storage.DisposeAsync();

        Assert.Empty(Disk.NamesInRoot());
    }

    private static void WaitBeforeDeleting(FileSystemCall call, ManualResetEventSlim mayDelete)
    {
        if (call.Name == "Directory.Delete")
        {
            mayDelete.Wait();
        }
    }

    private static void FailDeletes(Interception interception) => interception.Before = call =>
    {
        if (call.Name == "Directory.Delete")
        {
            throw new IOException("The directory is in use.");
        }
    };

    private void RefuseRename(FileSystemCall call)
    {
        if (call.Name == "Directory.Move" && call.Path == Disk.InRoot("job-1"))
        {
            throw new IOException("The directory is in use.");
        }
    }
}
