using System.Diagnostics;
using System.IO.Abstractions;
using JobStorages.Deletion;
using JobStorages.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JobStorages.Ownership;

/// <summary>
/// Decides which directories under the root may be taken away, and has them taken. Whatever is taken from others is taken under
/// <c>sweep.lock</c>, by incarnation and not by id. docs/ownership.md goes through what can happen in between.
/// </summary>
internal sealed class Sweeper(
    IFileSystem fileSystem,
    RootLayout layout,
    Leases leases,
    InstanceLease lease,
    OwnerFile owners,
    Trash trash,
    JobGates jobs,
    ILogger logger)
{
    // Who holds the lock scans the root and renames; at some 30 µs per directory that is 60,000 directories.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly SweepLock _sweepLock = new(leases, layout);
    private readonly Lock _gate = new();
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes what dead instances have left, and what was released in its place; returns at once if another instance is at it.
    /// </summary>
    public IReadOnlyList<Discarded> Sweep()
    {
        lock (_gate)
        {
            using LockedFile? turn = _sweepLock.TryTake();
            if (turn is null)
            {
                return [];
            }

            // Who is dead is settled before the scan: all that such an instance will ever leave is there when the scan begins, so a scan
            // that finds nothing of it more proves that its lease can go.
            HashSet<string> dead = lease.LocksEnforced ? leases.ListDead(except: lease.Instance) : [];
            HashSet<string> removable = [.. dead];
            var taken = new List<Discarded>();
            foreach ((string name, RootEntry entry) in Entries(reportLinks: false))
            {
                switch (entry.Kind)
                {
                    case RootEntryKind.Job:
                        lock (jobs.For(name))
                        {
                            if (ReadOwner(name, out bool isForeign) is not { } owner)
                            {
                                if (!isForeign)
                                {
                                    // It may be anybody's, so no lease can go now.
                                    removable.Clear();
                                }
                            }
                            else if (owner.IsReleased || (owner.Token is { } token && (dead.Contains(token.Instance) || trash.IsRefused(name, token))))
                            {
                                Take(trash.TakeIncarnation(name, owner), name, owner.Token?.Instance);
                            }
                        }

                        break;
                    case RootEntryKind.Staged or RootEntryKind.Old when dead.Contains(entry.Instance!):
                        Take(trash.TakeRemains(name), name, entry.Instance);
                        break;
                    default:
                        break;
                }
            }

            foreach (string instance in removable)
            {
                leases.Remove(instance);
            }

            leases.RemoveUnborn();
            if (taken.Count > 0)
            {
                Log.Reclaimed(logger, taken.Count, layout.Root);
            }

            return taken;

            void Take(Discarded? discarded, string name, string? instance)
            {
                if (discarded is { } directory)
                {
                    taken.Add(directory);
                }
                else if (instance is not null && fileSystem.LookAt(layout.Entry(name)) != PathKind.Missing)
                {
                    removable.Remove(instance);
                }
            }
        }
    }

    /// <summary>Takes a job that the service has released, whoever owns it.</summary>
    public Discarded? TakeReleased(string jobId)
    {
        lock (jobs.For(jobId))
        {
            OwnerToken? owner = owners.TryRead(layout.Job(jobId))?.Token;
            if (owner?.Instance == lease.Instance)
            {
                return trash.TakeJob(jobId, owner);
            }
        }

        // Only its owner takes a job without the lock. So while a sweeper looks at a job of others, nobody replaces it by another of that id:
        // a sweep may delay this, by its scan, but not the release of a job of this instance. If the lock can't be had in time the job is taken
        // all the same; then it is the sweeper's second look that keeps it from the next one of that id.
        using LockedFile? turn = _sweepLock.TryTake(s_patience);
        lock (jobs.For(jobId))
        {
            return trash.TakeJob(jobId, owners.TryRead(layout.Job(jobId))?.Token);
        }
    }

    /// <summary>Takes everything but what belongs to other instances that are alive.</summary>
    /// <param name="patience">
    /// How long to wait for what this instance itself has under way; for a sweep of another it waits 2 seconds, or less if that is less.
    /// </param>
    /// <param name="complete">Whether nothing that may be this instance's was left.</param>
    public IReadOnlyList<Discarded> TakeAll(TimeSpan patience, out bool complete)
    {
        complete = true;
        long start = Stopwatch.GetTimestamp();
        if (!_gate.TryEnter(patience))
        {
            // A sweep hangs on the disk, where this would hang as well.
            complete = false;
            return [];
        }

        try
        {
            // Without the lock nothing but what is this instance's is touched; where locks mean nothing, nothing of any other instance.
            TimeSpan left = patience == Timeout.InfiniteTimeSpan ? s_patience : patience - Stopwatch.GetElapsedTime(start);
            using LockedFile? turn = _sweepLock.TryTake(left < s_patience ? left : s_patience);
            bool othersToo = turn is not null && lease.LocksEnforced;
            var states = new Dictionary<string, LeaseState>(StringComparer.Ordinal);
            var taken = new List<Discarded>();
            foreach ((string name, RootEntry entry) in Entries(reportLinks: true))
            {
                Discarded? discarded = null;
                switch (entry.Kind)
                {
                    case RootEntryKind.Job:
                        lock (jobs.For(name))
                        {
                            if (ReadOwner(name, out bool isForeign) is not { } owner)
                            {
                                complete &= isForeign;
                            }
                            else if (owner.Token is { } token ? MayTake(token.Instance) : turn is not null)
                            {
                                discarded = trash.TakeIncarnation(name, owner);
                            }
                        }

                        break;
                    case RootEntryKind.Staged or RootEntryKind.Old when entry.Instance != lease.Instance && MayTake(entry.Instance!):
                        discarded = trash.TakeRemains(name);
                        break;
                    default:
                        break;
                }

                if (discarded is { } directory)
                {
                    taken.Add(directory);
                }
            }

            return taken;

            bool MayTake(string instance)
            {
                if (instance == lease.Instance)
                {
                    return true;
                }

                if (!othersToo)
                {
                    return false;
                }

                if (!states.TryGetValue(instance, out LeaseState state))
                {
                    state = leases.Judge(instance);
                    states.Add(instance, state);
                }

                return state != LeaseState.Alive;
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    // Directories that come or go during the scan may be left out or be given twice; neither matters to the callers.
    private IEnumerable<(string Name, RootEntry Entry)> Entries(bool reportLinks)
    {
        foreach (string path in fileSystem.Directory.EnumerateDirectories(layout.Root))
        {
            string name = fileSystem.Path.GetFileName(path);
            RootEntry entry = RootLayout.Classify(name);
            switch (entry.Kind)
            {
                case RootEntryKind.Foreign:
                    break;
                case RootEntryKind.Job when fileSystem.LookAt(path) is var kind and (PathKind.Link or PathKind.File or PathKind.Missing):
                    if (reportLinks && kind != PathKind.Missing)
                    {
                        Log.NotAJob(logger, name, path);
                    }

                    break;
                default:
                    yield return (name, entry);
                    break;
            }
        }
    }

    private OwnerRecord? ReadOwner(string jobId, out bool isForeign)
    {
        isForeign = false;
        try
        {
            OwnerRecord owner = owners.Read(layout.Job(jobId));
            _unreadable.Remove(jobId);
            return owner;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A failing volume; or, on Unix, another user's directory, since this user's could have been opened: then it is none that this user's
            // instances, dead or alive, have made.
            isForeign = e is UnauthorizedAccessException && !OperatingSystem.IsWindows();
            if (_unreadable.Add(jobId))
            {
                Log.OwnerUnreadable(logger, layout.Job(jobId), e);
            }

            return null;
        }
    }
}
