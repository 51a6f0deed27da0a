using JobStorages.Tests.Disks;

namespace JobStorages.Tests.OnDisk;

public sealed class RaceTests : IDisposable
{
    private const int Threads = 8;
    private const int Ids = 1_000;

    private readonly RealDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    /// <summary>Half of the threads share one instance, the others have one each; whoever loses finds a complete job.</summary>
    [Fact]
    public void AllocateJob_EightThreadsOnAThousandIds_HasOneWinnerEachAndNobodySeesHalfAJob()
    {
        using var shared = new StorageRoot(_disk.Root);
        StorageRoot[] instances = [.. Enumerable.Range(0, Threads).Select(n => n < Threads / 2 ? shared : new StorageRoot(_disk.Root))];
        int[] winners = new int[Ids];
        int incomplete = 0;
        using var start = new Barrier(Threads);

        Run(thread =>
        {
            start.SignalAndWait();
            for (int n = 0; n < Ids; n++)
            {
                string id = $"job-{n}";
                try
                {
                    instances[thread].AllocateJob(id);
                    Interlocked.Increment(ref winners[n]);
                }
                catch (JobAlreadyExistsException)
                {
                    if (!Directory.Exists(_disk.InRoot(id, "output")) || new FileInfo(_disk.InRoot(id, ".owner")).Length == 0)
                    {
                        Interlocked.Increment(ref incomplete);
                    }
                }
            }
        });

        Assert.All(winners, count => Assert.Equal(1, count));
        Assert.Equal(0, incomplete);
        Assert.Equal(Ids, shared.ListJobs().Count);
        Assert.Equal(Ids, _disk.NamesInRoot().Length);
        Array.ForEach(instances, instance => instance.Dispose());
        Assert.Empty(_disk.NamesInRoot());
    }

    /// <summary>Every id is allocated, used and released by whoever gets it, again and again: between the two it is one thread's alone.</summary>
    [Fact]
    public void AllocateAndRelease_EightThreadsOnAFewIds_NeverShareAJob()
    {
        StorageRoot[] instances = [.. Enumerable.Range(0, Threads).Select(_ => new StorageRoot(_disk.Root))];
        int[] users = new int[4];
        int shared = 0;
        int allocated = 0;
        int leftovers = 0;
        using var start = new Barrier(Threads);

        Run(thread =>
        {
            start.SignalAndWait();
            for (int n = 0; n < Ids; n++)
            {
                int slot = (n + thread) % users.Length;
                string id = $"job-{slot}";
                try
                {
                    JobStorage job = instances[thread].AllocateJob(id);
                    shared += Interlocked.Increment(ref users[slot]) == 1 ? 0 : 1;
                    leftovers += File.Exists(job.TlogPath) ? 1 : 0;
                    File.WriteAllText(job.TlogPath, id);
                    Interlocked.Increment(ref allocated);
                    Interlocked.Decrement(ref users[slot]);
                    instances[thread].ReleaseJob(id);
                }
                catch (JobAlreadyExistsException)
                {
                    // Somebody else has it.
                }
            }
        });

        Assert.Equal(0, shared);
        Assert.Equal(0, leftovers);
        Assert.True(allocated >= Ids, $"Only {allocated} jobs were allocated: that was no race.");
        Assert.Empty(_disk.NamesInRoot());
        Array.ForEach(instances, instance => instance.Dispose());
    }

    private static void Run(Action<int> body)
    {
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(n => new Thread(() => body(n)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
