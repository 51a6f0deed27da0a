namespace JobStorages.Tests.Disks;

/// <summary>The exceptions that .NET makes of the errors of a Unix system.</summary>
public static class Errno
{
    public static Exception ToException(int errno) => errno is 13 or 1
        ? new UnauthorizedAccessException("Injected: permission denied.")
        : new IOException($"Injected: errno {errno}.", errno);
}
