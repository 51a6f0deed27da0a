namespace JobStorages.Tests.Disks;

/// <summary>Stands for the end of a process: no code of the library catches it and has any effect afterwards.</summary>
public sealed class ProcessKilledException : Exception;
