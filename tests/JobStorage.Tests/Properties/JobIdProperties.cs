using System.Text.RegularExpressions;
using CsCheck;
using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Properties;

public sealed partial class JobIdProperties
{
    private static readonly string[] s_devices =
    [
        "CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" }),
    ];

    /// <summary>Strings near the border of the rule: its own alphabet, what is just outside, and names that mean something.</summary>
    private static readonly Gen<string> s_strings = Gen.Frequency(
        (3, Gen.String[Gen.OneOf("aZ09._-".ToCharArray()), 0, 12]),
        (2, Gen.String[Gen.OneOf("aZ09._-/\\:+ \n\0\t*?~ä\u0660\u202e".ToCharArray()), 0, 12]),
        (1, Gen.String[Gen.Char, 0, 8]),
        (1, Gen.String[Gen.OneOf('a', '-'), 120, 135]),
        (1, Gen.Select(
            Gen.OneOf([.. s_devices, "con", "Nul", "com1", "lpT9"]),
            Gen.OneOf("", ".", ".txt", "0", "x", ".a.b"),
            (device, suffix) => device + suffix)));

    [Fact]
    public void IsValid_AnyString_IsExactlyTheRule() => s_strings.Sample(id => JobId.IsValid(id) == IsAllowed(id), iter: 200_000);

    [Fact]
    public void AllocateJob_AnyString_IsRefusedOrMakesADirectChildOfTheRoot()
    {
        using var disk = new RealDisk();
        using var storage = new StorageRoot(disk.Root);
        string[] around = disk.Names(disk.Directory);

        s_strings.Sample(
            id =>
            {
                if (!IsAllowed(id))
                {
                    Assert.Throws<ArgumentException>(() => storage.AllocateJob(id));
                    return;
                }

                JobStorage job = storage.AllocateJob(id);
                Assert.Equal(storage.Root, Path.GetDirectoryName(job.Root));
                Assert.Equal(Path.GetFullPath(job.Root), job.Root);
                Assert.All(
                    [job.TlogPath, job.CsvPath, job.VideoPath, job.CalibrationPath, job.OutputDir],
                    path => Assert.Equal(job.Root, Path.GetDirectoryName(path)));
                storage.ReleaseJob(id);
            },
            iter: 2_000,
            threads: 1);

        Assert.Equal(around, disk.Names(disk.Directory));
        Assert.Empty(disk.NamesInRoot());
    }

    // The rule, said once more in another way.
    private static bool IsAllowed(string id) =>
        Pattern().IsMatch(id) && !s_devices.Contains(id.Split('.')[0], StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9_-])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
