using System.Globalization;
using System.IO.Abstractions;

namespace JobStorages.Ownership;

/// <summary>
/// The lease of this instance: a file held open with <see cref="FileShare.None"/> for as long as the instance lives. Any end of the
/// process lets go of it, which is how others know.
/// </summary>
internal sealed class InstanceLease : IDisposable
{
    private const int Attempts = 5;

    private readonly IFileSystem _fileSystem;
    private readonly RootLayout _layout;
    private readonly Leases _leases;
    private readonly TimeProvider _time;
    private readonly string _path;
    private LockedFile _file;
    private long _number;

    public InstanceLease(IFileSystem fileSystem, RootLayout layout, Leases leases, TimeProvider time)
    {
        _fileSystem = fileSystem;
        _layout = layout;
        _leases = leases;
        _time = time;
        Instance = RootLayout.NewInstance();
        _path = layout.Lease(Instance);
        _file = Take();
    }

    public string Instance { get; }

    /// <summary>
    /// Gets a value indicating whether a lock that is held keeps others out. Not so on file systems without locks (.NET takes every
    /// answer of <c>flock</c> but <c>EWOULDBLOCK</c> for success) and with <c>DOTNET_SYSTEM_IO_DISABLEFILELOCKING</c>.
    /// </summary>
    public bool LocksEnforced { get; private set; }

    /// <summary>Gives a token that nobody has had or will have.</summary>
    public OwnerToken NextToken() => new(Instance, Interlocked.Increment(ref _number));

    /// <summary>Gets a value indicating whether the file is gone; a cleaner of temporary directories may have removed it.</summary>
    public bool IsLost => _fileSystem.LookAt(_path) == PathKind.Missing;

    /// <summary>Tells whether the file that is there is still the one that is locked; it is not if the volume was away meanwhile.</summary>
    public bool IsStillHeld() => !LocksEnforced || IsHeld(_path);

    /// <summary>Makes the file look fresh to cleaners of temporary directories, which go by its age.</summary>
    public void Touch()
    {
        try
        {
            _fileSystem.File.SetLastWriteTimeUtc(_path, _time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Removed just now, which the next look repairs; or a read-only or failing volume, which nothing here can.
        }
    }

    /// <summary>Takes the lease anew under the same name after its file was removed.</summary>
    public void Restore()
    {
        // The old one is held until there is a new one: the file may be back, if it was not removed but out of reach.
        LockedFile lost = _file;
        _file = Take();
        lost.Dispose();
        if (LocksEnforced && !IsHeld(_path))
        {
            // A mock, whose locks belong to names and not to files: the old one was in the way.
            _file.Dispose();
            _file = _leases.Open(_path, FileMode.Open);
        }
    }

    /// <summary>Lets go of the lease. Its file stays, and tells others that its owner is dead.</summary>
    public void Dispose() => _file.Dispose();

    private LockedFile Take()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return OperatingSystem.IsWindows() ? Create(_path) : CreateUnseen();
            }
            catch (IOException e) when (!DiskFull.Explains(e) && attempt < Attempts)
            {
                // A sweeper took the file that was not yet locked for the remains of a crash, and has locked or removed it.
                Thread.Sleep(TimeSpan.FromMilliseconds(attempt));
            }
        }
    }

    // On Unix opening a file and locking it are two system calls, and a sweeper that came between them would find a lease that nobody
    // holds. So it gets its lock under a name that is judged by nobody, and then its name. On Windows the two are one.
    private LockedFile CreateUnseen()
    {
        string unborn = _layout.UnbornLease(Instance);
        LockedFile file = Create(unborn);
        try
        {
            // What has the name already is of a try of ours that failed after this.
            _fileSystem.File.Move(unborn, _path, overwrite: true);
            if (!LocksEnforced || IsHeld(_path))
            {
                return file;
            }

            // A mock, whose locks belong to names and not to files.
            LockedFile renamed = _leases.Open(_path, FileMode.Open);
            file.Dispose();
            return renamed;
        }
        catch
        {
            // Whatever it was: the next try must be able to lock the file.
            file.Dispose();
            throw;
        }
    }

    private LockedFile Create(string path)
    {
        // OpenOrCreate: a try that failed may have left the file.
        LockedFile file = _leases.Open(path, FileMode.OpenOrCreate);
        try
        {
            // Found out and written down before the file has the name of a lease: others, for whom locks may well work, would find one without a
            // lock free, and take us for dead.
            LocksEnforced = IsHeld(path);
            Describe(file);
            return file;
        }
        catch
        {
            // Likewise.
            file.Dispose();
            throw;
        }
    }

    private void Describe(LockedFile file)
    {
        string locks = LocksEnforced ? "locks: enforced" : Leases.NotEnforcedLine;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"host: {Environment.MachineName}\npid: {Environment.ProcessId}\nstart: {_time.GetUtcNow():O}\n{locks}\n");
        try
        {
            file.WriteText(text);
        }
        catch (IOException e) when (DiskFull.Explains(e))
        {
            // What counts is the lock; the text is for people. An instance must be able to start, and to reclaim, on a full disk.
        }
    }

    private bool IsHeld(string path)
    {
        try
        {
            _leases.Open(path, FileMode.Open).Dispose();
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody holds it, which can only be us. Or it was removed under our hands: the next look restores it. Or the umask keeps even
            // us from opening it again, and so everybody else from taking us for dead.
            return true;
        }
    }
}
