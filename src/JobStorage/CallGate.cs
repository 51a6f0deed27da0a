namespace JobStorages;

/// <summary>
/// Counts the calls under way, so that disposal begins when the last has ended and none comes after it: a job that was published behind the
/// back of the last clean-up would have an owner without a lease, and nobody would ever reclaim it.
/// </summary>
internal sealed class CallGate
{
    // The number of calls under way; far below zero once closed.
    private const int Closed = int.MinValue;
    private readonly TaskCompletionSource _drained = new();
    private int _calls;

    /// <summary>Begins a call; to be ended with <see cref="Exit"/>.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _calls) > 0)
        {
            return true;
        }

        Exit();
        return false;
    }

    public void Exit()
    {
        if (Interlocked.Decrement(ref _calls) == Closed)
        {
            _drained.TrySetResult();
        }
    }

    /// <summary>Lets no further call in and waits for those under way. To be called once.</summary>
    /// <returns>Whether all had ended when the time was over.</returns>
    public bool Close(TimeSpan patience)
    {
        if (Interlocked.Add(ref _calls, Closed) == Closed)
        {
            return true;
        }

        return _drained.Task.Wait(patience);
    }
}
