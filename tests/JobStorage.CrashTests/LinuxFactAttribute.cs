namespace JobStorages.CrashTests;

/// <summary>A fact that needs signals and /proc.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs Linux, for its signals and /proc.";
}
