namespace JobStorages;

/// <summary>
/// Serialises what this instance does to one job, each time for the length of a look and a rename. Between instances the file system
/// decides; within one this keeps a look and the rename that follows it together.
/// </summary>
internal sealed class JobGates
{
    private readonly Lock[] _stripes = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    // Without regard to case: on some file systems two such ids are one job.
    public Lock For(string jobId) =>
        _stripes[(uint)string.GetHashCode(jobId, StringComparison.OrdinalIgnoreCase) % (uint)_stripes.Length];
}
