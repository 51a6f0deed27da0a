namespace JobStorages;

internal enum RootEntryKind
{
    /// <summary>None of ours; never touched.</summary>
    Foreign,

    /// <summary>A job, named by its id.</summary>
    Job,

    /// <summary>A job being prepared, <c>.new-…</c>.</summary>
    Staged,

    /// <summary>A released job being deleted, <c>.old-…</c>.</summary>
    Old,
}
