using System.IO.Abstractions;

namespace JobStorages.Ownership;

/// <summary>The lease files under a root: opens them, and tells from them who is alive.</summary>
internal sealed class Leases(IFileSystem fileSystem, RootLayout layout)
{
    /// <summary>The line in the lease of an instance for which locks do not work, so that nobody takes it for dead.</summary>
    public const string NotEnforcedLine = "locks: not enforced";

    /// <summary>
    /// Opens a lease file for its owner alone. Reading <em>and writing</em>: over NFS an exclusive lock needs that. Who fails
    /// to get it sees an <see cref="IOException"/>, with an HResult that differs between platforms and mocks.
    /// </summary>
    public LockedFile Open(string path, FileMode mode) =>
        new(fileSystem.FileStream.New(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));

    /// <summary>Judges another instance.</summary>
    public LeaseState Judge(string instance)
    {
        try
        {
            using LockedFile lease = Open(layout.Lease(instance), FileMode.Open);
            return lease.ReadText().Contains(NotEnforcedLine, StringComparison.Ordinal) ? LeaseState.Alive : LeaseState.Dead;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // It has ended in good order; or somebody has deleted its lease.
            return LeaseState.Unknown;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Held by its owner; or another user's, or unreadable: then nothing proves that it is dead.
            return LeaseState.Alive;
        }
    }

    /// <summary>Lists the instances, other than one, whose lease nobody holds any more.</summary>
    public HashSet<string> ListDead(string except)
    {
        var dead = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in fileSystem.Directory.EnumerateFiles(layout.Marker))
        {
            string name = fileSystem.Path.GetFileName(path);
            if (RootLayout.InstanceOfLease(name) is { } instance && instance != except && Judge(instance) == LeaseState.Dead)
            {
                dead.Add(instance);
            }
        }

        return dead;
    }

    /// <summary>Removes the lease of an instance that is dead and has left nothing, or has just ended. Its name is never used again.</summary>
    public void Remove(string instance)
    {
        try
        {
            fileSystem.File.Delete(layout.Lease(instance));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows: somebody is judging it right now. Any: read-only. A lease that stays is a few bytes until the next sweep.
        }
    }

    /// <summary>Removes the files of leases whose creation was cut short.</summary>
    public void RemoveUnborn()
    {
        foreach (string path in fileSystem.Directory.EnumerateFiles(layout.Marker))
        {
            if (RootLayout.InstanceOfUnbornLease(fileSystem.Path.GetFileName(path)) is null)
            {
                continue;
            }

            try
            {
                // Deleted while we hold it: who has opened but not yet locked it then fails to, or finds that it is gone, and tries again.
                using LockedFile held = Open(path, FileMode.Open);
                fileSystem.File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Being born right now.
            }
        }
    }
}
