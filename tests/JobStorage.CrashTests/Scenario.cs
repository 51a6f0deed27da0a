using JobStorages.Tests.Disks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobStorages.CrashTests;

/// <summary>
/// A root with a living neighbour, remains of a dead instance, and one instance under test whose file-system calls go through an
/// <see cref="Interception"/>. An operation of it is done, and whatever has happened to it, the next instance must find order.
/// </summary>
internal sealed class Scenario : IDisposable
{
    private const string Dead = "00000000000000000000000000000001";

    private readonly TestDisk _disk;
    private readonly StorageRoot _neighbour;
    private readonly FakeTimeProvider _time = new();
    private readonly string _neighbourLease;
    private StorageRoot? _instance;

    public Scenario(TestDisk disk, Operation operation)
    {
        _disk = disk;
        _neighbour = new StorageRoot(disk.Root, disk.FileSystem);
        _neighbourLease = disk.Names(disk.InRoot(".jobstorage")).Single(name => name.EndsWith(".lease", StringComparison.Ordinal));
        disk.Write(_neighbour.AllocateJob("neighbour").TlogPath, "precious");
        disk.Write(disk.InRoot("a-file"), "precious");
        Interception = new Interception(disk.FileSystem);
        if (operation != Operation.Open)
        {
            Open();
            disk.Write(_instance!.AllocateJob("mine").TlogPath);
            disk.Write(disk.InRoot("mine", "output", "report.md"));
        }

        disk.LeaveBehind(Dead, "of-the-dead");
        disk.Write(disk.InRoot($".new-{Dead}-2", ".owner"));
        disk.Write(disk.InRoot($".old-{Dead}-3", "output", "report.md"));
        disk.Write(disk.InRoot(".jobstorage", $"{Dead}.lease.new"));
    }

    public enum Operation
    {
        Open,
        Allocate,
        Release,
        ReleaseOfAnother,
        ReleaseAsync,
        Sweep,
        CleanUp,
        Dispose,
    }

    public Interception Interception { get; }

    /// <summary>Does the operation, and waits for what it does in the background.</summary>
    public Exception? Do(Operation operation) => Record.Exception(() =>
    {
        switch (operation)
        {
            case Operation.Open:
                Open();
                break;
            case Operation.Allocate:
                _instance!.AllocateJob("new");
                break;
            case Operation.Release:
                _instance!.ReleaseJob("mine");
                break;
            case Operation.ReleaseOfAnother:
                _instance!.ReleaseJob("of-the-dead");
                break;
            case Operation.ReleaseAsync:
                _instance!.ReleaseJobAsync("mine").GetAwaiter().GetResult();
                break;
            case Operation.Sweep:
                _time.Advance(TimeSpan.FromMinutes(5));
                break;
            case Operation.CleanUp:
                _instance!.CleanupAll();
                break;
            case Operation.Dispose:
                _instance!.Dispose();
                break;
            default:
                throw new InvalidOperationException($"No such operation: {operation}");
        }
    });

    /// <summary>Ends the instance under test in good order.</summary>
    public void EndInstance() => _instance?.Dispose();

    /// <summary>Every job that is there is complete, and nothing of the living is missing.</summary>
    public void AssertNothingIsHalfMadeOrLost()
    {
        foreach (string job in _neighbour.ListJobs())
        {
            Assert.Superset(new HashSet<string> { ".owner", "output" }, _disk.Names(_disk.InRoot(job)).ToHashSet());
        }

        AssertNothingIsLost();
    }

    /// <summary>The next instance starts and stops, and leaves the root as if nothing had happened.</summary>
    public void AssertTheNextInstanceFindsOrder()
    {
        using (var next = new StorageRoot(_disk.Root, _disk.FileSystem))
        {
            AssertNothingIsLost();
        }

        Assert.Equal(["a-file", "neighbour"], _disk.NamesInRoot());
        Assert.Equal([_neighbourLease, "sweep.lock"], _disk.Names(_disk.InRoot(".jobstorage")));
        AssertNothingIsLost();
    }

    public void Dispose()
    {
        // Stops its timer, if it was not disposed of; on the disk it has no effect any more.
        Interception.Kill();
        try
        {
            _instance?.Dispose();
        }
        catch (ProcessKilledException)
        {
            // As expected of a dead process.
        }

        _neighbour.Dispose();
        _disk.Dispose();
    }

    private void AssertNothingIsLost()
    {
        Assert.Equal("precious", _disk.FileSystem.File.ReadAllText(_disk.InRoot("neighbour", "input.tlog")));
        Assert.Equal("precious", _disk.FileSystem.File.ReadAllText(_disk.InRoot("a-file")));
    }

    private void Open() => _instance = new StorageRoot(
        Options.Create(new JobStorageOptions { RootPath = _disk.Root, DeleteParallelism = 1 }), Interception.FileSystem, logger: null, _time);
}
