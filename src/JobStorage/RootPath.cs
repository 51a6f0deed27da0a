using System.IO.Abstractions;

namespace JobStorages;

/// <summary>Looks at the root itself.</summary>
internal static class RootPath
{
    // As many links as Linux follows in one path.
    private const int MaxLinks = 40;

    /// <summary>
    /// Gives the path that is used from now on: absolute, and with every link in it resolved as the system does, so that the jobs of this instance stay
    /// where they are when a link is changed.
    /// </summary>
    /// <exception cref="IOException">There are too many links; they may go round in a circle.</exception>
    /// <exception cref="StorageRootException">It leads to the root of a file system.</exception>
    public static string Resolve(string rootPath, IFileSystem fileSystem)
    {
        IPath path = fileSystem.Path;
        string resolved = string.Empty;
        var ahead = new Stack<string>();
        Follow(path.GetFullPath(rootPath));
        for (int links = 0; ahead.TryPop(out string? name);)
        {
            if (name == "..")
            {
                resolved = path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            string next = path.Join(resolved, name);
            if (fileSystem.KindOf(next) != PathKind.Link || fileSystem.FileInfo.New(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"There are too many links in '{rootPath}'.");
            }

            // What is already resolved stays; '..' in the target is relative to that, not to the name of the link.
            Follow(target);
        }

        return resolved != path.GetPathRoot(resolved)
            ? resolved
            : throw new StorageRootException(rootPath, $"'{rootPath}' leads to the root of a file system. Use a directory below.");

        void Follow(string target)
        {
            string start = path.GetPathRoot(target) ?? string.Empty;
            resolved = start.Length > 0 ? start : resolved;
            char[] separators = [path.DirectorySeparatorChar, path.AltDirectorySeparatorChar];
            foreach (string name in target[start.Length..].Split(separators, StringSplitOptions.RemoveEmptyEntries).Reverse().Where(name => name != "."))
            {
                ahead.Push(name);
            }
        }
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
