using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Contract;

public abstract partial class StorageRootContract
{
    [Fact]
    public void TryGetJob_Allocated_GivesItsPaths()
    {
        StorageRoot storage = Open();
        JobStorage allocated = storage.AllocateJob("job-1");

        Assert.True(storage.TryGetJob("job-1", out JobStorage? job));
        Assert.Equal(allocated, job);
    }

    [Fact]
    public void TryGetJob_OfAnotherInstance_GivesItsPaths()
    {
        JobStorage allocated = Open().AllocateJob("job-1");

        Assert.True(Open().TryGetJob("job-1", out JobStorage? job));
        Assert.Equal(allocated, job);
    }

    [Fact]
    public void TryGetJob_Missing_GivesNothing()
    {
        Assert.False(Open().TryGetJob("job-1", out JobStorage? job));
        Assert.Null(job);
    }

    [Fact]
    public void TryGetJob_Released_GivesNothing()
    {
        StorageRoot storage = Open();
        storage.AllocateJob("job-1");
        storage.ReleaseJob("job-1");

        Assert.False(storage.TryGetJob("job-1", out _));
    }

    [Fact]
    public void TryGetJob_FileAtThePath_GivesNothing()
    {
        StorageRoot storage = Open();
        Disk.Write(Disk.InRoot("job-1"));

        Assert.False(storage.TryGetJob("job-1", out _));
    }

    [Fact]
    public void ListJobs_Always_GivesTheJobsInOrderAndNothingElse()
    {
        StorageRoot storage = Open();
        StorageRoot other = Open();
        storage.AllocateJob("b");
        other.AllocateJob("a");
        storage.AllocateJob("C");
        Disk.Write(Disk.InRoot("a-file"));
        FileSystem.Directory.CreateDirectory(Disk.InRoot("lost+found"));

        Assert.Equal(["C", "a", "b"], storage.ListJobs());
    }

    [Fact]
    public void ListJobs_NoJobs_GivesNone() => Assert.Empty(Open().ListJobs());

    [Fact]
    public void ListJobs_JobsComeAndGoMeanwhile_GivesThoseThatStay()
    {
        var interception = new Interception(FileSystem);
        StorageRoot storage = Open(interception.FileSystem);
        storage.AllocateJob("goes");
        storage.AllocateJob("stays");
        interception.After = call =>
        {
            if (call.Name == "Directory.EnumerateDirectories")
            {
                interception.After = null;
                storage.ReleaseJob("goes");
            }
        };

        Assert.Equal(["stays"], storage.ListJobs());
    }
}
