using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Deletion;

public sealed class ManagedTreeDeleterOnRealDiskTests() : TreeDeleterContract(new RealDisk());
