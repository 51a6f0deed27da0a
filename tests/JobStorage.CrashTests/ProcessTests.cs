using System.Globalization;
using JobStorages.Tests.Disks;

namespace JobStorages.CrashTests;

/// <summary>Several real processes on one real root.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int Processes = 6;
    private const int Ids = 2_000;

    private readonly RealDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void AllocateJob_SixProcessesOnTwoThousandIds_HasOneWinnerEach()
    {
        ChildProcess[] children = [.. Enumerable.Range(0, Processes).Select(_ => new ChildProcess("race", _disk.Root, "-"))];
        try
        {
            Array.ForEach(children, child => Assert.Equal("ready", child.ReadLine()));
            Array.ForEach(children, child => child.GoOn());
            var winners = new List<(int Id, int Process)>();
            foreach (ChildProcess child in children)
            {
                winners.AddRange(child.ReadLinesUntil("done").Select(line => (int.Parse(line, CultureInfo.InvariantCulture), child.Id)));
            }

            Assert.Equal(Enumerable.Range(0, Ids), winners.Select(winner => winner.Id).Order());
            Assert.All(winners, winner => Assert.Equal(
                winner.Process.ToString(CultureInfo.InvariantCulture), File.ReadAllText(_disk.InRoot($"job-{winner.Id}", "input.tlog"))));
            Assert.True(winners.Select(winner => winner.Process).Distinct().Count() > 1, "One process won all: that was no race.");
            Array.ForEach(children, child => child.GoOn());
            Array.ForEach(children, child => Assert.Equal(0, child.WaitForExit()));
            Assert.Empty(_disk.NamesInRoot());
            Figures.Note($"ids raced for by {Processes} processes: {Ids}; winners of each: 1");
        }
        finally
        {
            Array.ForEach(children, child => child.Dispose());
        }
    }

    [Fact]
    public void CleanupAll_LocksSwitchedOffInOneProcess_TakesNothingOfOthers()
    {
        const string Dead = "00000000000000000000000000000001";
        using var living = new StorageRoot(_disk.Root);
        living.AllocateJob("of-the-living");
        _disk.LeaveBehind(Dead, "of-the-dead");
        _disk.Write(_disk.InRoot($".old-{Dead}-2", "file"));
        using var child = new ChildProcess("unlocked", _disk.Root, "child", ("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1"));

        string[] warnings = child.ReadLinesUntil("ready");

        Assert.Equal(["warning LocksNotEnforced"], warnings);
        Assert.Equal([$".old-{Dead}-2", "child-mine", "of-the-dead", "of-the-living"], _disk.NamesInRoot());
        using (var other = new StorageRoot(_disk.Root))
        {
            other.CleanupAll();
        }

        Assert.Equal(["child-mine", "of-the-living"], _disk.NamesInRoot());
        child.GoOn();
        Assert.Equal(["done"], child.ReadLinesUntil("done").Append("done"));
        Assert.Equal(0, child.WaitForExit());
        Assert.Equal(["of-the-living"], _disk.NamesInRoot());
    }

    [LinuxFact]
    public void Host_Terminated_CleansUp()
    {
        using var living = new StorageRoot(_disk.Root);
        living.AllocateJob("of-the-living");
        using var child = new ChildProcess("serve", _disk.Root, "served");
        Assert.Equal("ready", child.ReadLine());
        Assert.Equal(6, _disk.NamesInRoot().Length);

        Posix.Terminate(child.Id);

        Assert.Equal(0, child.WaitForExit());
        Assert.Equal(["of-the-living"], _disk.NamesInRoot());
        Assert.Equal(2, _disk.Names(_disk.InRoot(".jobstorage")).Length);
    }
}
