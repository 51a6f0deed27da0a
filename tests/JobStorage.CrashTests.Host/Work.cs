namespace JobStorages.CrashTests.Host;

/// <summary>What a service does with its storage, for ever.</summary>
internal static class Work
{
    public static void Allocate(string root, string prefix)
    {
        using var storage = new StorageRoot(root);
        for (int n = 0; ; n++)
        {
            storage.AllocateJob($"{prefix}-{n}");
            Progress.Dot();
        }
    }

    public static void Write(string root, string prefix)
    {
        using var storage = new StorageRoot(root);
        byte[] video = new byte[256 * 1024];
        for (int n = 0; ; n++)
        {
            JobStorage job = storage.AllocateJob($"{prefix}-{n}");
            File.WriteAllText(job.TlogPath, "log");
            File.WriteAllBytes(job.VideoPath, video);
            Progress.Dot();
        }
    }

    public static void Release(string root, string prefix)
    {
        using var storage = new StorageRoot(root);
        for (int n = 0; ; n++)
        {
            Fill(storage.AllocateJob($"{prefix}-{n % 8}"));
            if (n % 2 == 0)
            {
                storage.ReleaseJob($"{prefix}-{n % 8}");
            }
            else
            {
                _ = storage.ReleaseJobAsync($"{prefix}-{n % 8}");
            }

            Progress.Dot();
        }
    }

    /// <summary>Opens and closes the root; each time there is something of the dead to reclaim.</summary>
    public static void Sweep(string root, string prefix)
    {
        using (new StorageRoot(root))
        {
            for (int n = 0; ; n++)
            {
                Orphan.Leave(root, $"{prefix}-{n}");
                Progress.Dot();
                using var storage = new StorageRoot(root);
                Progress.Dot();
            }
        }
    }

    public static void CleanUp(string root, string prefix)
    {
        using var storage = new StorageRoot(root);
        for (int n = 0; ; n++)
        {
            for (int job = 0; job < 4; job++)
            {
                Fill(storage.AllocateJob($"{prefix}-{n}-{job}"));
            }

            Orphan.Leave(root, $"{prefix}-{n}");
            Progress.Dot();
            storage.CleanupAll();
            Progress.Dot();
        }
    }

    public static void Everything(string root, string prefix)
    {
        Action[] all =
        [
            () => Write(root, prefix + "-w"), () => Release(root, prefix + "-r"), () => Sweep(root, prefix + "-s"), () => CleanUp(root, prefix + "-c"),
        ];
        Thread[] threads = [.. all.Select(work => new Thread(() => work()))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private static void Fill(JobStorage job)
    {
        for (int n = 0; n < 10; n++)
        {
            File.WriteAllText(job.PathTo($"output/file-{n}"), "result");
        }
    }
}
