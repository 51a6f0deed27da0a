namespace JobStorages;

/// <summary>The paths of one job, handed to whoever runs it. Plain data: immutable, and equal when all paths are equal.</summary>
/// <param name="Root">The directory of the job, <c>&lt;root&gt;/&lt;jobId&gt;</c>.</param>
/// <param name="TlogPath">
/// Where the host writes an uploaded flight log, <c>input.tlog</c>. Reserved, not created: a host writes exactly one of
/// <paramref name="TlogPath"/> and <paramref name="CsvPath"/>.
/// </param>
/// <param name="CsvPath">Where the host writes uploaded telemetry, <c>input.csv</c>. Reserved, not created.</param>
/// <param name="VideoPath">Where the host writes the video, <c>input.mp4</c>. Reserved, not created.</param>
/// <param name="CalibrationPath">Where the host writes the calibration, <c>calibration.json</c>. Reserved, not created.</param>
/// <param name="OutputDir">The directory for results, <c>output</c>. Created with the job.</param>
public sealed record JobStorage(
    string Root,
    string TlogPath,
    string CsvPath,
    string VideoPath,
    string CalibrationPath,
    string OutputDir)
{
    /// <summary>Gives the path of something inside this job, for names that come from outside, such as an upload's.</summary>
    /// <param name="relativePath">
    /// A path relative to <see cref="Root"/>. Both <c>/</c> and <c>\</c> count as separators when it is checked, on every
    /// platform, so that the same names are refused everywhere.
    /// </param>
    /// <returns>The absolute path, normalised. Nothing is created, and links are not resolved.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="relativePath"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="relativePath"/> is empty, absolute, would lead out of the job, contains a null character, or names <c>.owner</c>, the file
    /// that says whose the job is.
    /// </exception>
    public string PathTo(string relativePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(relativePath);
        if (StaysInside(relativePath))
        {
            // Looked at once more as the platform normalises it: Windows drops trailing dots and spaces from names.
            string job = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Root));
            string path = Path.GetFullPath(Path.Join(job, relativePath));
            if (path.StartsWith(job, StringComparison.Ordinal)
                && (path.Length == job.Length || path[job.Length] == Path.DirectorySeparatorChar))
            {
                return path;
            }
        }

        throw new ArgumentException(
            $"The path '{Printable.Excerpt(relativePath)}' is absolute, leads out of the job directory, or is the storage's own.", nameof(relativePath));
    }

    // Counted over the segments rather than compared after normalising: 'a\..\..\b' is one harmless name on Linux and a
    // way out on Windows, and a name taken from an upload should not change its meaning with the machine.
    private static bool StaysInside(string relativePath)
    {
        if (relativePath.Contains('\0', StringComparison.Ordinal) || IsRooted(relativePath))
        {
            return false;
        }

        int depth = 0;
        foreach (Range range in relativePath.AsSpan().SplitAny('/', '\\'))
        {
            ReadOnlySpan<char> segment = relativePath.AsSpan()[range];
            switch (segment)
            {
                case "" or ".":
                    break;
                case var _ when depth == 0 && IsOwnerFile(segment):
                    return false;
                case "..":
                    if (--depth < 0)
                    {
                        return false;
                    }

                    break;
                default:
                    depth++;
                    break;
            }
        }

        return true;
    }

    // As Windows reads names: without regard to case, to dots and spaces at the end, and to the stream after a colon.
    private static bool IsOwnerFile(ReadOnlySpan<char> segment)
    {
        int colon = segment.IndexOf(':');
        return (colon < 0 ? segment : segment[..colon]).TrimEnd(". ").Equals(RootLayout.OwnerName, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsRooted(string path) =>
        path[0] is '/' or '\\' || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]));
}
