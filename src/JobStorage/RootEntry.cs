namespace JobStorages;

/// <summary>What a directory under the root is, and of which instance, if its name says so.</summary>
internal readonly record struct RootEntry(RootEntryKind Kind, string? Instance);
