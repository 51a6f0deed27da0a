using System.IO.Abstractions;
using System.IO.Abstractions.TestingHelpers;

namespace JobStorages.Tests.Disks;

public sealed class MockDisk : TestDisk
{
    private readonly MockFileSystem _fileSystem = new();

    public MockDisk() => _fileSystem.AddDirectory(Directory);

    public override IFileSystem FileSystem => _fileSystem;

    public override string Directory => MockUnixSupport.Path(@"C:\test");

}
