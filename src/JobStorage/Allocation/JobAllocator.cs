using System.IO.Abstractions;
using JobStorages.Deletion;
using JobStorages.Ownership;

namespace JobStorages.Allocation;

/// <summary>Prepares a job under a name of its own and publishes it by one rename.</summary>
internal sealed class JobAllocator(
    IFileSystem fileSystem,
    RootLayout layout,
    DirectoryCreation directories,
    OwnerFile owners,
    InstanceLease lease,
    Upkeep upkeep,
    Trash trash,
    RenameRetry retry,
    JobGates jobs)
{
    // A rename that fails though the name is free was beaten by a job that has been released since.
    private const int MaxAttempts = 4;

    public void Allocate(string jobId)
    {
        string job = layout.Job(jobId);
        OwnerToken token = lease.NextToken();
        var staged = new StagedJob(layout.Staged(token), token);
        try
        {
            if (fileSystem.LookAt(job) is not (PathKind.Missing or PathKind.Unknown))
            {
                throw new JobAlreadyExistsException(jobId, job);
            }

            upkeep.EnsureIntact();
            Prepare(staged);
            Publish(staged, jobId, job);
        }
        catch (Exception e)
        {
            // Whatever it was, nothing half made is left.
            trash.Delete(new Discarded(staged.Path, jobId));
            if (DiskFull.Explains(e))
            {
                throw new InsufficientStorageException(job, e);
            }

            throw;
        }
    }

    private void Prepare(StagedJob staged)
    {
        directories.Create(staged.Path);
        owners.Write(staged.Path, staged.Token);
        directories.Create(layout.OutputOf(staged.Path));
    }

    // A rename onto a directory that is not empty fails in every kernel, and no job is ever empty: of all who rename to one id, in whatever
    // process, one wins.
    private void Publish(StagedJob staged, string jobId, string job)
    {
        TimeSpan pause = retry.FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                lock (jobs.For(jobId))
                {
                    fileSystem.Directory.Move(staged.Path, job);
                }

                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Over NFS a rename that is sent twice reports a failure, and has happened: the token tells.
                if (owners.TryRead(job)?.Token == staged.Token)
                {
                    return;
                }

                if (fileSystem.LookAt(job) is not (PathKind.Missing or PathKind.Unknown))
                {
                    throw new JobAlreadyExistsException(jobId, job, e);
                }

                if (attempt >= Math.Max(MaxAttempts, retry.Attempts))
                {
                    throw;
                }
            }

            if (attempt < retry.Attempts)
            {
                // Windows: somebody looks at what was just prepared.
                Thread.Sleep(pause);
                pause *= 2;
            }
        }
    }
}
