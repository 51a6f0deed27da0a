using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Deletion;

public sealed class ManagedTreeDeleterOnMockTests() : TreeDeleterContract(new MockDisk());
