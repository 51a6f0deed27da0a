using System.Reflection;
using JobStorages.Diagnostics;
using JobStorages.Tests.Disks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JobStorages.Tests.Diagnostics;

/// <summary>Every event of the log: when it is written, at which level, and that id, path and error are in it.</summary>
public sealed class LogTests : IDisposable
{
    private const string DeadInstance = "00000000000000000000000000000001";

    private readonly MockDisk _disk = new();
    private readonly Interception _interception;
    private readonly RecordingLogger _logger = new();
    private readonly FakeTimeProvider _time = new();

    public LogTests() => _interception = new Interception(_disk.FileSystem);

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void EventIds_Always_AreDenseFromOneAndNamedLikeTheirMethods()
    {
        LoggerMessageAttribute[] events =
        [
            .. typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Select(method => (method.Name, Event: method.GetCustomAttribute<LoggerMessageAttribute>()!))
                .OrderBy(pair => pair.Event.EventId)
                .Select(pair =>
                {
                    Assert.Equal(pair.Name, pair.Event.EventName);
                    return pair.Event;
                }),
        ];

        Assert.Equal(Enumerable.Range(1, events.Length), events.Select(e => e.EventId));
    }

    /// <summary>An id never changes its meaning: alerts are built on it.</summary>
    [Fact]
    public void EventIds_Always_AreThoseThatWerePublished() => Assert.Equal(
        [
            "1 Information RootOpened",
            "2 Warning RootWritableByOthers",
            "3 Warning LocksNotEnforced",
            "4 Debug JobAllocated",
            "5 Debug JobReleased",
            "6 Warning NotAJob",
            "7 Warning RenameRefused",
            "8 Warning DeleteFailed",
            "9 Information DeleteSucceededAtLast",
            "10 Information Reclaimed",
            "11 Warning JobPutBack",
            "12 Error PutBackFailed",
            "13 Warning LeaseRestored",
            "14 Warning SweepFailed",
            "15 Warning OwnerUnreadable",
            "16 Information CleanedUp",
            "17 Warning ShutdownTimedOut",
            "18 Warning ShutdownFailed",
        ],
        typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!)
            .OrderBy(e => e.EventId)
            .Select(e => $"{e.EventId} {e.Level} {e.EventName}"));

    [Fact]
    public void RootOpened_Opening_NamesRootAndInstance()
    {
        using StorageRoot storage = Open();

        LogEntry entry = Expect("RootOpened", 1, LogLevel.Information, _disk.Root);
        string lease = Assert.Single(_disk.Names(_disk.InRoot(".jobstorage")), name => name.EndsWith(".lease", StringComparison.Ordinal));
        Assert.Contains(Path.GetFileNameWithoutExtension(lease), entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LocksNotEnforced_EveryOpenSucceeds_NamesRoot()
    {
        _interception.ShareEverything();

        using StorageRoot storage = Open();

        Expect("LocksNotEnforced", 3, LogLevel.Warning, _disk.Root);
    }

    [Fact]
    public void JobAllocatedAndJobReleased_ALife_NameIdAndPath()
    {
        using StorageRoot storage = Open();

        storage.AllocateJob("job-1");
        Expect("JobAllocated", 4, LogLevel.Debug, "job-1", _disk.InRoot("job-1"));
        storage.ReleaseJob("job-1");
        Expect("JobReleased", 5, LogLevel.Debug, "job-1", _disk.InRoot("job-1"));
    }

    [Fact]
    public void NotAJob_FileReleased_NamesIdAndPath()
    {
        using StorageRoot storage = Open();
        _disk.Write(_disk.InRoot("job-1"));

        storage.ReleaseJob("job-1");

        Expect("NotAJob", 6, LogLevel.Warning, "job-1", _disk.InRoot("job-1"));
    }

    [Fact]
    public void RenameRefused_DirectoryInUse_NamesIdPathAndError()
    {
        using StorageRoot storage = Open();
        storage.AllocateJob("job-1");
        Fail("Directory.Move");

        storage.ReleaseJob("job-1");

        Assert.Equal("injected", Expect("RenameRefused", 7, LogLevel.Warning, "job-1", _disk.InRoot("job-1")).Exception!.Message);
        _interception.Before = null;
    }

    [Fact]
    public void DeleteFailedAndDeleteSucceededAtLast_DirectoryInUseForAWhile_NameIdPathAndError()
    {
        using StorageRoot storage = Open();
        storage.AllocateJob("job-1");
        Fail("Directory.Delete");

        storage.ReleaseJob("job-1");
        string old = _disk.InRoot(Assert.Single(_disk.NamesInRoot()));
        _interception.Before = null;
        storage.CleanupAll();

        Assert.Equal("injected", Expect("DeleteFailed", 8, LogLevel.Warning, "job-1", old).Exception!.Message);
        Expect("DeleteSucceededAtLast", 9, LogLevel.Information, "job-1", old);
    }

    [Fact]
    public void Reclaimed_LeftByTheDead_NamesCountAndRoot()
    {
        _disk.LeaveBehind(DeadInstance, "job-1");

        using StorageRoot storage = Open();

        Expect("Reclaimed", 10, LogLevel.Information, "Reclaimed 1 ", _disk.Root);
    }

    [Fact]
    public void LeaseRestored_RootDeleted_NamesRoot()
    {
        using StorageRoot storage = Open();
        _disk.FileSystem.Directory.Delete(_disk.Root, recursive: true);

        _time.Advance(TimeSpan.FromMinutes(5));

        Expect("LeaseRestored", 13, LogLevel.Warning, _disk.Root);
    }

    [Fact]
    public void SweepFailed_RootUnreadable_NamesRootAndError()
    {
        using StorageRoot storage = Open();
        Fail("Directory.EnumerateDirectories");

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("injected", Expect("SweepFailed", 14, LogLevel.Warning, _disk.Root).Exception!.Message);
        _interception.Before = null;
    }

    [Fact]
    public void OwnerUnreadable_Sweeping_NamesPathAndError()
    {
        using StorageRoot storage = Open();
        _disk.LeaveBehind(DeadInstance, "job-1");
        _interception.Before = call =>
        {
            if (call.Path == _disk.InRoot("job-1", ".owner"))
            {
                throw new IOException("injected");
            }
        };

        _time.Advance(TimeSpan.FromMinutes(5));
        _interception.Before = null;

        Assert.Equal("injected", Expect("OwnerUnreadable", 15, LogLevel.Warning, _disk.InRoot("job-1")).Exception!.Message);
        Assert.Contains($"{DeadInstance}.lease", _disk.Names(_disk.InRoot(".jobstorage")));
    }

    [Fact]
    public void CleanedUp_Jobs_NamesCountAndRoot()
    {
        using StorageRoot storage = Open();
        storage.AllocateJob("job-1");
        storage.AllocateJob("job-2");

        storage.CleanupAll();

        Expect("CleanedUp", 16, LogLevel.Information, _disk.Root, "2 directories");
    }

    private StorageRoot Open() => new(
        Microsoft.Extensions.Options.Options.Create(new JobStorageOptions { RootPath = _disk.Root }), _interception.FileSystem, _logger, _time);

    private void Fail(string call) => _interception.Before = made =>
    {
        if (made.Name == call)
        {
            throw new IOException("injected");
        }
    };

    private LogEntry Expect(string name, int id, LogLevel level, params string[] parts)
    {
        LogEntry entry = _logger.Single(name);
        Assert.Equal(id, entry.Id.Id);
        Assert.Equal(level, entry.Level);
        Assert.All(parts, part => Assert.Contains(part, entry.Message, StringComparison.Ordinal));
        return entry;
    }
}
