using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Abstractions;
using System.Runtime.ExceptionServices;
using JobStorages.Tests.Disks;

namespace JobStorages.CrashTests;

internal sealed class IncarnationStress : IDisposable
{
    private const int Ids = 16;

    private readonly TestDisk _disk;
    private readonly Func<IFileSystem, IFileSystem> _sweeperOf;
    private readonly StorageRoot[] _instances;
    private readonly Lock[] _registry = [.. Enumerable.Range(0, Ids).Select(_ => new Lock())];
    private readonly ConcurrentBag<string> _harmed = [];
    private readonly CancellationTokenSource _end = new();
    private ExceptionDispatchInfo? _failure;
    private bool _stopAtFirstHarm;
    private long _jobsDone;
    private long _sweeps;
    private long _left;

    public IncarnationStress(TestDisk disk, Func<IFileSystem, IFileSystem> sweeperOf, Func<IFileSystem, IFileSystem> instanceOf)
    {
        _disk = disk;
        _sweeperOf = sweeperOf;
        _instances = [new StorageRoot(disk.Root, instanceOf(disk.FileSystem)), new StorageRoot(disk.Root, instanceOf(disk.FileSystem))];
    }

    public Result Run(TimeSpan duration, bool stopAtFirstHarm)
    {
        _stopAtFirstHarm = stopAtFirstHarm;
        _end.CancelAfter(duration);
        Thread[] threads =
        [
            Start(() => Work(_instances[0], seed: 1)), Start(() => Work(_instances[1], seed: 2)), Start(Sweep), Start(LeaveJobsOfTheDead),
        ];
        Array.ForEach(threads, thread => thread.Join());
        _failure?.Throw();
        return new Result([.. _harmed], _jobsDone, _sweeps, _left);
    }

    public void Dispose()
    {
        Array.ForEach(_instances, instance => instance.Dispose());
        _end.Dispose();
    }

    private Thread Start(Action work)
    {
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
                _end.Cancel();
            }
        });
        thread.Start();
        return thread;
    }

    // Allocates, uses and releases. As a service's registry does, it is asked about an id by one at a time, and lets go of a job of that id whose
    // owner is gone.
    private void Work(StorageRoot storage, int seed)
    {
        var random = new Random(seed);
        while (!_end.IsCancellationRequested)
        {
            int slot = random.Next(Ids);
            string id = $"job-{slot}";
            lock (_registry[slot])
            {
                if (Allocate(storage, id) is not { } job)
                {
                    continue;
                }

                if (!Use(job))
                {
                    Harm(job.Root);
                }

                storage.ReleaseJob(id);
                Interlocked.Increment(ref _jobsDone);
            }
        }
    }

    private static JobStorage? Allocate(StorageRoot storage, string id)
    {
        try
        {
            return storage.AllocateJob(id);
        }
        catch (JobAlreadyExistsException)
        {
            // Of the dead, since the registry lets nobody else at this id: released, and allocated anew at once.
        }

        _ = storage.ReleaseJobAsync(id);
        try
        {
            return storage.AllocateJob(id);
        }
        catch (JobAlreadyExistsException)
        {
            return null;
        }
    }

    // Others start, sweep, clean up and stop.
    private void Sweep()
    {
        while (!_end.IsCancellationRequested)
        {
            using var sweeper = new StorageRoot(_disk.Root, _sweeperOf(_disk.FileSystem));
            sweeper.CleanupAll();
            _sweeps++;
        }
    }

    // Again and again an instance is killed that held one of the ids.
    private void LeaveJobsOfTheDead()
    {
        var random = new Random(3);
        while (!_end.IsCancellationRequested)
        {
            string job = _disk.InRoot($"job-{random.Next(Ids)}");
            if (Directory.Exists(job))
            {
                _end.Token.WaitHandle.WaitOne(millisecondsTimeout: 1);
                continue;
            }

            string instance = Guid.NewGuid().ToString("N");
            using FileStream? held = TryHold(_disk.InRoot(".jobstorage", $"{instance}.lease"));
            if (held is null)
            {
                continue;
            }

            string staged = _disk.InRoot($".new-{instance}-1");
            Directory.CreateDirectory(Path.Combine(staged, "output"));
            File.WriteAllText(Path.Combine(staged, ".owner"), $"{instance} 1\n");
            try
            {
                Directory.Move(staged, job);
                _left++;
            }
            catch (IOException)
            {
                // The id was taken meanwhile. It stays a preparation, which is swept as well.
            }
        }
    }

    private static FileStream? TryHold(string lease)
    {
        try
        {
            var held = new FileStream(lease + ".new", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            File.Move(lease + ".new", lease);
            return held;
        }
        catch (IOException)
        {
            // A sweeper took it for the remains of a crash. What is left without a lease is for clean-ups.
            return null;
        }
    }

    // Writes into the job, and finds it again several times: the same job, with what was written.
    private static bool Use(JobStorage job)
    {
        string? token = null;
        if (!Lasting(() =>
        {
            token = File.ReadAllText(Path.Combine(job.Root, ".owner"));
            File.WriteAllText(job.TlogPath, token);
            return true;
        }))
        {
            return false;
        }

        for (int look = 0; look < 5; look++)
        {
            if (!Lasting(() =>
                File.ReadAllText(job.TlogPath) == token && File.ReadAllText(Path.Combine(job.Root, ".owner")) == token && Directory.Exists(job.OutputDir)))
            {
                return false;
            }
        }

        return true;
    }

    // A job that had to be put back is away for some microseconds; harm is what lasts.
    private static bool Lasting(Func<bool> use)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            try
            {
                return use();
            }
            catch (IOException)
            {
                Thread.Yield();
            }
        }
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));

        return false;
    }

    private void Harm(string job)
    {
        _harmed.Add(job);
        if (_stopAtFirstHarm)
        {
            _end.Cancel();
        }
    }

    internal sealed record Result(IReadOnlyList<string> Harmed, long JobsDone, long Sweeps, long Reclaimed);
}
