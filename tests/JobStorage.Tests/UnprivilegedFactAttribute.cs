namespace JobStorages.Tests;

/// <summary>A fact about what an unprivileged user may do: tried as one, or by root on Linux, who can become one.</summary>
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute() =>
        Skip = OperatingSystem.IsWindows() ? "Needs a Unix system."
            : Posix.GetEffectiveUserId() == 0 && !OperatingSystem.IsLinux() ? "Root can become an unprivileged user on Linux only."
            : null;
}
