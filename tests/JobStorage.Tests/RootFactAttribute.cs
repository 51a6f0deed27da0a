namespace JobStorages.Tests;

/// <summary>A fact about what one user leaves of another's, tried by root, who can be both.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() =>
        Skip = OperatingSystem.IsLinux() && Posix.GetEffectiveUserId() == 0 ? null : "Needs to be root on Linux, to be two users.";
}
