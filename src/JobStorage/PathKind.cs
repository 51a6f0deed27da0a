namespace JobStorages;

/// <summary>What is at a path itself, without following a link.</summary>
internal enum PathKind
{
    Missing,

    /// <summary>It could not be looked at.</summary>
    Unknown,
    Directory,
    File,

    /// <summary>A symbolic link or, on Windows, any other reparse point: something that may lead elsewhere.</summary>
    Link,
}
