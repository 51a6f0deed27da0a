using JobStorages.Deletion;
using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Contract;

public abstract partial class StorageRootContract
{
    [Fact]
    public void AllocateJob_NewId_CreatesTheJobAndItsOutputOnly()
    {
        JobStorage job = Open().AllocateJob("job-1");

        Assert.Equal(["job-1"], Disk.NamesInRoot());
        Assert.Equal([".owner", "output"], Disk.Names(job.Root));
        Assert.Empty(Disk.Names(job.OutputDir));
    }

    [Fact]
    public void AllocateJob_NewId_GivesThePathsOfTheOriginal()
    {
        JobStorage job = Open().AllocateJob("job-1");

        Assert.Equal(
            new JobStorage(
                Disk.InRoot("job-1"),
                Disk.InRoot("job-1", "input.tlog"),
                Disk.InRoot("job-1", "input.csv"),
                Disk.InRoot("job-1", "input.mp4"),
                Disk.InRoot("job-1", "calibration.json"),
                Disk.InRoot("job-1", "output")),
            job);
    }

    [Fact]
    public void AllocateJob_JobExists_ThrowsAndKeepsIt()
    {
        StorageRoot storage = Open();
        Disk.Write(storage.AllocateJob("job-1").TlogPath, "data");

        JobAlreadyExistsException e = Assert.Throws<JobAlreadyExistsException>(() => storage.AllocateJob("job-1"));

        Assert.Equal("job-1", e.JobId);
        Assert.Contains(Disk.InRoot("job-1"), e.Message, StringComparison.Ordinal);
        Assert.Equal("data", FileSystem.File.ReadAllText(Disk.InRoot("job-1", "input.tlog")));
        Assert.Equal(["job-1"], Disk.NamesInRoot());
    }

    [Fact]
    public void AllocateJob_JobOfAnotherInstanceExists_Throws()
    {
        Open().AllocateJob("job-1");

        Assert.Throws<JobAlreadyExistsException>(() => Open().AllocateJob("job-1"));
    }

    [Fact]
    public void AllocateJob_EmptyDirectoryAtThePath_ThrowsAndKeepsIt()
    {
        StorageRoot storage = Open();
        FileSystem.Directory.CreateDirectory(Disk.InRoot("job-1"));

        Assert.Throws<JobAlreadyExistsException>(() => storage.AllocateJob("job-1"));

        Assert.Empty(Disk.Names(Disk.InRoot("job-1")));
        Assert.Equal(["job-1"], Disk.NamesInRoot());
    }

    [Fact]
    public void AllocateJob_FileAtThePath_ThrowsAndKeepsIt()
    {
        StorageRoot storage = Open();
        Disk.Write(Disk.InRoot("job-1"), "a file");

        Assert.Throws<JobAlreadyExistsException>(() => storage.AllocateJob("job-1"));

        Assert.Equal("a file", FileSystem.File.ReadAllText(Disk.InRoot("job-1")));
        Assert.Equal(["job-1"], Disk.NamesInRoot());
    }

