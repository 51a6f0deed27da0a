namespace JobStorages.Deletion;

/// <summary>How long a rename is tried that the platform refuses: <paramref name="Attempts"/> times, each pause twice the one before.</summary>
internal sealed record RenameRetry(int Attempts, TimeSpan FirstPause)
{
    /// <summary>
    /// Gets the pauses for this platform. On Windows a virus scanner or indexer may hold a handle for some milliseconds; what Unix
    /// refuses it will refuse again.
    /// </summary>
    public static RenameRetry Default { get; } = new(OperatingSystem.IsWindows() ? 6 : 1, TimeSpan.FromMilliseconds(5));
}
