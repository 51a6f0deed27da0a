using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace JobStorages.Deletion;

/// <summary>
/// Runs deletions on threads of its own: they block on the disk for as long as a tree is large, which threads of the pool must not.
/// A thread is started when there is work for it and ends when there has been none for a while.
/// </summary>
internal sealed class DeletionWorkers : IDisposable
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    private readonly Queue<(Action<CancellationToken> Delete, TaskCompletionSource Done)> _queue = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly object _gate = new();
    private readonly int _parallelism;
    private int _threads;
    private int _waiting;
    private int _unfinished;
    private bool _ended;

    public DeletionWorkers(int parallelism)
    {
        _parallelism = parallelism;
        _stopping = _stop.Token;
    }

    /// <summary>Queues a deletion, which must not throw anything but that it was cancelled.</summary>
    /// <returns>A task that completes when the deletion has ended, and is cancelled when it was stopped before.</returns>
    public Task Run(Action<CancellationToken> delete)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_ended)
            {
                done.SetCanceled(CancellationToken.None);
                return done.Task;
            }

            _queue.Enqueue((delete, done));
            _unfinished++;
            if (_queue.Count > _waiting && _threads < _parallelism)
            {
                // Unsafe, that is, without the context of the caller: the thread goes on to work for others.
                new Thread(Work) { IsBackground = true, Name = "JobStorage deletion" }.UnsafeStart();
                _threads++;
            }

            Monitor.PulseAll(_gate);
        }

        return done.Task;
    }

    /// <summary>Waits until all that is queued has been deleted.</summary>
    /// <returns>How many deletions had not ended when the time was over.</returns>
    public int Drain(TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (_unfinished > 0)
            {
                if (!Monitor.Wait(_gate, Left()))
                {
                    break;
                }
            }

            return _unfinished;
        }

        TimeSpan Left()
        {
            if (patience == Timeout.InfiniteTimeSpan)
            {
                return patience;
            }

            TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
            return left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    /// <summary>Stops the deletions under way between two entries, and cancels those that wait.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }

        _stop.Cancel();
        _stop.Dispose();
    }

    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "It is not swallowed: it becomes the result of the task.")]
    private void Work()
    {
        while (Next() is { } deletion)
        {
            try
            {
                deletion.Delete(_stopping);
                deletion.Done.SetResult();
            }
            catch (OperationCanceledException)
            {
                // Disposed of: what is left is somebody else's to reclaim.
                deletion.Done.SetCanceled(_stopping);
            }
            catch (Exception e)
            {
                // A bug of ours, or an exception of its own that a file system made up. It is the task's, and must not end the process.
                deletion.Done.SetException(e);
            }

            lock (_gate)
            {
                _unfinished--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private (Action<CancellationToken> Delete, TaskCompletionSource Done)? Next()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                _waiting++;
                bool pulsed = !_ended && Monitor.Wait(_gate, s_idle);
                _waiting--;
                if (!pulsed && _queue.Count == 0)
                {
                    _threads--;
                    return null;
                }
            }

            return _queue.Dequeue();
        }
    }
}
