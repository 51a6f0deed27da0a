namespace JobStorages.Tests.Disks;

/// <summary>One call on a file system. Its arguments may be changed before it is made.</summary>
public sealed record FileSystemCall(string On, string Method, string Path, object?[] Arguments)
{
    public string Name => $"{On}.{Method}";

    public override string ToString() => $"{Name}({string.Join(", ", Arguments)}) {Path}";
}
