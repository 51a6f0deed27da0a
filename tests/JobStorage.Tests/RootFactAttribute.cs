namespace JobStorages.Tests;

/// <summary>A fact about what an unprivileged user may do, tried by root, who can become one.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() =>
        Skip = OperatingSystem.IsLinux() && Posix.GetEffectiveUserId() == 0 ? null : "Needs to be root on Linux, to become an unprivileged user.";
}
