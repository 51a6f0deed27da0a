using System.IO.Abstractions;

namespace JobStorages.Ownership;

/// <summary>What tells a root of ours from any other directory.</summary>
internal sealed class RootMarker(IFileSystem fileSystem, RootLayout layout, DirectoryCreation directories)
{
    private const string CacheTagText =
        "Signature: 8a477f597d28d172789f06886806bc55\n" +
        "# This directory holds temporary files of JobStorage; backups can skip it: https://bford.info/cachedir/\n";

    /// <summary>Makes sure that the root is there, may be used, and is marked.</summary>
    /// <exception cref="StorageRootException">It is not marked and holds what could be a job, and is not to be adopted.</exception>
    public void Adopt(bool evenIfInUse)
    {
        directories.Create(layout.Root);
        switch (fileSystem.KindOf(layout.Marker))
        {
            case PathKind.Missing when !evenIfInUse && FindJob() is { } job && fileSystem.KindOf(layout.Marker) == PathKind.Missing:
                // Looked for the mark once more: an instance that opened the same new root a moment ago marks it before it allocates.
                throw new StorageRootException(
                    layout.Root,
                    $"'{layout.Root}' is not used as job storage: it has no '{RootLayout.MarkerName}', and '{job}' in it would be taken " +
                    $"for a job and be deleted. Check {nameof(JobStorageOptions.RootPath)}. If everything in there may go, set " +
                    $"{nameof(JobStorageOptions.AdoptExistingRoot)}, or empty it.");
            case PathKind.File or PathKind.Link:
                throw new StorageRootException(
                    layout.Root, $"'{layout.Marker}' is not a directory. Remove it, or choose another {nameof(JobStorageOptions.RootPath)}.");
            default:
                Mark();
                break;
        }
    }

    /// <summary>Marks the root.</summary>
    public void Mark()
    {
        directories.Create(layout.Root);
        directories.Create(layout.Marker);
        try
        {
            PathKind tag = fileSystem.KindOf(layout.CacheTag);
            if (tag == PathKind.Missing || (tag == PathKind.File && fileSystem.FileInfo.New(layout.CacheTag).Length == 0))
            {
                fileSystem.File.WriteAllText(layout.CacheTag, CacheTagText);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another instance writes it right now; or there is no space for it, which must not keep an instance from starting
            // and reclaiming some; or something else has that name. It is only a courtesy to backup tools.
        }
    }

    private string? FindJob() =>
        fileSystem.Directory.EnumerateDirectories(layout.Root)
            .Select(path => fileSystem.Path.GetFileName(path))
            .FirstOrDefault(name => RootLayout.Classify(name).Kind == RootEntryKind.Job);
}
