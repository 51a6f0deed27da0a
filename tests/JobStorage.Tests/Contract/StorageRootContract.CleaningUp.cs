using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Contract;

public abstract partial class StorageRootContract
{
    [Fact]
    public void CleanupAll_Jobs_DeletesThemAll()
    {
        StorageRoot storage = Open();
        for (int n = 0; n < 20; n++)
        {
            Disk.Write(storage.AllocateJob($"job-{n}").CsvPath);
        }

        storage.CleanupAll();

        Assert.Empty(Disk.NamesInRoot());
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void CleanupAll_AloneOnItsRoot_DeletesWhatNobodyAliveOwns()
    {
        StorageRoot storage = Open();
        Disk.Write(Disk.InRoot("of-the-python-service", "input.tlog"));
        Disk.Write(Disk.InRoot("of-nobody-known", ".owner"), $"{DeadInstance} 1\n");
        Disk.Write(Disk.InRoot($".new-{DeadInstance}-2", ".owner"));
        Disk.Write(Disk.InRoot($".old-{DeadInstance}-3", "output", "report.md"));

        storage.CleanupAll();

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public void CleanupAll_JobsOfLivingInstances_AreKept()
    {
        StorageRoot storage = Open();
        StorageRoot other = Open();
        storage.AllocateJob("mine");
        JobStorage theirs = other.AllocateJob("theirs");
        Disk.Write(theirs.TlogPath);

        storage.CleanupAll();

        Assert.Equal(["theirs"], other.ListJobs());
        Assert.True(FileSystem.File.Exists(theirs.TlogPath));
    }

    [Fact]
    public void CleanupAll_FilesAndForeignDirectories_AreKept()
    {
        StorageRoot storage = Open();
        Disk.Write(Disk.InRoot("a-file"));
        Disk.Write(Disk.InRoot("lost+found", "a-file"));
        Disk.Write(Disk.InRoot(".snapshot", "a-file"));
        Disk.Write(Disk.InRoot(".old-not-one-of-ours", "a-file"));
        storage.AllocateJob("job-1");

        storage.CleanupAll();

        Assert.Equal([".old-not-one-of-ours", ".snapshot", "a-file", "lost+found"], Disk.NamesInRoot());
    }

    [Fact]
    public void CleanupAll_ADeleteFails_GoesOnWithAWarningForEach()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        foreach (string id in new[] { "a", "b", "c", "d" })
        {
            storage.AllocateJob(id);
        }

        Disk.Write(Disk.InRoot("b", "keep"));
        Disk.Write(Disk.InRoot("d", "keep"));
        interception.Before = call =>
        {
            if (call.Name == "FileInfo.Delete" && call.Path.EndsWith("keep", StringComparison.Ordinal))
            {
                throw new IOException("The file is in use.");
            }
        };

        storage.CleanupAll();

        Assert.Empty(storage.ListJobs());
        Assert.Equal(2, Disk.NamesInRoot().Length);
        Assert.All(Logger.Warnings, entry => Assert.Equal("DeleteFailed", entry.Id.Name));
        Assert.Equal(["b", "d"], Logger.Warnings.Select(entry => entry.Message.Split(' ')[4].TrimEnd(',')).Order());
        Assert.All(Logger.Warnings, entry => Assert.Equal("The file is in use.", entry.Exception!.Message));
    }

    [Fact]
    public async Task CleanupAll_AnotherOfThisInstanceIsSlow_WaitsForItAndDeletesAll()
    {
        using var scanning = new ManualResetEventSlim();
        using var mayScan = new ManualResetEventSlim();
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        interception.Before = call =>
        {
            if (call.Name == "Directory.EnumerateDirectories" && !scanning.IsSet)
            {
                scanning.Set();
                mayScan.Wait();
            }
        };
        Task slow = Task.Run(storage.CleanupAll);
        scanning.Wait();
        storage.AllocateJob("job-1");
        Task second = Task.Run(storage.CleanupAll);

        mayScan.Set();
        await Task.WhenAll(slow, second);

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public void CleanupAll_NoJobs_DoesNothing()
    {
        Open().CleanupAll();

        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void CleanupAll_AnotherInstanceSweepsAllTheTime_DeletesOwnJobsAndLeavesOthersToIt()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("mine");
        Disk.LeaveBehind(DeadInstance, "of-the-dead");
        Disk.Write(Disk.InRoot("of-nobody", "input.tlog"));
        using (FileSystem.FileStream.New(Disk.InRoot(".jobstorage", "sweep.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            storage.CleanupAll();
        }

        Assert.Equal(["of-nobody", "of-the-dead"], storage.ListJobs());
    }

    [Fact]
    public void CleanupAll_JobAllocatedAnewBetweenLookAndRename_IsPutBack()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        StorageRoot other = Open();
        Disk.LeaveBehind(DeadInstance, "job-1");
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move" && call.Path == Disk.InRoot("job-1"))
            {
                interception.Before = null;
                FileSystem.Directory.Delete(Disk.InRoot("job-1"), recursive: true);
                Disk.Write(other.AllocateJob("job-1").TlogPath, "alive");
            }
        };

        storage.CleanupAll();

        Assert.Equal("alive", FileSystem.File.ReadAllText(Disk.InRoot("job-1", "input.tlog")));
        LogEntry warning = Assert.Single(Logger.Warnings);
        Assert.Equal("JobPutBack", warning.Id.Name);
        Assert.Contains(Disk.InRoot("job-1"), warning.Message, StringComparison.Ordinal);
        storage.CleanupAll();
        Assert.Equal(["job-1"], other.ListJobs());
    }

    [Fact]
    public void CleanupAll_JobToBePutBackFindsItsPathTaken_KeepsItsFiles()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        StorageRoot other = Open();
        Disk.LeaveBehind(DeadInstance, "job-1");
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move" && call.Path == Disk.InRoot("job-1"))
            {
                interception.Before = null;
                FileSystem.Directory.Delete(Disk.InRoot("job-1"), recursive: true);
                Disk.Write(other.AllocateJob("job-1").TlogPath, "first");
                interception.After = _ =>
                {
                    interception.After = null;
                    Disk.Write(other.AllocateJob("job-1").TlogPath, "second");
                };
            }
        };

        storage.CleanupAll();
        storage.CleanupAll();

        Assert.Equal("second", FileSystem.File.ReadAllText(Disk.InRoot("job-1", "input.tlog")));
        LogEntry error = Assert.Single(Logger.Warnings);
        Assert.Equal("PutBackFailed", error.Id.Name);
        string kept = Assert.Single(Disk.NamesInRoot(), name => name.StartsWith(".old-", StringComparison.Ordinal));
        Assert.Equal("first", FileSystem.File.ReadAllText(Disk.InRoot(kept, "input.tlog")));
        Assert.Contains(kept, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CleanupAll_OwnerCannotBeReadAfterTheRename_PutsTheJobBack()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("job-1");
        interception.Before = call =>
        {
            if (call.Name == "FileStream.New" && call.Path.Contains(".old-", StringComparison.Ordinal))
            {
                throw Errno.ToException(5);
            }
        };

        storage.CleanupAll();
        interception.Before = null;

        Assert.Equal(["job-1"], storage.ListJobs());
        Assert.Equal("JobPutBack", Assert.Single(Logger.Warnings).Id.Name);
    }

    [Fact]
    public void CleanupAll_JobGoesBeforeItsOwnerIsRead_GoesOn()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        StorageRoot other = Open();
        other.AllocateJob("a");
        storage.AllocateJob("b");
        interception.Before = call =>
        {
            if (call.Name == "FileStream.New" && call.Path == Disk.InRoot("a", ".owner"))
            {
                other.ReleaseJob("a");
            }
        };

        storage.CleanupAll();
        interception.Before = null;

        Assert.Empty(Disk.NamesInRoot());
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public async Task CleanupAllAsync_Jobs_DeletesThemAll()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("a");
        storage.AllocateJob("b");

        await storage.CleanupAllAsync();

        Assert.Empty(Disk.NamesInRoot());
    }

    [Fact]
    public async Task CleanupAllAsync_CancelledBefore_DoesNothing()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.CleanupAllAsync(new CancellationToken(canceled: true)));

        Assert.Equal(["a"], storage.ListJobs());
    }

    [Fact]
    public void CleanupAll_OwnerCannotBeRead_LeavesTheJobWithAWarning()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        Disk.LeaveBehind(DeadInstance, "job-1");
        interception.Before = call =>
        {
            if (call.Name == "FileStream.New" && call.Path == Disk.InRoot("job-1", ".owner"))
            {
                throw Errno.ToException(5);
            }
        };

        storage.CleanupAll();
        interception.Before = null;

        LogEntry warning = Assert.Single(Logger.Warnings);
        Assert.Equal("OwnerUnreadable", warning.Id.Name);
        Assert.Contains(Disk.InRoot("job-1"), warning.Message, StringComparison.Ordinal);
        Assert.True(FileSystem.File.Exists(Disk.InRoot("job-1", "output", "report.md")));
    }
}
