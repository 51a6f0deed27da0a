using JobStorages.Tests.Disks;

namespace JobStorages.CrashTests;

/// <summary>Real processes on one real root, killed at any moment.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly string[] s_modes = ["allocate", "write", "release", "sweep", "cleanup", "everything"];

    private readonly RealDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [LinuxFact]
    public void Kill_AtAnyMoment_TheNextStartLeavesNothingOfTheDeadAndTheLivingLoseNothing()
    {
        var random = new Random(20_261_122);
        int kills = 0;
        long reclaimed = 0;
        using var living = new LivingInstance(_disk.Root);
        using var watcher = new RootWatcher(_disk.Root);

        for (; kills < Effort.Kills; kills++)
        {
            string mode = s_modes[kills % s_modes.Length];
            using (var child = new ChildProcess(mode, _disk.Root, $"k{kills}"))
            {
                // Between two dots lie up to some hundred system calls; the kill falls anywhere among them.
                child.ReadDots(1 + random.Next(12));
                Spin(random.Next(20_000));
                child.Kill();
            }

            reclaimed += StartNext(living.Instance, $"{mode}, kill {kills}");
        }

        living.StopWorking();
        watcher.Dispose();
        Assert.Empty(living.Missing);
        Assert.Empty(watcher.Incomplete);
        Assert.True(living.JobsDone > kills, "The living instance did not work meanwhile.");
        Assert.True(reclaimed > kills, $"Only {reclaimed} directories were reclaimed: the kills hit nothing.");
        Assert.Equal(living.Held, _disk.NamesInRoot().Length);
        Figures.Note(
            $"kills survived: {kills}; directories reclaimed after them: {reclaimed}; jobs done meanwhile by a living instance: {living.JobsDone}; " +
            $"jobs seen: {watcher.Seen}, incomplete: {watcher.Incomplete.Count}; files of the living missing: {living.Missing.Count}");
    }

    /// <summary>Opens the root as the next process does, and tells how much of the dead it has taken.</summary>
    private long StartNext(string living, string after)
    {
        string[] before = OfOthers(living);
        using (new StorageRoot(_disk.Root))
        {
            // At once, before the bytes are gone: everything is renamed to the name of the new one, and the leases of the dead are removed.
            string[] leases = [.. _disk.Names(_disk.InRoot(".jobstorage")).Where(name => name != "sweep.lock" && name != $"{living}.lease")];
            string next = Path.GetFileNameWithoutExtension(Assert.Single(leases));
            Assert.Empty(OfOthers(living, next));
        }

        Assert.True(OfOthers(living) is [], $"After {after}: {string.Join(", ", OfOthers(living))}");
        Assert.Equal([$"{living}.lease", "sweep.lock"], _disk.Names(_disk.InRoot(".jobstorage")).Order());
        return before.Length;
    }

    // Everything in the root but what the given instances own.
    private string[] OfOthers(params string[] instances)
    {
        return [.. _disk.NamesInRoot().Where(name => !instances.Any(instance => name.Contains(instance, StringComparison.Ordinal)) && !IsJobOfThem(name))];

        bool IsJobOfThem(string name)
        {
            if (name.StartsWith('.') || name.StartsWith("living-", StringComparison.Ordinal))
            {
                return !name.StartsWith('.');
            }

            try
            {
                return instances.Contains(File.ReadAllText(_disk.InRoot(name, ".owner")).Split(' ')[0]);
            }
            catch (IOException) when (!Directory.Exists(_disk.InRoot(name)))
            {
                // Taken away since it was listed.
                return true;
            }
        }
    }

    private static void Spin(int microseconds)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
        {
            Thread.SpinWait(20);
        }
    }
}
