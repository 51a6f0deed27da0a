using System.Diagnostics.CodeAnalysis;
using JobStorages.Deletion;
using JobStorages.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JobStorages.Ownership;

/// <summary>What an instance does from time to time for its root: keep its own lease, retry its own failures, sweep.</summary>
internal sealed class Upkeep(RootLayout layout, RootMarker marker, InstanceLease lease, Trash trash, Sweeper sweeper, ILogger logger)
{
    private readonly Lock _gate = new();
    private int _running;
    private bool _failing;

    /// <summary>
    /// Restores the mark and the lease if something, such as a cleaner of temporary directories, has removed them. Without a lease nobody
    /// could tell that the jobs of this instance are alive.
    /// </summary>
    public void EnsureIntact()
    {
        if (lease.IsLost)
        {
            Restore();
        }
    }

    private void Restore()
    {
        lock (_gate)
        {
            if (lease.IsLost || !lease.IsStillHeld())
            {
                marker.Mark();
                lease.Restore();
                Log.LeaseRestored(logger, layout.Root);
            }
        }
    }

    /// <summary>Does it all once; not if it is still being done, on a disk that hangs.</summary>
    public void Run()
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            return;
        }

        try
        {
            if (lease.IsLost || !lease.IsStillHeld())
            {
                Restore();
            }

            lease.Touch();
            trash.RetryFailed();
            foreach (Discarded discarded in sweeper.Sweep())
            {
                trash.DeleteInBackground(discarded);
            }

            _failing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A volume that is full, read-only, failing or gone for a while.
            if (!_failing)
            {
                _failing = true;
                Log.SweepFailed(logger, layout.Root, e);
            }
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Does it for a timer, on whose thread an exception would end the process.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It would end the host's process.")]
    public void RunUnattended()
    {
        try
        {
            Run();
        }
        catch (Exception e)
        {
            // An exception of its own that a file system made up, or a logger that throws.
            LogUnattended(e);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It would end the host's process.")]
    private void LogUnattended(Exception exception)
    {
        try
        {
            Log.SweepFailed(logger, layout.Root, exception);
        }
        catch (Exception)
        {
            // The logger it was.
        }
    }
}
