using JobStorages.Deletion;

namespace JobStorages.Tests.Deletion;

public sealed class DeletionWorkersTests : IDisposable
{
    private readonly DeletionWorkers _workers = new(parallelism: 2);

    public void Dispose() => _workers.Dispose();

    [Fact]
    public async Task Run_Many_RunsAllAndNeverMoreThanAllowedAtOnce()
    {
        int now = 0;
        int most = 0;
        int done = 0;
        using var together = new CountdownEvent(2);

        Task[] tasks =
        [
            .. Enumerable.Range(0, 100).Select(n => _workers.Run(stop =>
            {
                int count = Interlocked.Increment(ref now);
                InterlockedMax(ref most, count);
                if (n < 2)
                {
                    // The first two meet: there are two threads.
                    together.Signal();
                    together.Wait(stop);
                }

                Interlocked.Decrement(ref now);
                Interlocked.Increment(ref done);
            })),
        ];
        await Task.WhenAll(tasks);

        Assert.Equal(100, done);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Run_Throws_IsTheTasksFailureAndTheNextRuns()
    {
        Task failing = _workers.Run(_ => throw new NotSupportedException("What a mock says."));
        Task next = _workers.Run(_ => { });

        await Assert.ThrowsAsync<NotSupportedException>(() => failing);
        await next;
    }

    [Fact]
    public async Task Drain_NothingToDo_ReturnsAtOnce()
    {
        await _workers.Run(_ => { });

        Assert.Equal(0, _workers.Drain(Timeout.InfiniteTimeSpan));
        Assert.Equal(0, _workers.Drain(TimeSpan.Zero));
    }

    [Fact]
    public async Task Run_FromARequest_DoesNotCarryItsContext()
    {
        var request = new AsyncLocal<string?> { Value = "request" };
        string? seen = "nothing yet";

        await _workers.Run(_ => seen = request.Value);

        Assert.Null(seen);
    }

    [Fact]
    public async Task Dispose_OneUnderWayAndOneQueued_StopsAndCancels()
    {
        var one = new DeletionWorkers(parallelism: 1);
        using var started = new ManualResetEventSlim();
        Task underWay = one.Run(stop =>
        {
            started.Set();
            stop.WaitHandle.WaitOne();
            stop.ThrowIfCancellationRequested();
        });
        Task queued = one.Run(stop => stop.ThrowIfCancellationRequested());
        started.Wait();

        Assert.Equal(2, one.Drain(TimeSpan.Zero));
        one.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => underWay);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.Run(_ => { }));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; value > seen; seen = target)
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }
}
