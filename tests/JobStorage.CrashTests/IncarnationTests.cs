using JobStorages.Tests.Disks;

namespace JobStorages.CrashTests;

/// <summary>
/// Two instances allocate and release the same few ids without pause. Jobs of dead instances turn up under these ids all the time, and others
/// start, sweep, clean up and stop beside them.
/// </summary>
public sealed class IncarnationTests : IDisposable
{
    private readonly RealDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void SweepAndCleanUp_BesideTwoInstancesOnTheSameIds_HarmNoLivingJob()
    {
        using var stress = new IncarnationStress(_disk, sweeperOf: SweepersView.Hesitant, instanceOf: fileSystem => fileSystem);

        IncarnationStress.Result result = stress.Run(Effort.Stress, stopAtFirstHarm: false);

        Assert.Empty(result.Harmed);
        Assert.True(result.JobsDone > 20, $"Only {result.JobsDone} jobs: that was no stress.");
        Assert.True(result.Reclaimed > 20, $"Only {result.Reclaimed} jobs of the dead came to be taken.");
        Figures.Note($"jobs of two instances on 16 ids beside sweepers: {result.JobsDone}; jobs of the dead among them: {result.Reclaimed}; " +
            $"instances started and stopped beside them: {result.Sweeps}; living jobs harmed: {result.Harmed.Count}");
    }

    /// <summary>
    /// THE CONTROL, which has to fail: the same run with what protects the jobs taken away. The sweeper does not look again at what it has
    /// renamed, and <c>sweep.lock</c> keeps nobody out. If this did no harm, the test above would prove nothing.
    /// </summary>
    [Fact]
    public void SweepAndCleanUp_WithoutLockAndSecondLook_HarmLivingJobs()
    {
        using var stress = new IncarnationStress(_disk, sweeperOf: SweepersView.HesitantWithoutLockAndSecondLook, instanceOf: SweepersView.WithoutLock);

        IncarnationStress.Result result = stress.Run(Effort.Control, stopAtFirstHarm: true);

        Assert.NotEmpty(result.Harmed);
        Figures.Note($"the control: without lock and second look the first living job was harmed after {result.JobsDone} jobs");
    }
}
