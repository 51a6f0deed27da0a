using Microsoft.Extensions.Logging;

namespace JobStorages.Diagnostics;

/// <summary>Every message that is logged. An id is never used for anything else, even when its message is gone.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Opened job storage {Root} as instance {Instance}.", EventName = "RootOpened")]
    public static partial void RootOpened(ILogger logger, string root, string instance);

    [LoggerMessage(2, LogLevel.Warning, "Job storage {Root} can be written to by every user of the machine. Unless that is meant, take the permission away.", EventName = "RootWritableByOthers")]
    public static partial void RootWritableByOthers(ILogger logger, string root);

    [LoggerMessage(3, LogLevel.Warning, "The file system of {Root} does not enforce locks: what other instances leave behind is not reclaimed.", EventName = "LocksNotEnforced")]
    public static partial void LocksNotEnforced(ILogger logger, string root);

    [LoggerMessage(4, LogLevel.Debug, "Allocated job {JobId} at {Path}.", EventName = "JobAllocated")]
    public static partial void JobAllocated(ILogger logger, string jobId, string path);

    [LoggerMessage(5, LogLevel.Debug, "Released job {JobId} at {Path}.", EventName = "JobReleased")]
    public static partial void JobReleased(ILogger logger, string jobId, string path);

    [LoggerMessage(6, LogLevel.Warning, "Left {Path} alone: a file or link with the name of job {JobId} is not a job.", EventName = "NotAJob")]
    public static partial void NotAJob(ILogger logger, string jobId, string path);

    [LoggerMessage(7, LogLevel.Warning, "Failed to delete job {JobId}: {Path} cannot be taken away. It is tried again by every sweep.", EventName = "RenameRefused")]
    public static partial void RenameRefused(ILogger logger, string jobId, string path, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "Failed to delete job {JobId}, now at {Path}. It is tried again by every sweep.", EventName = "DeleteFailed")]
    public static partial void DeleteFailed(ILogger logger, string jobId, string path, Exception exception);

    [LoggerMessage(9, LogLevel.Information, "Deleted job {JobId} at {Path}, which had failed before.", EventName = "DeleteSucceededAtLast")]
    public static partial void DeleteSucceededAtLast(ILogger logger, string jobId, string path);

    [LoggerMessage(10, LogLevel.Information, "Reclaimed {Count} directories under {Root}: released ones, and what instances that are gone had left behind.", EventName = "Reclaimed")]
    public static partial void Reclaimed(ILogger logger, int count, string root);

    [LoggerMessage(11, LogLevel.Warning, "Put {JobId} back to {Path}: it had been replaced, or allocated anew, just before it was to be deleted.", EventName = "JobPutBack")]
    public static partial void JobPutBack(ILogger logger, string jobId, string path);

    [LoggerMessage(12, LogLevel.Error, "Could not put {JobId} back; its files stay at {Path} until this instance ends.", EventName = "PutBackFailed")]
    public static partial void PutBackFailed(ILogger logger, string jobId, string path, Exception exception);

    [LoggerMessage(13, LogLevel.Warning, "Restored what marks {Root} as job storage, and the lease in it: something had removed them.", EventName = "LeaseRestored")]
    public static partial void LeaseRestored(ILogger logger, string root);

    [LoggerMessage(14, LogLevel.Warning, "Could not look after {Root}; the next sweep tries again.", EventName = "SweepFailed")]
    public static partial void SweepFailed(ILogger logger, string root, Exception exception);

    [LoggerMessage(15, LogLevel.Warning, "Left {Path} alone: it cannot be told whose it is.", EventName = "OwnerUnreadable")]
    public static partial void OwnerUnreadable(ILogger logger, string path, Exception exception);

    [LoggerMessage(16, LogLevel.Information, "Cleaned up {Root}: {Count} directories.", EventName = "CleanedUp")]
    public static partial void CleanedUp(ILogger logger, string root, int count);

    [LoggerMessage(17, LogLevel.Warning, "Closed {Root} before all in it was deleted: {Count} deletions are left to the next instance.", EventName = "ShutdownTimedOut")]
    public static partial void ShutdownTimedOut(ILogger logger, string root, int count);

    [LoggerMessage(18, LogLevel.Warning, "Could not clean up {Root} on closing it; what is left is reclaimed by the next instance.", EventName = "ShutdownFailed")]
    public static partial void ShutdownFailed(ILogger logger, string root, Exception exception);
}
