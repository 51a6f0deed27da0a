using System.IO.Abstractions;

namespace JobStorages;

/// <summary>Looks at the root itself.</summary>
internal static class RootPath
{
    /// <summary>
    /// Gives the path that is used from now on: absolute, and with a root that is a link resolved, so that the jobs of this instance stay where
    /// they are when the link is changed.
    /// </summary>
    public static string Resolve(string rootPath, IFileSystem fileSystem)
    {
        string full = fileSystem.Path.TrimEndingDirectorySeparator(fileSystem.Path.GetFullPath(rootPath));
        return fileSystem.KindOf(full) == PathKind.Link
            && fileSystem.Directory.ResolveLinkTarget(full, returnFinalTarget: true) is { } target
                ? fileSystem.Path.TrimEndingDirectorySeparator(fileSystem.Path.GetFullPath(target.FullName))
                : full;
    }

    public static bool IsWritableByOthers(string root, IFileSystem fileSystem)
    {
        try
        {
            return !OperatingSystem.IsWindows() && fileSystem.File.GetUnixFileMode(root).HasFlag(UnixFileMode.OtherWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotImplementedException)
        {
            // Another user's directory on some network file systems; a mock that has no modes. It is only for a warning.
            return false;
        }
    }
}
