using System.IO.Abstractions;
using System.Text;

namespace JobStorages.Ownership;

/// <summary>Reads and writes the <c>.owner</c> file of a job directory.</summary>
internal sealed class OwnerFile(IFileSystem fileSystem, RootLayout layout)
{
    private const string ReleasedText = "released\n";
    private const int MaxLength = 64;

    public void Write(string jobDirectory, OwnerToken token)
    {
        using FileSystemStream stream = fileSystem.FileStream.New(
            layout.OwnerOf(jobDirectory), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Write(Encoding.ASCII.GetBytes($"{token}\n"));
    }

    /// <summary>Reads whose a job is, for a caller who is about to take it and keeps others from replacing it.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is there and may not be read.</exception>
    public OwnerRecord Read(string jobDirectory)
    {
        try
        {
            return ReadAsItIs(layout.OwnerOf(jobDirectory));
        }
        catch (UnauthorizedAccessException) when (!OperatingSystem.IsWindows() && fileSystem.LookAt(jobDirectory) == PathKind.Directory)
        {
            // A job may have closed its own directory, even to this user. Opened, which fails on what is another user's, and left open: closing
            // it again could close another job that has its path by then.
            UnixFileMode mode = fileSystem.File.GetUnixFileMode(jobDirectory);
            fileSystem.File.SetUnixFileMode(
                jobDirectory, mode | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return ReadAsItIs(layout.OwnerOf(jobDirectory));
        }
    }

    private OwnerRecord ReadAsItIs(string path)
    {
        try
        {
            if (!IsOurs(path))
            {
                return OwnerRecord.Nobody;
            }

            using FileSystemStream stream = fileSystem.FileStream.New(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> bytes = stackalloc byte[MaxLength];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Span<char> text = stackalloc char[MaxLength];
            text = text[..Encoding.Latin1.GetChars(bytes[..length], text)];
            return text.SequenceEqual(ReleasedText) ? OwnerRecord.Released
                : OwnerToken.TryParse(text, out OwnerToken token) ? new OwnerRecord(token, IsReleased: false)
                : OwnerRecord.Nobody;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // The job went away after it was listed.
            return OwnerRecord.Nobody;
        }
    }

    /// <summary>Reads whose a job is; <see langword="null"/> if it cannot be read.</summary>
    public OwnerRecord? TryRead(string jobDirectory)
    {
        try
        {
            return ReadAsItIs(layout.OwnerOf(jobDirectory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A failing volume, or another user's job.
            return null;
        }
    }

    /// <summary>Notes in a job that could not be renamed away that it is released, for whoever sweeps next.</summary>
    public void MarkReleased(string jobDirectory)
    {
        string path = layout.OwnerOf(jobDirectory);
        bool keep = IsOurs(path);
        if (!keep)
        {
            fileSystem.File.Delete(path);
        }

        // Written over what is there, and cut to length afterwards: truncating first would ask a full disk for a block.
        using FileSystemStream stream = fileSystem.FileStream.New(
            path, keep ? FileMode.Open : FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Write(Encoding.ASCII.GetBytes(ReleasedText));
        stream.SetLength(ReleasedText.Length);
    }

    // A job may write what it likes into its directory. A link would lead us outside, and opening a FIFO would block for ever;
    // both FIFOs and devices have length 0, which no file that we wrote has.
    private bool IsOurs(string path)
    {
        // Not Exists: that is false, too, for what may not be looked at.
        return fileSystem.KindOf(path) == PathKind.File && fileSystem.FileInfo.New(path).Length is > 0 and <= MaxLength;
    }
}
