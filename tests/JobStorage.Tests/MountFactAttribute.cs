namespace JobStorages.Tests;

/// <summary>A fact about a file system of its own, which is mounted for it.</summary>
public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = Disks.TinyTmpfs.WhyNot;
}
