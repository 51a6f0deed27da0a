using System.Diagnostics.CodeAnalysis;

namespace JobStorages;

/// <summary>
/// Thrown when a job cannot be allocated, or a root not be opened, because the volume or a quota has no space or no inodes left
/// (<c>ENOSPC</c>, <c>EDQUOT</c>, and what Windows reports for the same). Releasing jobs still works.
/// </summary>
[SuppressMessage(
    "Design", "CA1032:Implement standard exception constructors", Justification = "Without the path nobody knows which volume is full.")]
public sealed class InsufficientStorageException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="InsufficientStorageException"/> class.</summary>
    /// <param name="path">The path that could not be written.</param>
    /// <param name="innerException">What the file system reported.</param>
    public InsufficientStorageException(string path, Exception? innerException)
        : base($"There is no space left for '{path}': the volume or a quota is full, or out of inodes.", innerException) => Path = path;

    /// <summary>Gets the path that could not be written.</summary>
    public string Path { get; }
}
