using JobStorages.Tests.Disks;

namespace JobStorages.Tests.OnDisk;

public sealed class LinkTests : IDisposable
{
    private readonly RealDisk _disk = new();
    private readonly RecordingLogger _logger = new();
    private readonly string _outside;

    public LinkTests()
    {
        _outside = _disk.Path("outside");
        _disk.Write(Path.Combine(_outside, "precious"));
    }

    public void Dispose()
    {
        Assert.True(File.Exists(Path.Combine(_outside, "precious")));
        _disk.Dispose();
    }

    [Theory]
    [InlineData("outside")]
    [InlineData("nowhere")]
    public void EveryCall_LinkWithTheNameOfAJob_IsNotFollowedAndKept(string target)
    {
        using StorageRoot storage = Open();
        string link = _disk.InRoot("job-1");
        Directory.CreateSymbolicLink(link, _disk.Path(target));

        Assert.Throws<JobAlreadyExistsException>(() => storage.AllocateJob("job-1"));
        Assert.False(storage.TryGetJob("job-1", out _));
        Assert.Empty(storage.ListJobs());
        storage.ReleaseJob("job-1");
        storage.CleanupAll();

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.All(_logger.Warnings, warning => Assert.Equal("NotAJob", warning.Id.Name));
        Assert.NotEmpty(_logger.Warnings);
    }

    [Fact]
    public void ReleaseJob_LinksInside_AreRemovedAndNotFollowed()
    {
        using StorageRoot storage = Open();
        JobStorage job = storage.AllocateJob("job-1");
        Directory.CreateSymbolicLink(job.PathTo("to-directory"), _outside);
        File.CreateSymbolicLink(job.PathTo("output/to-file"), Path.Combine(_outside, "precious"));
        File.CreateSymbolicLink(job.PathTo("to-nothing"), _disk.Path("nothing"));
        Directory.CreateSymbolicLink(job.PathTo("to-itself"), job.Root);

        storage.ReleaseJob("job-1");

        Assert.Empty(_disk.NamesInRoot());
        Assert.Empty(_logger.Warnings);
    }

    [UnixFact]
    public void ReleaseJob_ReplacedByALinkJustBeforeTheRename_IsPutBack()
    {
        var interception = new Interception(_disk.FileSystem);
        using var storage = new StorageRoot(_disk.Root, interception.FileSystem, _logger);
        storage.AllocateJob("job-1");
        interception.Before = call =>
        {
            if (call.Name == "Directory.Move")
            {
                interception.Before = null;
                Directory.Delete(_disk.InRoot("job-1"), recursive: true);
                Directory.CreateSymbolicLink(_disk.InRoot("job-1"), _outside);
            }
        };

        storage.ReleaseJob("job-1");

        Assert.NotNull(new FileInfo(_disk.InRoot("job-1")).LinkTarget);
        Assert.Equal("JobPutBack", Assert.Single(_logger.Warnings).Id.Name);
    }

    [Fact]
    public void Constructor_RootIsALink_IsResolvedOnce()
    {
        string link = _disk.Path("link");
        Directory.CreateDirectory(_disk.Path("first"));
        Directory.CreateDirectory(_disk.Path("second"));
        Directory.CreateSymbolicLink(link, _disk.Path("first"));
        using var storage = new StorageRoot(link);

        File.Delete(link);
        Directory.CreateSymbolicLink(link, _disk.Path("second"));
        JobStorage job = storage.AllocateJob("job-1");

        Assert.Equal(_disk.Path("first"), storage.Root);
        Assert.Equal(_disk.Path("first", "job-1"), job.Root);
        Assert.Empty(_disk.Names(_disk.Path("second")));
    }

    /// <summary>A deployment re-points the link that the root lies behind; the jobs stay where they are, and alive.</summary>
    [Fact]
    public void Constructor_LinkAboveTheRoot_IsResolvedOnce()
    {
        string current = _disk.Path("current");
        Directory.CreateDirectory(_disk.Path("releases", "1"));
        Directory.CreateDirectory(_disk.Path("releases", "2"));
        Directory.CreateSymbolicLink(_disk.Path("releases", "latest"), "1");
        Directory.CreateSymbolicLink(current, Path.Combine("releases", "latest"));
        using var storage = new StorageRoot(Path.Combine(current, "data", "jobs"));

        File.Delete(current);
        Directory.CreateSymbolicLink(current, Path.Combine("releases", "2"));
        JobStorage job = storage.AllocateJob("job-1");

        Assert.Equal(_disk.Path("releases", "1", "data", "jobs"), storage.Root);
        Assert.True(Directory.Exists(job.OutputDir));
        Assert.Empty(_disk.Names(_disk.Path("releases", "2")));
    }

    /// <summary>As the system does: '..' in a target is relative to where the link really is.</summary>
    [Fact]
    public void Constructor_LinkWhoseTargetGoesUpFromALink_IsResolvedAsTheSystemDoes()
    {
        Directory.CreateDirectory(_disk.Path("real", "a"));
        Directory.CreateDirectory(_disk.Path("real", "b"));
        Directory.CreateSymbolicLink(_disk.Path("current"), "real/a/");
        Directory.CreateSymbolicLink(_disk.Path("tricky"), "current/../b");

        using var storage = new StorageRoot(_disk.Path("tricky", "jobs"));

        Assert.Equal(_disk.Path("real", "b", "jobs"), storage.Root);
        Assert.True(Directory.Exists(_disk.Path("tricky", "jobs", ".jobstorage")));
    }

    [Fact]
    public void Constructor_LinkToTheRootOfAFileSystem_Refuses()
    {
        Directory.CreateSymbolicLink(_disk.Path("everything"), Path.GetPathRoot(_disk.Directory)!);

        Assert.Throws<StorageRootException>(() => new StorageRoot(_disk.Path("everything")));
    }

    [Fact]
    public void Constructor_LinksInACircle_Throws()
    {
        File.CreateSymbolicLink(_disk.Path("a"), _disk.Path("b"));
        File.CreateSymbolicLink(_disk.Path("b"), _disk.Path("a"));

        Assert.Throws<IOException>(() => new StorageRoot(_disk.Path("a", "jobs")));
    }

    [Fact]
    public void Constructor_CacheTagIsALink_IsNotWrittenThrough()
    {
        Directory.CreateDirectory(_disk.Root);
        File.WriteAllText(Path.Combine(_outside, "empty"), string.Empty);
        File.CreateSymbolicLink(_disk.InRoot("CACHEDIR.TAG"), Path.Combine(_outside, "empty"));

        Open().Dispose();

        Assert.Empty(File.ReadAllText(Path.Combine(_outside, "empty")));
    }

    [Fact]
    public void Constructor_MarkIsALink_Refuses()
    {
        Directory.CreateDirectory(_disk.Root);
        Directory.CreateSymbolicLink(_disk.InRoot(".jobstorage"), _outside);

        Assert.Throws<StorageRootException>(Open);

        Assert.Equal(["precious"], _disk.Names(_outside));
    }

    private StorageRoot Open() => new(_disk.Root, _disk.FileSystem, _logger);
}
