namespace JobStorages.CrashTests.Host;

/// <summary>What an instance leaves that was killed with a job, a preparation and a deletion under way.</summary>
internal static class Orphan
{
    public static void Leave(string root, string jobId)
    {
        string instance = Guid.NewGuid().ToString("N");

        // Held until all is there, as by an instance that is alive: of a dead one, a sweeper would remove the lease before that.
        string lease = Path.Join(root, ".jobstorage", $"{instance}.lease");
        using FileStream? held = TryHold(lease);
        if (held is null)
        {
            return;
        }

        Prepare(root, instance, 1);
        Prepare(root, instance, 2);
        Prepare(root, instance, 3);
        TryMove(Path.Join(root, $".new-{instance}-1"), Path.Join(root, jobId));
        TryMove(Path.Join(root, $".new-{instance}-2"), Path.Join(root, $".old-{instance}-4"));
    }

    private static FileStream? TryHold(string lease)
    {
        try
        {
            // As an instance does it: locked under a name that is judged by nobody, then renamed.
            var held = new FileStream(lease + ".new", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            File.Move(lease + ".new", lease);
            return held;
        }
        catch (IOException)
        {
            // A sweeper took it for the remains of a crash.
            return null;
        }
    }

    private static void Prepare(string root, string instance, int number)
    {
        string staged = Path.Join(root, $".new-{instance}-{number}");
        try
        {
            Directory.CreateDirectory(Path.Join(staged, "output"));
            File.WriteAllText(Path.Join(staged, ".owner"), $"{instance} {number}\n");
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody sweeps already, which is what it is there for.
        }
    }

    private static void TryMove(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException)
        {
            // Likewise; or the id is taken.
        }
    }
}
