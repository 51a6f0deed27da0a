using JobStorages.Tests.Disks;

namespace JobStorages.CrashTests;

public sealed class EveryCallOnMockTests() : EveryCallContract(() => new MockDisk());
