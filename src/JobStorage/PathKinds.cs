using System.IO.Abstractions;

namespace JobStorages;

internal static class PathKinds
{
    // FileSystemInfo.Attributes is -1 for what does not exist: no exception on the common path, unlike File.GetAttributes.
    // It is read with lstat on Unix, so a link is seen as such.
    private const FileAttributes Missing = (FileAttributes)(-1);

    /// <summary>Tells what is at a path itself, without following a link.</summary>
    public static PathKind KindOf(this IFileSystem fileSystem, string path)
    {
        FileAttributes attributes = fileSystem.FileInfo.New(path).Attributes;
        return attributes == Missing ? PathKind.Missing : KindOf(attributes);
    }

    /// <summary>Does as <see cref="KindOf(IFileSystem, string)"/>, and gives <see cref="PathKind.Unknown"/> instead of throwing.</summary>
    public static PathKind LookAt(this IFileSystem fileSystem, string path)
    {
        try
        {
            return fileSystem.KindOf(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A failing volume, or a parent that may not be searched.
            return PathKind.Unknown;
        }
    }

    public static PathKind KindOf(FileAttributes attributes) =>
        attributes.HasFlag(FileAttributes.ReparsePoint) ? PathKind.Link
        : attributes.HasFlag(FileAttributes.Directory) ? PathKind.Directory
        : PathKind.File;
}
