namespace JobStorages.Tests;

public sealed class RootLayoutTests
{
    private const string Instance = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("job-1", "Job", null)]
    [InlineData(".new-" + Instance + "-1", "Staged", Instance)]
    [InlineData(".old-" + Instance + "-12345678901234567890", "Old", Instance)]
    [InlineData(".new-" + Instance + "-", "Foreign", null)]
    [InlineData(".new-" + Instance, "Foreign", null)]
    [InlineData(".new-" + Instance + "-1x", "Foreign", null)]
    [InlineData(".new-0123456789ABCDEF0123456789ABCDEF-1", "Foreign", null)]
    [InlineData(".new-1-1", "Foreign", null)]
    [InlineData(".old-", "Foreign", null)]
    [InlineData(".jobstorage", "Foreign", null)]
    [InlineData("lost+found", "Foreign", null)]
    [InlineData("System Volume Information", "Foreign", null)]
    public void Classify_Name_TellsWhatItIs(string name, string kind, string? instance) =>
        Assert.Equal(new RootEntry(Enum.Parse<RootEntryKind>(kind), instance), RootLayout.Classify(name));

    [Theory]
    [InlineData(Instance + ".lease", Instance)]
    [InlineData(Instance + ".lease.new", null)]
    [InlineData("sweep.lock", null)]
    [InlineData("x.lease", null)]
    public void InstanceOfLease_FileName_GivesItsInstance(string name, string? instance) =>
        Assert.Equal(instance, RootLayout.InstanceOfLease(name));

    [Fact]
    public void NewInstance_Always_IsAnInstanceAndNew()
    {
        Assert.True(RootLayout.IsInstance(RootLayout.NewInstance()));
        Assert.NotEqual(RootLayout.NewInstance(), RootLayout.NewInstance());
    }
}
