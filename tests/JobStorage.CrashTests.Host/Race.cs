namespace JobStorages.CrashTests.Host;

/// <summary>Allocates every id that it is told, as fast as it can, against others that do the same.</summary>
internal static class Race
{
    public const int Ids = 2_000;

    public static void Run(string root)
    {
        using var storage = new StorageRoot(root);
        Progress.Line("ready");
        Console.ReadLine();
        for (int n = 0; n < Ids; n++)
        {
            try
            {
                JobStorage job = storage.AllocateJob($"job-{n}");
                File.WriteAllText(job.TlogPath, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Progress.Line($"{n}");
            }
            catch (JobAlreadyExistsException)
            {
                // Another process has it.
            }
        }

        Progress.Line("done");

        // The winners are counted, and looked at on the disk, before anybody cleans up.
        Console.ReadLine();
    }
}
