using System.Diagnostics.CodeAnalysis;

namespace JobStorages;

/// <summary>
/// Thrown when a directory must not be used as a root, because it was there before, is not marked as a root, and holds
/// directories that could be taken for jobs and be deleted; or because it is the root of a file system, or its mark is a file or a link. The
/// message says what to do.
/// </summary>
[SuppressMessage(
    "Design", "CA1032:Implement standard exception constructors", Justification = "Without the path nobody knows which root was refused.")]
public sealed class StorageRootException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="StorageRootException"/> class.</summary>
    /// <param name="path">The path of the root that was refused.</param>
    /// <param name="message">Why it was refused and what to do.</param>
    public StorageRootException(string path, string message)
        : base(message) => Path = path;

    /// <summary>Gets the path of the root that was refused.</summary>
    public string Path { get; }
}
