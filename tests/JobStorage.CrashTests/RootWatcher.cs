namespace JobStorages.CrashTests;

/// <summary>Looks at every job under a root, all the time: none may ever be seen incomplete.</summary>
internal sealed class RootWatcher : IDisposable
{
    private readonly string _root;
    private readonly Thread _thread;
    private readonly HashSet<string> _incomplete = new(StringComparer.Ordinal);
    private volatile bool _stop;
    private long _seen;

    public RootWatcher(string root)
    {
        _root = root;
        _thread = new Thread(Watch);
        _thread.Start();
    }

    /// <summary>Gets how often a job was looked at.</summary>
    public long Seen => Interlocked.Read(ref _seen);

    public IReadOnlyCollection<string> Incomplete => _incomplete;

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }

    private void Watch()
    {
        while (!_stop)
        {
            foreach (string job in Directory.EnumerateDirectories(_root).Where(path => !Path.GetFileName(path).StartsWith('.')))
            {
                if (Posix.ListWhileNamed(job) is { } names)
                {
                    Interlocked.Increment(ref _seen);
                    if (!names.Contains(".owner") || !names.Contains("output"))
                    {
                        _incomplete.Add(job);
                    }
                }
            }
        }
    }
}
