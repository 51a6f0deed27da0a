namespace JobStorages.Deletion;

/// <summary>A directory on the way down a tree that is being deleted.</summary>
internal sealed class OpenDirectory(string path)
{
    private readonly Queue<string> _children = new();

    public string Path => path;

    /// <summary>Gets or sets how often it was listed.</summary>
    public int Scans { get; set; }

    /// <summary>Gets or sets a value indicating whether something in it could not be deleted, so that it will not become empty.</summary>
    public bool Failed { get; set; }

    public void Add(string child) => _children.Enqueue(child);

    /// <summary>Gives the next directory in it that is still to be deleted.</summary>
    public string? Next() => _children.TryDequeue(out string? child) ? child : null;
}
