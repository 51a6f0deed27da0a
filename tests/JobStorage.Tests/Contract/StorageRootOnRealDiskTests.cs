using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Contract;

public sealed class StorageRootOnRealDiskTests() : StorageRootContract(new RealDisk())
{
    protected override TestDisk Fresh() => new RealDisk();
}
