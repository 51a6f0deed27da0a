using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Contract;

public sealed class StorageRootOnMockTests() : StorageRootContract(new MockDisk())
{
    protected override TestDisk Fresh() => new MockDisk();
}
