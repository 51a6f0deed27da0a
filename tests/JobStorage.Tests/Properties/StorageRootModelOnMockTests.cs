using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Properties;

// Without ids that differ in case only: listing a directory of the mock gives also what is in the other's.
public sealed class StorageRootModelOnMockTests() : StorageRootModel("a", "b", "a.b", "job-1", "job-10")
{
    protected override int Iterations => 150;

    protected override TestDisk Fresh() => new MockDisk();
}
