using JobStorages.Ownership;
using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Ownership;

public sealed class OwnerFileTests : IDisposable
{
    private const string Instance = "0123456789abcdef0123456789abcdef";

    private readonly RealDisk _disk = new();
    private readonly OwnerFile _owners;

    public OwnerFileTests() => _owners = new OwnerFile(_disk.FileSystem, new RootLayout(_disk.Directory, _disk.FileSystem.Path));

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void Read_Written_GivesTheToken()
    {
        var token = new OwnerToken(Instance, 42);

        _owners.Write(_disk.Directory, token);

        Assert.Equal(new OwnerRecord(token, IsReleased: false), _owners.Read(_disk.Directory));
        Assert.Equal($"{Instance} 42\n", File.ReadAllText(_disk.Path(".owner")));
    }

    [Fact]
    public void Read_MarkedReleased_GivesReleased()
    {
        _owners.Write(_disk.Directory, new OwnerToken(Instance, 42));

        _owners.MarkReleased(_disk.Directory);

        Assert.Equal(OwnerRecord.Released, _owners.Read(_disk.Directory));
        Assert.Equal("released\n", File.ReadAllText(_disk.Path(".owner")));
    }

    [Fact]
    public void MarkReleased_NoFile_WritesOne()
    {
        _owners.MarkReleased(_disk.Directory);

        Assert.Equal(OwnerRecord.Released, _owners.TryRead(_disk.Directory));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(Instance)]
    [InlineData(Instance + " ")]
    [InlineData(Instance + " -1")]
    [InlineData(Instance + " 1 2")]
    [InlineData("short 1")]
    [InlineData("RELEASED")]
    [InlineData(Instance + " 1\n and much that we have never written, longer than any token could be")]
    public void Read_NotWrittenByUs_GivesNobody(string text)
    {
        File.WriteAllText(_disk.Path(".owner"), text);

        Assert.Equal(OwnerRecord.Nobody, _owners.Read(_disk.Directory));
    }

    [Fact]
    public void Read_Missing_GivesNobody()
    {
        Assert.Equal(OwnerRecord.Nobody, _owners.Read(_disk.Directory));
        Assert.Equal(OwnerRecord.Nobody, _owners.Read(_disk.Path("no", "such", "job")));
    }

    [Fact]
    public void Read_DirectoryInItsPlace_GivesNobody()
    {
        Directory.CreateDirectory(_disk.Path(".owner"));

        Assert.Equal(OwnerRecord.Nobody, _owners.Read(_disk.Directory));
    }

    [UnixFact]
    public void Read_FifoInItsPlace_GivesNobodyAndDoesNotBlock()
    {
        Posix.MakeFifo(_disk.Path(".owner"));

        Assert.Equal(OwnerRecord.Nobody, _owners.Read(_disk.Directory));
    }

    [UnixFact]
    public void MarkReleased_LinkInItsPlace_DoesNotWriteThroughIt()
    {
        string outside = _disk.Path("outside");
        File.WriteAllText(outside, "precious");
        File.CreateSymbolicLink(_disk.Path(".owner"), outside);

        _owners.MarkReleased(_disk.Directory);

        Assert.Equal("precious", File.ReadAllText(outside));
        Assert.Equal(OwnerRecord.Released, _owners.TryRead(_disk.Directory));
    }
}
