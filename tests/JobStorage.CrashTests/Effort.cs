namespace JobStorages.CrashTests;

/// <summary>How much is tried: enough to find a fault at a desk, more where nobody waits.</summary>
internal static class Effort
{
    private static readonly bool s_ci = Environment.GetEnvironmentVariable("CI") == "true";

    public static int Kills => s_ci ? 300 : 60;

    public static TimeSpan Stress => TimeSpan.FromSeconds(s_ci ? 30 : 5);

    /// <summary>Gets how long the control may take to do harm: as long as the test that it is the control of takes in CI.</summary>
    public static TimeSpan Control => TimeSpan.FromSeconds(30);
}
