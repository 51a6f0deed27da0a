namespace JobStorages.Tests;

public sealed class JobStorageTests
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "jobs", "job-1"));

    private readonly JobStorage _job = new(s_root, "t", "c", "v", "k", "o");

    [Theory]
    [InlineData("upload.bin", "upload.bin")]
    [InlineData("output/report.md", "output/report.md")]
    [InlineData("a/./b", "a/b")]
    [InlineData("a/../b", "b")]
    [InlineData("..a", "..a")]
    [InlineData("a..", "a..")]
    [InlineData("...", "...")]
    [InlineData(".owners", ".owners")]
    [InlineData("output/.owner", "output/.owner")]
    public void PathTo_Inside_GivesTheNormalisedPath(string relative, string expected) =>
        Assert.Equal(Path.Combine(s_root, expected), _job.PathTo(relative));

    [Theory]
    [InlineData(".")]
    [InlineData("a/..")]
    public void PathTo_TheJobItself_GivesItsRoot(string relative) =>
        Assert.Equal(s_root, Path.TrimEndingDirectorySeparator(_job.PathTo(relative)));

    [Theory]
    [InlineData("..")]
    [InlineData("../job-10")]
    [InlineData("../job-1/../x")]
    [InlineData("a/../../x")]
    [InlineData("a/../../job-1/x")]
    [InlineData(@"..\x")]
    [InlineData(@"a\..\..\x")]
    [InlineData("/etc/passwd")]
    [InlineData(@"\x")]
    [InlineData(@"\\server\share")]
    [InlineData(@"C:\x")]
    [InlineData("c:x")]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData(".owner")]
    [InlineData("./.Owner")]
    [InlineData("a/../.owner")]
    [InlineData(@"a\..\.owner. .")]
    [InlineData(".owner/x")]
    [InlineData(".owner::$DATA")]
    public void PathTo_Outside_Throws(string relative) =>
        Assert.Equal("relativePath", Assert.Throws<ArgumentException>(() => _job.PathTo(relative)).ParamName);

    [Fact]
    public void PathTo_Null_Throws() => Assert.Throws<ArgumentNullException>(() => _job.PathTo(null!));

    [Fact]
    public void Equals_SamePaths_AreEqual()
    {
        Assert.Equal(new JobStorage("r", "t", "c", "v", "k", "o"), new JobStorage("r", "t", "c", "v", "k", "o"));
        Assert.NotEqual(new JobStorage("r", "t", "c", "v", "k", "o"), new JobStorage("r", "t", "c", "v", "k", "other"));
    }

    [Fact]
    public void Properties_Always_CannotBeSet() =>
        Assert.All(
            typeof(JobStorage).GetProperties().Where(property => property.CanWrite),
            property => Assert.Contains(
                typeof(System.Runtime.CompilerServices.IsExternalInit),
                property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));
}