    [Fact]
    public void AllocateJob_NameTakenBetweenLookAndRename_ThrowsAndLeavesNothing()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move")
            {
                Disk.Write(Disk.InRoot("job-1", "input.csv"), "of somebody else");
            }
        };

        Assert.Throws<JobAlreadyExistsException>(() => storage.AllocateJob("job-1"));

        Assert.Equal(["input.csv"], Disk.Names(Disk.InRoot("job-1")));
        Assert.Equal(["job-1"], Disk.NamesInRoot());
    }

    [Fact]
    public void AllocateJob_BeatenByAJobThatIsGoneAgain_Succeeds()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        bool beaten = false;
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move" && !beaten)
            {
                beaten = true;
                throw new IOException("It was there when the system looked.");
            }
        };

        JobStorage job = storage.AllocateJob("job-1");

        Assert.Equal([".owner", "output"], Disk.Names(job.Root));
        Assert.Equal(["job-1"], Disk.NamesInRoot());
    }

    [Fact]
    public void AllocateJob_RenameAlwaysFails_ThrowsWhatItIsAndLeavesNothing()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move" || call.Path == Disk.InRoot("job-1", ".owner"))
            {
                throw Errno.ToException(5);
            }
        };

        Assert.Equal(5, Assert.Throws<IOException>(() => storage.AllocateJob("job-1")).HResult);

        Assert.Empty(Disk.NamesInRoot());
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void AllocateJob_RenameRefusedForAMoment_IsTriedAgain()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(_ => { }, interception.FileSystem, retry: new RenameRetry(6, TimeSpan.Zero));
        int refused = 0;
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move" && ++refused <= 5)
            {
                throw new UnauthorizedAccessException("A virus scanner looks at .owner.");
            }
        };

        storage.AllocateJob("job-1");

        Assert.Equal(["job-1"], storage.ListJobs());
    }

    [Fact]
    public void AllocateJob_RenameReportsFailureButHappened_Succeeds()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        interception.After = call =>
        {
            if (call.Name == "Directory.Move")
            {
                throw new DirectoryNotFoundException("NFS: the answer got lost, and the second request found nothing.");
            }
        };

        storage.AllocateJob("job-1");
        interception.After = null;

        Assert.Equal(["job-1"], storage.ListJobs());
        Assert.Equal(["job-1"], Disk.NamesInRoot());
    }

    [Fact]
    public void AllocateJob_AfterRelease_Succeeds()
    {
        StorageRoot storage = Open();
        JobStorage first = storage.AllocateJob("job-1");
        Disk.Write(first.TlogPath);
        storage.ReleaseJob("job-1");

        JobStorage second = storage.AllocateJob("job-1");

        Assert.Equal(first, second);
        Assert.False(FileSystem.File.Exists(second.TlogPath));
    }

    [Fact]
    public void AllocateJob_ARaceOfThreads_HasOneWinnerForEachId()
    {
        StorageRoot storage = Open();
        int winners = 0;
        int losers = 0;
        string[] ids = [.. Enumerable.Range(0, 50).Select(n => $"job-{n}")];

        Thread[] threads =
        [
            .. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
            {
                foreach (string id in ids)
                {
                    try
                    {
                        storage.AllocateJob(id);
                        Interlocked.Increment(ref winners);
                    }
                    catch (JobAlreadyExistsException)
                    {
                        Interlocked.Increment(ref losers);
                    }
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(ids.Length, winners);
        Assert.Equal(7 * ids.Length, losers);
        Assert.Equal(ids.Order(StringComparer.Ordinal), storage.ListJobs());
        Assert.Equal(ids.Order(StringComparer.Ordinal), Disk.NamesInRoot());
    }

    [Fact]
    public void AllocateJob_RootDeletedMeanwhile_MakesAndMarksItAgain()
    {
        StorageRoot storage = Open();
        FileSystem.Directory.Delete(Disk.Root, recursive: true);

        JobStorage job = storage.AllocateJob("job-1");

        Assert.True(FileSystem.Directory.Exists(job.OutputDir));
        Assert.Equal(["job-1"], Disk.NamesInRoot());
        Assert.Single(Disk.Names(Disk.InRoot(".jobstorage")), name => name.EndsWith(".lease", StringComparison.Ordinal));
        Assert.Equal("LeaseRestored", Assert.Single(Logger.Warnings).Id.Name);
    }

    [Fact]
    public void AllocateJob_LeaseRemovedMeanwhile_IsStillAliveToOthers()
    {
        StorageRoot storage = Open();
        string lease = Disk.Names(Disk.InRoot(".jobstorage")).Single(name => name.EndsWith(".lease", StringComparison.Ordinal));
        FileSystem.File.Delete(Disk.InRoot(".jobstorage", lease));

        storage.AllocateJob("job-1");
        Open().CleanupAll();

        Assert.Equal(["job-1"], storage.ListJobs());
    }

    /// <summary>Every call of an allocation fails once, with every error: nothing is left, and nothing undocumented is thrown.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(28)]
    [InlineData(30)]
    [InlineData(122)]
    [InlineData(13)]
    public void AllocateJob_AnyCallFails_LeavesNothingHalfMade(int errno)
    {
        for (int n = 1; ; n++)
        {
            using TestDisk disk = Fresh();
            var interception = new Interception(disk.FileSystem);
            using var storage = new StorageRoot(disk.Root, interception.FileSystem, Logger);
            int calls = 0;
            interception.Before = _ =>
            {
                if (++calls == n)
                {
                    throw Errno.ToException(errno);
                }
            };

            Exception? failure = Record.Exception(() => storage.AllocateJob("job-1"));
            interception.Before = null;
            if (failure is null)
            {
                Assert.Equal([".owner", "output"], disk.Names(disk.InRoot("job-1")));
                Assert.Equal(["job-1"], disk.NamesInRoot());
            }
            else
            {
                Type documented = errno switch
                {
                    28 or 122 => typeof(InsufficientStorageException),
                    13 => typeof(UnauthorizedAccessException),
                    _ => typeof(IOException),
                };
                Assert.IsType(documented, failure);
                Assert.Empty(disk.NamesInRoot());
            }

            if (calls < n)
            {
                Assert.True(n > 5, "An allocation makes more calls than that; were they intercepted?");
                return;
            }
        }
    }

    [Fact]
    public void AllocateJob_DiskFullShowsOnClosingAFile_ThrowsInsufficientStorage()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        interception.Before = call =>
        {
            if (call.Name == "Stream.Dispose" && call.Path.EndsWith(".owner", StringComparison.Ordinal))
            {
                throw Errno.ToException(28);
            }
        };

        InsufficientStorageException e = Assert.Throws<InsufficientStorageException>(() => storage.AllocateJob("job-1"));

        Assert.Equal(28, Assert.IsType<IOException>(e.InnerException).HResult);
        Assert.StartsWith(Disk.Root, e.Path, StringComparison.Ordinal);
        Assert.Empty(Disk.NamesInRoot());
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("job\n")]
    [InlineData("")]
    public void EveryCall_IdNotAllowed_ThrowsBeforeAnythingIsTouched(string id)
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        interception.Before = call => Assert.Fail($"{call} for an id that is not allowed");

        Assert.Equal("jobId", Assert.Throws<ArgumentException>(() => storage.AllocateJob(id)).ParamName);
        Assert.Equal("jobId", Assert.Throws<ArgumentException>(() => storage.TryGetJob(id, out _)).ParamName);
        Assert.Equal("jobId", Assert.Throws<ArgumentException>(() => storage.ReleaseJob(id)).ParamName);
        Assert.Equal("jobId", Assert.Throws<ArgumentException>(() => { _ = storage.ReleaseJobAsync(id); }).ParamName);
        interception.Before = null;
    }

    [Fact]
    public void EveryCall_IdNull_Throws()
    {
        StorageRoot storage = Open();

        Assert.Throws<ArgumentNullException>(() => storage.AllocateJob(null!));
        Assert.Throws<ArgumentNullException>(() => storage.TryGetJob(null!, out _));
        Assert.Throws<ArgumentNullException>(() => storage.ReleaseJob(null!));
        Assert.Throws<ArgumentNullException>(() => { _ = storage.ReleaseJobAsync(null!); });
    }
}
