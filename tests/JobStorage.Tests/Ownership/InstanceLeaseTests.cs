using JobStorages.Ownership;
using JobStorages.Tests.Disks;
using Microsoft.Extensions.Time.Testing;

namespace JobStorages.Tests.Ownership;

public sealed class InstanceLeaseTests : IDisposable
{
    private readonly RealDisk _disk = new();
    private readonly Interception _interception;
    private readonly RootLayout _layout;
    private readonly Leases _leases;
    private readonly FakeTimeProvider _time = new();

    public InstanceLeaseTests()
    {
        _interception = new Interception(_disk.FileSystem);
        _layout = new RootLayout(_disk.Directory, _disk.FileSystem.Path);
        _leases = new Leases(_interception.FileSystem, _layout);
        Directory.CreateDirectory(_layout.Marker);
    }

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void Judge_Held_IsAliveThenDeadThenUnknown()
    {
        InstanceLease lease = Take();

        Assert.True(lease.LocksEnforced);
        Assert.Equal(LeaseState.Alive, _leases.Judge(lease.Instance));
        lease.Dispose();
        Assert.Equal(LeaseState.Dead, _leases.Judge(lease.Instance));
        _leases.Remove(lease.Instance);
        Assert.Equal(LeaseState.Unknown, _leases.Judge(lease.Instance));
    }

    [Fact]
    public void Judge_FreeButTakenWhereLocksMeanNothing_IsAlive()
    {
        string instance = RootLayout.NewInstance();
        File.WriteAllText(_layout.Lease(instance), $"host: other\n{Leases.NotEnforcedLine}\n");

        Assert.Equal(LeaseState.Alive, _leases.Judge(instance));
    }

    [Fact]
    public void Judge_MarkMissing_IsUnknown()
    {
        Directory.Delete(_layout.Marker);

        Assert.Equal(LeaseState.Unknown, _leases.Judge(RootLayout.NewInstance()));
    }

    [Fact]
    public void Judge_MayNotBeOpened_IsAlive()
    {
        InstanceLease lease = Take();
        lease.Dispose();
        _interception.Before = _ => throw new UnauthorizedAccessException("Of another user.");

        Assert.Equal(LeaseState.Alive, _leases.Judge(lease.Instance));
    }

    [UnixFact]
    public void Lease_Held_SaysForPeopleWhoHoldsIt()
    {
        using InstanceLease lease = Take();

        // Read as a person would, with a program that does not ask for locks.
        string text = Posix.ReadWithoutLocks(_layout.Lease(lease.Instance));

        Assert.Equal(
            [$"host: {Environment.MachineName}", $"pid: {Environment.ProcessId}", $"start: {_time.GetUtcNow():O}", "locks: enforced"],
            text.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Touch_Held_MakesTheFileFresh()
    {
        using InstanceLease lease = Take();
        _time.Advance(TimeSpan.FromDays(10));

        lease.Touch();

        Assert.Equal(_time.GetUtcNow().UtcDateTime, File.GetLastWriteTimeUtc(_layout.Lease(lease.Instance)));
    }

    [Fact]
    public void Touch_Fails_IsNoError()
    {
        using InstanceLease lease = Take();
        File.Delete(_layout.Lease(lease.Instance));

        lease.Touch();

        Assert.True(lease.IsLost);
    }

    [Fact]
    public void Restore_Removed_IsAliveAgainUnderTheSameName()
    {
        using InstanceLease lease = Take();
        File.Delete(_layout.Lease(lease.Instance));

        lease.Restore();

        Assert.False(lease.IsLost);
        Assert.Equal(LeaseState.Alive, _leases.Judge(lease.Instance));
    }

    [UnixFact]
    public void Restore_FailsHalfWay_StillHoldsWhatItHad()
    {
        using InstanceLease lease = Take();
        string path = _layout.Lease(lease.Instance);
        File.Move(path, path + ".away");
        _interception.Before = call =>
        {
            if (call.Name == "File.Move")
            {
                throw Errno.ToException(5);
            }
        };
        Assert.Throws<IOException>(lease.Restore);
        _interception.Before = null;
        File.Move(path + ".away", path);

        Assert.Equal(LeaseState.Alive, _leases.Judge(lease.Instance));
    }

    /// <summary>Opening a file and locking it are two system calls; a sweeper between them takes the file for the remains of a crash.</summary>
    [UnixFact]
    public void Constructor_SweeperRemovesTheFileBeforeItHasItsName_TriesAgain()
    {
        bool swept = false;
        _interception.Before = call =>
        {
            if (call.Name == "File.Move" && !swept)
            {
                swept = true;
                File.Delete(call.Path);
            }
        };

        using InstanceLease lease = Take();

        Assert.True(swept);
        Assert.Equal(LeaseState.Alive, _leases.Judge(lease.Instance));
    }

    [Fact]
    public void Constructor_CannotBeCreated_ThrowsWhatItIs()
    {
        _interception.Before = call =>
        {
            if (call.Name == "FileStream.New")
            {
                throw Errno.ToException(5);
            }
        };

        Assert.Equal(5, Assert.Throws<IOException>(Take).HResult);
    }

    [Fact]
    public void RemoveUnborn_RemainsOfACrash_AreRemovedAndThoseInUseAreNot()
    {
        string remains = _layout.UnbornLease(RootLayout.NewInstance());
        string inUse = _layout.UnbornLease(RootLayout.NewInstance());
        File.WriteAllText(remains, "host: gone");
        using (_leases.Open(inUse, FileMode.CreateNew))
        {
            _leases.RemoveUnborn();

            Assert.False(File.Exists(remains));
            Assert.True(File.Exists(inUse));
        }
    }

    [Fact]
    public void Remove_Fails_IsNoError()
    {
        InstanceLease lease = Take();
        lease.Dispose();
        _interception.Before = _ => throw new IOException("In use.");

        _leases.Remove(lease.Instance);

        Assert.True(File.Exists(_layout.Lease(lease.Instance)));
    }

    private InstanceLease Take() => new(_interception.FileSystem, _layout, _leases, _time);
}
