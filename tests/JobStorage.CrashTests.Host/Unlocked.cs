using System.IO.Abstractions;

namespace JobStorages.CrashTests.Host;

/// <summary>Opens the root, sweeps and cleans up, in a process for which locks may mean nothing, and tells what it logs.</summary>
internal static class Unlocked
{
    public static void Run(string root, string prefix)
    {
        var logger = new WarningsToOutput();
        using (var storage = new StorageRoot(root, new FileSystem(), logger))
        {
            storage.AllocateJob($"{prefix}-mine");
            storage.CleanupAll();
            storage.AllocateJob($"{prefix}-mine");
            Progress.Line("ready");

            // Others have a look at what it holds.
            Console.ReadLine();
        }

        Progress.Line("done");
    }
}
