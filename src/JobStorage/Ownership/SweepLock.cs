using System.Diagnostics;

namespace JobStorages.Ownership;

/// <summary>
/// The lock of the one instance that takes other instances' directories away right now. Its file is never deleted: a lock file that is
/// deleted, before or after its release, can have two holders.
/// </summary>
internal sealed class SweepLock(Leases leases, RootLayout layout)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Takes the lock, or returns <see langword="null"/> if somebody else has it.</summary>
    public LockedFile? TryTake() => TryTake(out _);

    /// <summary>Takes the lock, waiting for its holder, who keeps it for a scan of the root and some renames.</summary>
    public LockedFile? TryTake(TimeSpan patience)
    {
        // The clock of the system, whatever the host's is: the holder is another process, which lives by that one.
        long start = Stopwatch.GetTimestamp();
        LockedFile? held = TryTake(out bool isHeld);
        while (held is null && isHeld && Stopwatch.GetElapsedTime(start) < patience)
        {
            Thread.Sleep(s_pause);
            held = TryTake(out isHeld);
        }

        return held;
    }

    private LockedFile? TryTake(out bool isHeld)
    {
        isHeld = false;
        try
        {
            return leases.Open(layout.SweepLock, FileMode.OpenOrCreate);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException || DiskFull.Explains(e))
        {
            // It cannot be had: the root is gone, the file is another user's, there is no inode for it. Nobody here may sweep.
            return null;
        }
        catch (IOException)
        {
            // Somebody else has it. Or another failure: that cannot be told apart on all platforms.
            isHeld = true;
            return null;
        }
    }
}
