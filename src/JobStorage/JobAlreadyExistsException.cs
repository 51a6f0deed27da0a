using System.Diagnostics.CodeAnalysis;

namespace JobStorages;

/// <summary>Thrown when a job is allocated whose name is already taken under the root.</summary>
[SuppressMessage(
    "Design", "CA1032:Implement standard exception constructors", Justification = "Without its job id it would be of no use to a caller.")]
public sealed class JobAlreadyExistsException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="JobAlreadyExistsException"/> class.</summary>
    /// <param name="jobId">The id of the job.</param>
    /// <param name="path">The path that is taken.</param>
    /// <param name="innerException">What the file system reported, if it came to that.</param>
    public JobAlreadyExistsException(string jobId, string path, Exception? innerException = null)
        : base($"The job '{jobId}' already exists: '{path}' is taken.", innerException) => JobId = jobId;

    /// <summary>Gets the id of the job that could not be allocated.</summary>
    public string JobId { get; }
}
