using System.ComponentModel;
using System.Runtime.InteropServices;

namespace JobStorages.CrashTests;

internal static partial class Posix
{
    private const int SigTerm = 15;
    private const int ReadOnly = 0;

    public static void Terminate(int process)
    {
        if (Kill(process, SigTerm) != 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>
    /// Lists a directory through a descriptor and tells whether it had its name all the time: a job that is renamed away never comes back, so
    /// if it still has the name afterwards, it had it when it was listed.
    /// </summary>
    /// <returns>The names in it, or <see langword="null"/> if it lost its name.</returns>
    public static string[]? ListWhileNamed(string path)
    {
        int descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            return null;
        }

        try
        {
            string link = $"/proc/self/fd/{descriptor}";
            string[] names = [.. Directory.EnumerateFileSystemEntries(link + "/").Select(entry => Path.GetFileName(entry))];
            return new FileInfo(link).LinkTarget == path ? names : null;
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
