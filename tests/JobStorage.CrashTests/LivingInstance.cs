namespace JobStorages.CrashTests;

/// <summary>An instance that lives through everything: it holds jobs, works on others, and notices when a file of its is gone.</summary>
internal sealed class LivingInstance : IDisposable
{
    private readonly StorageRoot _storage;
    private readonly JobStorage[] _held;
    private readonly Thread _thread;
    private readonly List<string> _missing = [];
    private volatile bool _stop;

    public LivingInstance(string root)
    {
        _storage = new StorageRoot(root);
        Instance = Path.GetFileNameWithoutExtension(
            Directory.EnumerateFiles(Path.Join(root, ".jobstorage"), "*.lease").Single());
        _held = [.. Enumerable.Range(0, 20).Select(n => _storage.AllocateJob($"living-{n}"))];
        foreach (JobStorage job in _held)
        {
            File.WriteAllText(job.TlogPath, job.Root);
            File.WriteAllText(job.PathTo("output/report.md"), job.Root);
        }

        _thread = new Thread(Work);
        _thread.Start();
    }

    public string Instance { get; }

    public IReadOnlyCollection<string> Missing => _missing;

    public int JobsDone { get; private set; }

    public int Held => _held.Length;

    /// <summary>Ends its work; the jobs that it holds stay until disposal.</summary>
    public void StopWorking()
    {
        _stop = true;
        _thread.Join();
        Check();
    }

    public void Dispose()
    {
        StopWorking();
        _storage.Dispose();
    }

    private void Work()
    {
        while (!_stop)
        {
            string id = $"living-at-work-{JobsDone % 4}";
            JobStorage job = _storage.AllocateJob(id);
            File.WriteAllText(job.TlogPath, id);
            Expect(job.TlogPath, id);
            _storage.ReleaseJob(id);
            JobsDone++;
            if (JobsDone % 16 == 0)
            {
                Check();
            }
        }
    }

    private void Check()
    {
        foreach (JobStorage job in _held)
        {
            Expect(job.TlogPath, job.Root);
            Expect(job.PathTo("output/report.md"), job.Root);
        }
    }

    private void Expect(string path, string content)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != content)
        {
            _missing.Add(path);
        }
    }
}
