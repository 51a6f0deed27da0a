namespace JobStorages.CrashTests;

/// <summary>Notes what a test has gone through, for docs/guarantees.md; .ci/run prints it.</summary>
internal static class Figures
{
    private static readonly Lock s_gate = new();
    private static readonly string s_path = Path.Combine(Repository(), "artifacts", "guarantees.txt");

    public static void Note(string figure)
    {
        lock (s_gate)
        {
            File.AppendAllText(s_path, figure + Environment.NewLine);
        }
    }

    // artifacts/bin/JobStorage.CrashTests/debug/
    private static string Repository() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
}
