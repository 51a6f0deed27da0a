using System.Globalization;
using Microsoft.Extensions.Options;

namespace JobStorages.Tests.Hosting;

public sealed class JobStorageOptionsTests
{
    [Fact]
    public void Validate_Defaults_OnlyTheRootIsMissing()
    {
        var options = new JobStorageOptions();

        Assert.Single(Failures(options));
        options.RootPath = Path.GetFullPath("jobs");
        Assert.Empty(Failures(options));
    }

    [Fact]
    public void Defaults_Always_AreTheDocumentedOnes()
    {
        var options = new JobStorageOptions();

        Assert.Equal(string.Empty, options.RootPath);
        Assert.False(options.AdoptExistingRoot);
        Assert.Equal(TimeSpan.FromMinutes(5), options.SweepInterval);
        Assert.Equal(TimeSpan.FromSeconds(30), options.ShutdownTimeout);
        Assert.Equal(Math.Min(4, Environment.ProcessorCount), options.DeleteParallelism);
        Assert.Equal((UnixFileMode)0b111_000_000, options.DirectoryMode);
    }

    [Theory]
    [InlineData("", "''", "names no directory")]
    [InlineData("  ", "'  '", "names no directory")]
    [InlineData(null, "''", "names no directory")]
    [InlineData("jobs", "'jobs'", "is relative")]
    [InlineData("../jobs", "'../jobs'", "is relative")]
    [InlineData("./jobs", "'./jobs'", "is relative")]
    [InlineData("/jobs\0", @"'/jobs\u0000'", "no path may contain")]
    public void Validate_RootPath_NamesPropertyValueAndRemedy(string? root, string value, string fault)
    {
        string failure = Assert.Single(Failures(new JobStorageOptions { RootPath = root! }));

        Assert.StartsWith("Property RootPath: ", failure, StringComparison.Ordinal);
        Assert.Contains(value, failure, StringComparison.Ordinal);
        Assert.Contains(fault, failure, StringComparison.Ordinal);
        Assert.Contains("Set it to an absolute path", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_RootOfAFileSystem_IsRefused()
    {
        string failure = Assert.Single(Failures(new JobStorageOptions { RootPath = Path.GetPathRoot(Path.GetTempPath())! }));

        Assert.Contains("is the root of a file system", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("00:00:00")]
    [InlineData("00:00:00.999")]
    [InlineData("24.00:00:01")]
    public void Validate_SweepIntervalOutOfRange_NamesPropertyValueAndRemedy(string interval)
    {
        JobStorageOptions options = Valid();
        options.SweepInterval = TimeSpan.Parse(interval, CultureInfo.InvariantCulture);

        string failure = Assert.Single(Failures(options));

        Assert.Contains("SweepInterval", failure, StringComparison.Ordinal);
        Assert.Contains($"'{options.SweepInterval}'", failure, StringComparison.Ordinal);
        Assert.Contains("Timeout.InfiniteTimeSpan", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:01")]
    [InlineData("24.00:00:00")]
    [InlineData("-00:00:00.001")]
    public void Validate_SweepIntervalInRange_IsAccepted(string interval)
    {
        JobStorageOptions options = Valid();
        options.SweepInterval = TimeSpan.Parse(interval, CultureInfo.InvariantCulture);

        Assert.Empty(Failures(options));
    }

    [Theory]
    [InlineData("-00:00:01", false)]
    [InlineData("00:00:00", true)]
    [InlineData("-00:00:00.001", true)]
    [InlineData("25.00:00:00", false)]
    public void Validate_ShutdownTimeout_NamesPropertyAndValue(string timeout, bool valid)
    {
        JobStorageOptions options = Valid();
        options.ShutdownTimeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);

        Assert.Equal(!valid, Failures(options).Any(failure =>
            failure.Contains("ShutdownTimeout", StringComparison.Ordinal) && failure.Contains($"'{options.ShutdownTimeout}'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Validate_DeleteParallelism_NamesPropertyAndValue(int parallelism, bool valid)
    {
        JobStorageOptions options = Valid();
        options.DeleteParallelism = parallelism;

        Assert.Equal(!valid, Failures(options).Any(failure =>
            failure.Contains("DeleteParallelism", StringComparison.Ordinal) && failure.Contains($"'{parallelism}'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0b111_000_000, true)]
    [InlineData(0b111_101_000, true)]
    [InlineData(0b110_000_000, false)]
    [InlineData(0b1_000_111_000_000_000, false)]
    public void Validate_DirectoryMode_NamesProperty(int mode, bool valid)
    {
        JobStorageOptions options = Valid();
        options.DirectoryMode = (UnixFileMode)mode;

        Assert.Equal(!valid, Failures(options).Any(failure => failure.Contains("DirectoryMode", StringComparison.Ordinal)));
    }

    [Fact]
    public void Constructor_OptionsInvalid_Throws()
    {
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => new StorageRoot(Options.Create(new JobStorageOptions())));

        Assert.Contains("RootPath", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_OptionsNull_Throws() => Assert.Throws<ArgumentNullException>(() => new StorageRoot((IOptions<JobStorageOptions>)null!));

    private static JobStorageOptions Valid() => new() { RootPath = Path.GetFullPath("jobs") };

    private static string[] Failures(JobStorageOptions options) =>
        [.. new JobStorageOptionsValidator().Validate(name: null, options).Failures ?? []];
}
