using JobStorages.Deletion;
using JobStorages.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JobStorages.Ownership;

/// <summary>What an instance does from time to time for its root: keep its own lease, retry its own failures, sweep.</summary>
internal sealed class Upkeep(RootLayout layout, RootMarker marker, InstanceLease lease, Trash trash, Sweeper sweeper, ILogger logger)
{
    private readonly Lock _gate = new();

    /// <summary>
    /// Restores the mark and the lease if something, such as a cleaner of temporary directories, has removed them. Without a lease nobody
    /// could tell that the jobs of this instance are alive.
    /// </summary>
    public void EnsureIntact()
    {
        if (lease.Exists)
        {
            return;
        }

        lock (_gate)
        {
            if (!lease.Exists)
            {
                marker.Mark();
                lease.Restore();
                Log.LeaseRestored(logger, layout.Root);
            }
        }
    }

    public void Run()
    {
        try
        {
            EnsureIntact();
            lease.Touch();
            trash.RetryFailed();
            foreach (Discarded discarded in sweeper.Sweep())
            {
                trash.DeleteInBackground(discarded);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A volume that is full, read-only, failing or gone for a while.
            Log.SweepFailed(logger, layout.Root, e);
        }
    }
}
