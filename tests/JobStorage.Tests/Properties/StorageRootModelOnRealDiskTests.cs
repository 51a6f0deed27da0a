using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Properties;

public sealed class StorageRootModelOnRealDiskTests() : StorageRootModel("a", "A", "b", "a.b", "job-1", "job-10")
{
    protected override int Iterations => 300;

    protected override TestDisk Fresh() => new RealDisk();
}
