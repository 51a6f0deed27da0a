using JobStorages.Tests.Disks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobStorages.Tests.Ownership;

/// <summary>On a file system that grants every lock, nothing proves that another instance is dead.</summary>
public sealed class UnenforcedLocksTests : IDisposable
{
    private const string OtherInstance = "00000000000000000000000000000001";

    private readonly RealDisk _disk = new();
    private readonly RecordingLogger _logger = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Interception _interception;

    public UnenforcedLocksTests()
    {
        _interception = new Interception(_disk.FileSystem);
        _interception.ShareEverything();
    }

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void EveryCall_JobsOfOthers_AreNotTouchedAndItIsSaidOnce()
    {
        _disk.LeaveBehind(OtherInstance, "theirs");
        _disk.Write(_disk.InRoot($".new-{OtherInstance}-2", ".owner"));
        _disk.Write(_disk.InRoot($".old-{OtherInstance}-3", "file"));
        using (StorageRoot storage = Open())
        {
            storage.AllocateJob("mine");
            _time.Advance(TimeSpan.FromMinutes(5));
            storage.CleanupAll();
        }

        Assert.Equal([$".new-{OtherInstance}-2", $".old-{OtherInstance}-3", "theirs"], _disk.NamesInRoot());
        Assert.True(File.Exists(_disk.InRoot("theirs", "output", "report.md")));
        Assert.Equal("LocksNotEnforced", Assert.Single(_logger.Warnings).Id.Name);
        Assert.Equal([$"{OtherInstance}.lease", "sweep.lock"], _disk.Names(_disk.InRoot(".jobstorage")));
    }

    /// <summary>Others, for whom locks work, could open its lease; it says there that this means nothing.</summary>
    [Fact]
    public void Lease_OfAnInstanceWithoutLocks_IsNotTakenForDeadByOthers()
    {
        using StorageRoot storage = Open();
        storage.AllocateJob("mine");

        using (var other = new StorageRoot(_disk.Root))
        {
            other.CleanupAll();
        }

        Assert.Equal(["mine"], storage.ListJobs());
    }

    [Fact]
    public void Lease_RestoredByAnInstanceWithoutLocks_StillSaysSo()
    {
        using StorageRoot storage = Open();
        Directory.Delete(_disk.InRoot(".jobstorage"), recursive: true);
        storage.AllocateJob("mine");

        using (var other = new StorageRoot(_disk.Root))
        {
            other.CleanupAll();
        }

        Assert.Equal(["mine"], storage.ListJobs());
    }

    [Fact]
    public void ReleaseJob_RenameRefused_IsStillReclaimedBySweeps()
    {
        using StorageRoot storage = Open();
        storage.AllocateJob("mine");
        Action<FileSystemCall>? sharing = _interception.Before;
        _interception.Before += call =>
        {
            if (call.Name == "Directory.Move")
            {
                throw new IOException("in use");
            }
        };
        storage.ReleaseJob("mine");
        _interception.Before = sharing;

        _time.Advance(TimeSpan.FromMinutes(5));

        storage.AllocateJob("mine");
    }

    private StorageRoot Open() =>
        new(Options.Create(new JobStorageOptions { RootPath = _disk.Root }), _interception.FileSystem, _logger, _time);
}
