namespace JobStorages;

/// <summary>Recognises, on each platform, the errors that mean "no space left".</summary>
internal static class DiskFull
{
    // On Unix .NET puts errno into HResult; on Windows it is 0x8007 followed by the Win32 code.
    private const int Enospc = 28;
    private const int EdquotLinux = 122;
    private const int EdquotBsd = 69;
    private const int ErrorHandleDiskFull = unchecked((int)0x80070027);
    private const int ErrorDiskFull = unchecked((int)0x80070070);
    private const int ErrorDiskQuotaExceeded = unchecked((int)0x8007050F);

    public static bool Explains(Exception exception) =>
        exception is IOException
        && (exception.HResult is Enospc or ErrorHandleDiskFull or ErrorDiskFull or ErrorDiskQuotaExceeded
            || exception.HResult == (OperatingSystem.IsLinux() ? EdquotLinux : EdquotBsd));
}
