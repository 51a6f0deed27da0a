namespace JobStorages.Deletion;

/// <summary>A directory of ours that nobody uses any more.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Origin">What it was, for the log: a job id, or the name under which it was found.</param>
internal readonly record struct Discarded(string Path, string Origin);
