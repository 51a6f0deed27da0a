using System.IO.Abstractions;
using JobStorages.Diagnostics;
using JobStorages.Ownership;
using Microsoft.Extensions.Logging;

namespace JobStorages.Deletion;

/// <summary>
/// Takes directories away by one rename, then deletes them: at once or in the background, and again if it failed. Nothing here throws for
/// a failure of the file system: it is logged, once when it begins and once when it is over.
/// </summary>
internal sealed class Trash(
    IFileSystem fileSystem,
    RootLayout layout,
    OwnerFile owners,
    InstanceLease lease,
    ITreeDeleter deleter,
    DeletionWorkers workers,
    RenameRetry retry,
    ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Discarded> _failing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _queued = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OwnerToken> _refused = new(StringComparer.Ordinal);
    private bool _misplaced;

    /// <summary>Gets a value indicating whether there is something that others are to reclaim when this instance is gone.</summary>
    public bool LeavesRemains
    {
        get
        {
            lock (_gate)
            {
                return _misplaced || _failing.Count > 0;
            }
        }
    }

    /// <summary>Takes a job away, whoever owns it; one that cannot be renamed is marked as released.</summary>
    /// <returns>What is to be deleted, or <see langword="null"/> if it has gone meanwhile or could not be taken.</returns>
    public Discarded? TakeJob(string jobId, OwnerToken? owner)
    {
        string job = layout.Job(jobId);
        return Take(job, jobId, () => Refused(jobId, job, owner));
    }

    /// <summary>Tells whether a job was released by this instance and could not be taken.</summary>
    public bool IsRefused(string jobId, OwnerToken token)
    {
        lock (_gate)
        {
            return _refused.TryGetValue(jobId, out OwnerToken refused) && refused == token;
        }
    }

    /// <summary>Takes a job away if it is still the one that was judged, and puts it back if it is another.</summary>
    /// <inheritdoc cref="TakeJob" path="/returns"/>
    public Discarded? TakeIncarnation(string jobId, OwnerRecord judged)
    {
        if (Take(layout.Job(jobId), jobId) is not { } taken)
        {
            return null;
        }

        // Between the look and the rename somebody may have released the job and allocated it anew. Whose it is, is written inside.
        try
        {
            if (owners.Read(taken.Path) == judged)
            {
                return taken;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It could be read a moment ago. What cannot be told apart from somebody's living job is put back.
        }

        PutBack(taken, layout.Job(jobId));
        return null;
    }

    /// <summary>Takes away what was left of a preparation or deletion of another instance.</summary>
    /// <inheritdoc cref="TakeJob" path="/returns"/>
    public Discarded? TakeRemains(string name) => Take(layout.Entry(name), name);

    /// <summary>Deletes on this thread.</summary>
    public void Delete(Discarded discarded) => Delete(discarded, CancellationToken.None);

    /// <summary>Deletes in the background.</summary>
    /// <returns>A task that completes, whether or not the deletion succeeded, when it has ended.</returns>
    public Task DeleteInBackground(Discarded discarded) => workers.Run(stop => Delete(discarded, stop));

    /// <summary>Tries again, in the background, what could be renamed but not be deleted.</summary>
    public IReadOnlyList<Task> RetryFailed()
    {
        Discarded[] failing;
        lock (_gate)
        {
            failing = [.. _failing.Values];
        }

        var retries = new List<Task>();
        foreach (Discarded discarded in failing)
        {
            if (IsGone(discarded.Path) || IsAnotherJobByNow(discarded))
            {
                // Somebody else has got rid of it; or a retry has just now, and whichever of the two comes first says so.
                ItIsOver(discarded);
            }
            else if (IsOurs(discarded.Path))
            {
                // What still has the name of a job may be another job by now; the sweep looks at its owner and takes it then.
                retries.Add(Queue(discarded));
            }
        }

        return retries;
    }

    private bool IsAnotherJobByNow(Discarded discarded)
    {
        OwnerToken refused;
        lock (_gate)
        {
            if (!_refused.TryGetValue(discarded.Origin, out refused))
            {
                return false;
            }
        }

        return owners.TryRead(discarded.Path) is { IsReleased: false, Token: { } token } && token != refused;
    }

    // With its root it may only be out of reach.
    private bool IsGone(string path) =>
        fileSystem.LookAt(path) == PathKind.Missing && fileSystem.LookAt(layout.Root) == PathKind.Directory;

    // Once, however many sweeps come by before it is its turn.
    private Task Queue(Discarded discarded)
    {
        lock (_gate)
        {
            if (!_queued.TryGetValue(discarded.Path, out Task? retry))
            {
                retry = workers.Run(stop => Retry(discarded, stop));
                _queued.Add(discarded.Path, retry);
            }

            return retry;
        }
    }

    private void Retry(Discarded discarded, CancellationToken stop)
    {
        try
        {
            Delete(discarded, stop);
        }
        finally
        {
            lock (_gate)
            {
                _queued.Remove(discarded.Path);
            }
        }
    }

    private Discarded? Take(string path, string origin, Action? whenRefused = null)
    {
        if (Rename(path, out string? old) is { } refusal)
        {
            whenRefused?.Invoke();
            if (BeginsToFail(new Discarded(path, origin)))
            {
                Log.RenameRefused(logger, origin, path, refusal);
            }

            return null;
        }

        ItIsOver(new Discarded(path, origin));
        if (old is null)
        {
            return null;
        }

        var taken = new Discarded(old, origin);
        if (fileSystem.LookAt(old) is PathKind.File or PathKind.Link)
        {
            // It could not be looked at before, or was replaced since: a file or a link is not ours to delete.
            PutBack(taken, path);
            return null;
        }

        return taken;
    }

    private bool IsOurs(string path) => RootLayout.Classify(fileSystem.Path.GetFileName(path)).Instance == lease.Instance;

    private void Delete(Discarded discarded, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            deleter.Delete(discarded.Path, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Open handles on Windows, immutable or foreign files, a failing or read-only volume; or an exception of its own that a file
            // system made up, after which the directory is just as much still there.
            if (BeginsToFail(discarded))
            {
                Log.DeleteFailed(logger, discarded.Origin, discarded.Path, e);
            }

            return;
        }

        ItIsOver(discarded);
    }

    // Renames to a sibling rather than into a directory of trash: moving a directory that is read-only to another parent needs write
    // permission on the directory itself, to change its "..".
    private Exception? Rename(string path, out string? old)
    {
        string target = layout.Old(lease.NextToken());
        TimeSpan pause = retry.FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                fileSystem.Directory.Move(path, target);
                old = target;
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Over NFS a rename that is sent twice reports that its source is missing, and has happened.
                old = fileSystem.LookAt(target) is PathKind.Missing or PathKind.Unknown ? null : target;
                if (old is not null || fileSystem.LookAt(path) == PathKind.Missing)
                {
                    return null;
                }

                if (attempt >= retry.Attempts)
                {
                    return e;
                }
            }

            Thread.Sleep(pause);
            pause *= 2;
        }
    }

    // Others learn it from the directory, if it can be written to; this instance knows it in any case.
    private void Refused(string jobId, string job, OwnerToken? owner)
    {
        if (owner is { } token)
        {
            lock (_gate)
            {
                _refused[jobId] = token;
            }
        }

        try
        {
            owners.MarkReleased(job);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only volume, say. If this instance ends before that does, the job is reclaimed with what else it leaves.
        }
    }

    private void PutBack(Discarded taken, string path)
    {
        try
        {
            fileSystem.Directory.Move(taken.Path, path);
            Log.JobPutBack(logger, taken.Origin, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The id was allocated a second time while its directory was away. Two jobs cannot have one path; the files of the first are
            // kept, as long as this instance lives, under the name they have.
            lock (_gate)
            {
                _misplaced = true;
            }

            Log.PutBackFailed(logger, taken.Origin, taken.Path, e);
        }
    }

    private bool BeginsToFail(Discarded discarded)
    {
        lock (_gate)
        {
            return _failing.TryAdd(discarded.Path, discarded);
        }
    }

    private void ItIsOver(Discarded discarded)
    {
        lock (_gate)
        {
            if (!_failing.Remove(discarded.Path))
            {
                return;
            }

            if (discarded.Path == layout.Entry(discarded.Origin))
            {
                _refused.Remove(discarded.Origin);
            }
        }

        Log.DeleteSucceededAtLast(logger, discarded.Origin, discarded.Path);
    }
}
