using JobStorages.Tests.Disks;

namespace JobStorages.CrashTests;

public sealed class EveryCallOnRealDiskTests() : EveryCallContract(() => new RealDisk());
