namespace JobStorages.Tests;

/// <summary>A fact about Unix systems: modes, FIFOs, links that anybody may make.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs a Unix system." : null;
}
