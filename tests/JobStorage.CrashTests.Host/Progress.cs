namespace JobStorages.CrashTests.Host;

/// <summary>Tells the test, byte by byte, how far this process has come.</summary>
internal static class Progress
{
    private static readonly Stream s_output = Console.OpenStandardOutput();

    public static void Dot() => s_output.Write("."u8);

    public static void Line(string text) => s_output.Write(System.Text.Encoding.UTF8.GetBytes(text + "\n"));
}
