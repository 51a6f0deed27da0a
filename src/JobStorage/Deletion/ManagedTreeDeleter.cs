using System.IO.Abstractions;
using System.Runtime.ExceptionServices;

namespace JobStorages.Deletion;

/// <summary>Deletes trees by path, over any <see cref="IFileSystem"/>. Links are removed, not followed.</summary>
/// <remarks>
/// What paths cannot do: names that .NET cannot decode, paths longer than the system allows, and withstanding somebody who, during the
/// deletion, swaps a directory for a link.
/// </remarks>
internal sealed class ManagedTreeDeleter(IFileSystem fileSystem) : ITreeDeleter
{
    // A directory is looked through again while somebody else still writes into it, but not for ever.
    private const int MaxScans = 4;

    public void Delete(string path, CancellationToken cancellationToken)
    {
        switch (fileSystem.KindOf(path))
        {
            case PathKind.Missing:
                break;
            case PathKind.Directory:
                DeleteTree(path, cancellationToken);
                break;
            default:
                DeleteLinkOrFile(path);
                break;
        }
    }

    private void DeleteTree(string root, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        var open = new Stack<OpenDirectory>();
        open.Push(new OpenDirectory(root));
        while (open.TryPeek(out OpenDirectory? directory))
        {
            if (directory.Next() is { } child)
            {
                open.Push(new OpenDirectory(child));
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (directory.Scans == 0)
                {
                    Scan(directory, ref failure, cancellationToken);
                    continue;
                }

                if (!RemoveEmpty(directory.Path, isRoot: open.Count == 1))
                {
                    if (!directory.Failed && directory.Scans < MaxScans)
                    {
                        Scan(directory, ref failure, cancellationToken);
                        continue;
                    }

                    throw new IOException($"The directory '{directory.Path}' does not become empty.");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Of another user, on a failing volume, kept busy: the rest of the tree can still go.
                failure ??= ExceptionDispatchInfo.Capture(e);
                directory.Failed = true;
            }

            open.Pop();
            if (directory.Failed && open.TryPeek(out OpenDirectory? parent))
            {
                parent.Failed = true;
            }
        }

        failure?.Throw();
    }

    // Deletes the files and links of a directory and notes its directories.
    private void Scan(OpenDirectory directory, ref ExceptionDispatchInfo? failure, CancellationToken cancellationToken)
    {
        directory.Scans++;
        if (fileSystem.KindOf(directory.Path) == PathKind.Link)
        {
            // Swapped since it was listed. Not a safeguard, but it makes the window small.
            DeleteLinkOrFile(directory.Path);
            return;
        }

        List<IFileSystemInfo> entries;
        try
        {
            entries = [.. fileSystem.DirectoryInfo.New(directory.Path).EnumerateFileSystemInfos()];
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else deletes the same tree.
            return;
        }
        catch (UnauthorizedAccessException)
        {
            // Unix: of ours, but without permission to read or search it.
            MakeAccessible(directory.Path);
            entries = [.. fileSystem.DirectoryInfo.New(directory.Path).EnumerateFileSystemInfos()];
        }

        foreach (IFileSystemInfo entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PathKinds.KindOf(entry.Attributes) == PathKind.Directory)
            {
                directory.Add(entry.FullName);
                continue;
            }

            try
            {
                DeleteEntry(directory.Path, entry);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Open on Windows, immutable, in a directory of another user: the rest of the tree can still go.
                failure ??= ExceptionDispatchInfo.Capture(e);
                directory.Failed = true;
            }
        }
    }

    private void DeleteEntry(string directory, IFileSystemInfo entry)
    {
        try
        {
            entry.Delete();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Somebody else deletes the same tree.
        }
        catch (UnauthorizedAccessException)
        {
            // Unix: the directory is read-only. Windows and mocks: the file is.
            MakeAccessible(directory);
            DeleteReadOnly(entry);
        }
    }

    private void DeleteReadOnly(IFileSystemInfo entry)
    {
        try
        {
            entry.Delete();
        }
        catch (UnauthorizedAccessException) when (PathKinds.KindOf(entry.Attributes) == PathKind.File)
        {
            // Only now: another name of the same file may lie outside, and on Unix its mode is of no account.
            fileSystem.File.SetAttributes(entry.FullName, FileAttributes.Normal);
            entry.Delete();
        }
    }

    private void DeleteLinkOrFile(string path)
    {
        // A link to a directory is deleted as a directory on Windows and on mocks; Unix takes either.
        if (fileSystem.FileInfo.New(path).Attributes.HasFlag(FileAttributes.Directory))
        {
            fileSystem.Directory.Delete(path, recursive: false);
        }
        else
        {
            fileSystem.File.Delete(path);
        }
    }

    /// <summary>Removes a directory that should be empty; tells whether it was.</summary>
    private bool RemoveEmpty(string path, bool isRoot)
    {
        try
        {
            fileSystem.Directory.Delete(path, recursive: false);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else deletes the same tree, or it was swapped for a link, which is gone.
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            switch (HasEntries(path))
            {
                case null:
                    return true;
                case true:
                    // Somebody still writes into it; or not all of it could be deleted, which has been noted.
                    return false;
                default:
                    // Windows and mocks: the directory itself is read-only. Unix: the one that it is in, for which .NET throws an IOException.
                    MakeAccessible(path);
                    if (!isRoot)
                    {
                        MakeAccessible(fileSystem.Path.GetDirectoryName(path)!);
                    }

                    break;
            }
        }

        fileSystem.Directory.Delete(path, recursive: false);
        return true;
    }

    private bool? HasEntries(string path)
    {
        try
        {
            return fileSystem.Directory.EnumerateFileSystemEntries(path).Any();
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else deletes the same tree.
            return null;
        }
    }

    // Only for what was listed as a directory: on a link it would change what the link leads to.
    private void MakeAccessible(string directory)
    {
        if (fileSystem.KindOf(directory) != PathKind.Directory)
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode mode = fileSystem.File.GetUnixFileMode(directory);
            fileSystem.File.SetUnixFileMode(
                directory, mode | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        FileAttributes attributes = fileSystem.File.GetAttributes(directory);
        if (attributes.HasFlag(FileAttributes.ReadOnly))
        {
            fileSystem.File.SetAttributes(directory, attributes & ~FileAttributes.ReadOnly);
        }
    }
}
