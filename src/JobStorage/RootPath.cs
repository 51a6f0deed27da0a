using System.IO.Abstractions;

namespace JobStorages;

/// <summary>Looks at the root itself.</summary>
internal static class RootPath
{
    // As many links as Linux follows in one path.
    private const int MaxLinks = 40;

    /// <summary>
    /// Gives the path that is used from now on: absolute, and with every link in it resolved, so that the jobs of this instance stay where they are
    /// when a link is changed.
    /// </summary>
    /// <exception cref="IOException">There are too many links; they may go round in a circle.</exception>
    public static string Resolve(string rootPath, IFileSystem fileSystem)
    {
        string full = Normalise(rootPath, fileSystem);
        for (int links = 0; links <= MaxLinks; links++)
        {
            if (FirstLink(full, fileSystem) is not { } link
                || fileSystem.Directory.ResolveLinkTarget(link, returnFinalTarget: false) is not { } target)
            {
                return full;
            }

            full = Normalise(target.FullName + full[link.Length..], fileSystem);
        }

        throw new IOException($"There are too many links in '{rootPath}'.");
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

    private static string Normalise(string path, IFileSystem fileSystem) =>
        fileSystem.Path.TrimEndingDirectorySeparator(fileSystem.Path.GetFullPath(path));

    private static string? FirstLink(string full, IFileSystem fileSystem)
    {
        string? link = null;
        for (string? path = full; path is not null; path = fileSystem.Path.GetDirectoryName(path))
        {
            link = fileSystem.KindOf(path) == PathKind.Link ? path : link;
        }

        return link;
    }
}
