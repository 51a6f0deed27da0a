using JobStorages.Ownership;

namespace JobStorages.Allocation;

/// <summary>A job that is complete but has no id yet.</summary>
internal readonly record struct StagedJob(string Path, OwnerToken Token);
