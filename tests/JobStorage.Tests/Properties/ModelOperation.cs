namespace JobStorages.Tests.Properties;

public enum ModelOperation
{
    Allocate,
    Write,
    Release,
    ReleaseAsync,
    CleanUp,
    Restart,
    Crash,
}
