using System.Buffers;
using System.Globalization;
using System.IO.Abstractions;
using JobStorages.Ownership;

namespace JobStorages;

/// <summary>Every name under the root, in one place. The name of an entry is its state.</summary>
internal sealed class RootLayout
{
    public const string MarkerName = ".jobstorage";
    public const string OwnerName = ".owner";
    public const string OutputName = "output";
    private const string CacheTagName = "CACHEDIR.TAG";
    private const string SweepLockName = "sweep.lock";
    private const string LeaseSuffix = ".lease";
    private const string UnbornLeaseSuffix = ".lease.new";
    private const string StagedPrefix = ".new-";
    private const string OldPrefix = ".old-";
    private const int InstanceLength = 32;

    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdef");

    private readonly char _separator;

    public RootLayout(string root, IPath path)
    {
        Root = root;
        _separator = path.DirectorySeparatorChar;
        Marker = Join(root, MarkerName);
        CacheTag = Join(root, CacheTagName);
        SweepLock = Join(Marker, SweepLockName);
    }

    public string Root { get; }

    /// <summary>Gets the directory that marks the root as ours and holds the leases.</summary>
    public string Marker { get; }

    /// <summary>Gets the file that tells backup tools to skip the root: https://bford.info/cachedir/.</summary>
    public string CacheTag { get; }

    public string SweepLock { get; }

    public static string NewInstance() => Guid.NewGuid().ToString("N");

    public string Job(string jobId) => Join(Root, jobId);

    public string Staged(OwnerToken token) => Join(Root, Name(StagedPrefix, token));

    public string Old(OwnerToken token) => Join(Root, Name(OldPrefix, token));

    public string Entry(string name) => Join(Root, name);

    public string Lease(string instance) => Join(Marker, instance + LeaseSuffix);

    /// <summary>Gets the name under which a lease is created and locked before anybody may judge it.</summary>
    public string UnbornLease(string instance) => Join(Marker, instance + UnbornLeaseSuffix);

    public string OwnerOf(string jobDirectory) => Join(jobDirectory, OwnerName);

    public string OutputOf(string jobDirectory) => Join(jobDirectory, OutputName);

    public JobStorage Paths(string jobId)
    {
        string job = Job(jobId);
        return new JobStorage(
            Root: job,
            TlogPath: Join(job, "input.tlog"),
            CsvPath: Join(job, "input.csv"),
            VideoPath: Join(job, "input.mp4"),
            CalibrationPath: Join(job, "calibration.json"),
            OutputDir: OutputOf(job));
    }

    /// <summary>Tells from the name of a directory under the root what it is.</summary>
    public static RootEntry Classify(string name)
    {
        if (JobId.IsValid(name))
        {
            return new RootEntry(RootEntryKind.Job, Instance: null);
        }

        if (name.StartsWith(StagedPrefix, StringComparison.Ordinal) && InstanceIn(name, StagedPrefix) is { } preparing)
        {
            return new RootEntry(RootEntryKind.Staged, preparing);
        }

        return name.StartsWith(OldPrefix, StringComparison.Ordinal) && InstanceIn(name, OldPrefix) is { } deleting
            ? new RootEntry(RootEntryKind.Old, deleting)
            : new RootEntry(RootEntryKind.Foreign, Instance: null);
    }

    /// <summary>Gives the instance whose lease a file in <see cref="Marker"/> is, or <see langword="null"/>.</summary>
    public static string? InstanceOfLease(string fileName) => StripSuffix(fileName, LeaseSuffix);

    /// <summary>Gives the instance that was creating a lease, or <see langword="null"/>.</summary>
    public static string? InstanceOfUnbornLease(string fileName) => StripSuffix(fileName, UnbornLeaseSuffix);

    public static bool IsInstance(ReadOnlySpan<char> text) =>
        text.Length == InstanceLength && !text.ContainsAnyExcept(s_hexadecimal);

    private static string? StripSuffix(string fileName, string suffix) =>
        fileName.Length == InstanceLength + suffix.Length
        && fileName.EndsWith(suffix, StringComparison.Ordinal)
        && IsInstance(fileName.AsSpan(0, InstanceLength))
            ? fileName[..InstanceLength]
            : null;

    private static string? InstanceIn(string name, string prefix)
    {
        ReadOnlySpan<char> rest = name.AsSpan(prefix.Length);
        return rest.Length > InstanceLength + 1
            && rest[InstanceLength] == '-'
            && IsInstance(rest[..InstanceLength])
            && !rest[(InstanceLength + 1)..].ContainsAnyExceptInRange('0', '9')
                ? rest[..InstanceLength].ToString()
                : null;
    }

    private static string Name(string prefix, OwnerToken token) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{token.Instance}-{token.Number}");

    private string Join(string directory, string name) => string.Concat(directory.AsSpan(), new ReadOnlySpan<char>(in _separator), name.AsSpan());
}
