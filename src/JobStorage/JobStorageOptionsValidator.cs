using Microsoft.Extensions.Options;

namespace JobStorages;

/// <summary>Checks the options; every message names the property, its value, and what to do.</summary>
internal sealed class JobStorageOptionsValidator : IValidateOptions<JobStorageOptions>
{
    private const UnixFileMode AllOfUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode AllModes = (UnixFileMode)0b111_111_111_111;

    // What System.Threading.Timer and the waits of the framework take: int.MaxValue milliseconds are a little less than 25 days.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(24);

    public ValidateOptionsResult Validate(string? name, JobStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        if (FaultOf(options.RootPath) is { } fault)
        {
            result.AddError($"'{Printable.Excerpt(options.RootPath ?? string.Empty)}' {fault}", nameof(options.RootPath));
        }

        if (!IsInterval(options.SweepInterval, atLeast: TimeSpan.FromSeconds(1)))
        {
            result.AddError(
                $"'{options.SweepInterval}' is not between 1 second and 24 days. Set Timeout.InfiniteTimeSpan to sweep only when the root is opened.",
                nameof(options.SweepInterval));
        }

        if (!IsInterval(options.ShutdownTimeout, atLeast: TimeSpan.Zero))
        {
            result.AddError(
                $"'{options.ShutdownTimeout}' is not between zero and 24 days. Set Timeout.InfiniteTimeSpan to wait until everything is deleted.",
                nameof(options.ShutdownTimeout));
        }

        if (options.DeleteParallelism is < 1 or > 64)
        {
            result.AddError($"'{options.DeleteParallelism}' is not between 1 and 64.", nameof(options.DeleteParallelism));
        }

        if ((options.DirectoryMode & AllOfUser) != AllOfUser || (options.DirectoryMode & ~AllModes) != 0)
        {
            result.AddError(
                $"'{options.DirectoryMode}' does not let the service itself into its directories. Add UserRead, UserWrite and UserExecute.",
                nameof(options.DirectoryMode));
        }

        return result.Build();
    }

    private static string? FaultOf(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return "names no directory. Set it to an absolute path that is used for nothing else.";
        }

        if (path.Contains('\0', StringComparison.Ordinal) || path.AsSpan().ContainsAny(Path.GetInvalidPathChars()))
        {
            return "contains a character that no path may contain. Set it to an absolute path.";
        }

        if (!Path.IsPathFullyQualified(path))
        {
            return "is relative, and a service's current directory is not a place to rely on. Set it to an absolute path, for instance " +
                "by Path.Combine with IHostEnvironment.ContentRootPath.";
        }

        string full = Path.GetFullPath(path);
        return full == Path.GetPathRoot(full)
            ? "is the root of a file system. Set it to a directory below, which is used for nothing else."
            : null;
    }

    private static bool IsInterval(TimeSpan value, TimeSpan atLeast) =>
        value == Timeout.InfiniteTimeSpan || (value >= atLeast && value <= s_longest);
}
