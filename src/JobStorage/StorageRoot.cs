using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO.Abstractions;
using JobStorages.Allocation;
using JobStorages.Deletion;
using JobStorages.Diagnostics;
using JobStorages.Ownership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JobStorages;

/// <summary>The <see cref="IStorageRoot"/> over a file system.</summary>
/// <remarks>
/// Disposal is what a host's shutdown does to a singleton: it does what <see cref="CleanupAll"/> does, for as long as
/// <see cref="JobStorageOptions.ShutdownTimeout"/> allows, and ends this instance's claim to whatever is left. It does not throw for a failure
/// of the file system. After it every call throws <see cref="ObjectDisposedException"/>.
/// </remarks>
/// <inheritdoc cref="IStorageRoot" path="/example"/>
public sealed class StorageRoot : IStorageRoot, IDisposable, IAsyncDisposable
{
    private const string FirstDiffers = "The first parameter, which is required, tells the two apart.";

    private readonly IFileSystem _fileSystem;
    private readonly ILogger _logger;
    private readonly TimeSpan _shutdownTimeout;
    private readonly RootLayout _layout;
    private readonly OwnerFile _owners;
    private readonly Leases _leases;
    private readonly InstanceLease _lease;
    private readonly JobGates _jobs = new();
    private readonly JobAllocator _allocator;
    private readonly DeletionWorkers _workers;
    private readonly Trash _trash;
    private readonly Sweeper _sweeper;
    private readonly ITimer _upkeep;
    private readonly CallGate _calls = new();
    private readonly Lock _disposal = new();
    private bool _disposed;

    /// <summary>Opens a root with default options, as a test does.</summary>
    /// <param name="rootPath">The root; a relative path is taken from the current directory. Created, with its parents, if it is missing.</param>
    /// <param name="fileSystem">The file system; the real one if <see langword="null"/>.</param>
    /// <param name="logger">Gets the log messages, if any.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rootPath"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="rootPath"/> is empty.</exception>
    /// <inheritdoc cref="StorageRoot(IOptions{JobStorageOptions}, IFileSystem, ILogger{StorageRoot}, TimeProvider)" path="/exception"/>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = FirstDiffers)]
    public StorageRoot(string rootPath, IFileSystem? fileSystem = null, ILogger<StorageRoot>? logger = null)
        : this(Resolve(rootPath, fileSystem ??= new FileSystem()), fileSystem, logger, time: null, RenameRetry.Default)
    {
    }

    /// <summary>Opens a root as a host does.</summary>
    /// <param name="options">The options.</param>
    /// <param name="fileSystem">The file system; the real one if <see langword="null"/>.</param>
    /// <param name="logger">Gets the log messages, if any.</param>
    /// <param name="timeProvider">Drives the sweeps; the system's clock if <see langword="null"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    /// <exception cref="StorageRootException">
    /// The root was there before, is not marked as ours, and holds a directory that could be a job; or it leads to the root of a file system.
    /// </exception>
    /// <exception cref="InsufficientStorageException">The volume or a quota has no space or no inodes left.</exception>
    /// <exception cref="IOException">The root cannot be created or opened; for instance, it is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The root may not be created or written to.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = FirstDiffers)]
    public StorageRoot(
        IOptions<JobStorageOptions> options,
        IFileSystem? fileSystem = null,
        ILogger<StorageRoot>? logger = null,
        TimeProvider? timeProvider = null)
        : this(Value(options), fileSystem ?? new FileSystem(), logger, timeProvider, RenameRetry.Default)
    {
    }

    internal StorageRoot(JobStorageOptions options, IFileSystem fileSystem, ILogger? logger, TimeProvider? time, RenameRetry retry)
    {
        if (new JobStorageOptionsValidator().Validate(Options.DefaultName, options) is { Failed: true } invalid)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(JobStorageOptions), invalid.Failures);
        }

        _fileSystem = fileSystem;
        _logger = logger ?? NullLogger.Instance;
        time ??= TimeProvider.System;
        _shutdownTimeout = options.ShutdownTimeout;
        var directories = new DirectoryCreation(fileSystem, options.DirectoryMode);
        RootMarker marker;
        try
        {
            _layout = new RootLayout(RootPath.Resolve(options.RootPath, fileSystem), fileSystem.Path);
            _leases = new Leases(fileSystem, _layout);
            marker = new RootMarker(fileSystem, _layout, directories);
            marker.Adopt(options.AdoptExistingRoot);
            _lease = new InstanceLease(fileSystem, _layout, _leases, time);
        }
        catch (Exception e) when (DiskFull.Explains(e))
        {
            // No inode for a lease, say. Without one nothing can be allocated or reclaimed.
            throw new InsufficientStorageException(options.RootPath, e);
        }

        _owners = new OwnerFile(fileSystem, _layout);
        _workers = new DeletionWorkers(options.DeleteParallelism);
        _trash = new Trash(fileSystem, _layout, _owners, _lease, new ManagedTreeDeleter(fileSystem), _workers, retry, _logger);
        _sweeper = new Sweeper(fileSystem, _layout, _leases, _lease, _owners, _trash, _jobs, _logger);
        var upkeep = new Upkeep(_layout, marker, _lease, _trash, _sweeper, _logger);
        _allocator = new JobAllocator(fileSystem, _layout, directories, _owners, _lease, upkeep, _trash, retry, _jobs);
        try
        {
            Report();
            upkeep.Run();
            using (ExecutionContext.SuppressFlow())
            {
                // Sweeps are nobody's request, whichever was the first to resolve the root.
                _upkeep = time.CreateTimer(_ => Try(upkeep.RunUnattended), state: null, options.SweepInterval, options.SweepInterval);
            }
        }
        catch
        {
            // A logger that throws, say. There will be nobody to dispose of this instance, which must not seem to be alive.
            _workers.Dispose();
            _lease.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Root => _layout.Root;

    /// <inheritdoc/>
    public JobStorage AllocateJob(string jobId)
    {
        JobId.Validate(jobId);
        Enter();
        try
        {
            _allocator.Allocate(jobId);
        }
        finally
        {
            _calls.Exit();
        }

        JobStorage job = _layout.Paths(jobId);
        Log.JobAllocated(_logger, jobId, job.Root);
        return job;
    }

    /// <inheritdoc/>
    public bool TryGetJob(string jobId, [NotNullWhen(true)] out JobStorage? job)
    {
        JobId.Validate(jobId);
        Enter();
        try
        {
            job = IsJob(jobId) ? _layout.Paths(jobId) : null;
            return job is not null;
        }
        finally
        {
            _calls.Exit();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListJobs()
    {
        Enter();
        try
        {
            return
            [
                .. _fileSystem.Directory.EnumerateDirectories(Root)
                    .Select(path => _fileSystem.Path.GetFileName(path))
                    .Where(name => JobId.IsValid(name) && IsJob(name))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ];
        }
        finally
        {
            _calls.Exit();
        }
    }

    /// <inheritdoc/>
    public void ReleaseJob(string jobId)
    {
        JobId.Validate(jobId);
        Enter();
        try
        {
            if (TakeAway(jobId) is { } discarded)
            {
                _trash.Delete(discarded);
            }
        }
        finally
        {
            _calls.Exit();
        }
    }

    /// <inheritdoc/>
    public Task ReleaseJobAsync(string jobId, CancellationToken ct = default)
    {
        JobId.Validate(jobId);
        Enter();
        try
        {
            if (ct.IsCancellationRequested)
            {
                return Task.FromCanceled(ct);
            }

            return TakeAway(jobId) is { } discarded
                ? _trash.DeleteInBackground(discarded).WaitAsync(ct)
                : Task.CompletedTask;
        }
        finally
        {
            _calls.Exit();
        }
    }

    /// <inheritdoc/>
    public void CleanupAll()
    {
        Enter();
        try
        {
            foreach (Task deletion in TakeAllAway(Timeout.InfiniteTimeSpan, out _))
            {
                // Not by a continuation, which a pool without a free thread would keep waiting. A deletion that disposal stops is reclaimed later.
                ((IAsyncResult)deletion).AsyncWaitHandle.WaitOne();
            }
        }
        finally
        {
            _calls.Exit();
        }
    }

    /// <inheritdoc/>
    public Task CleanupAllAsync(CancellationToken ct = default)
    {
        Enter();
        try
        {
            return ct.IsCancellationRequested
                ? Task.FromCanceled(ct)
                : Task.WhenAll(TakeAllAway(Timeout.InfiniteTimeSpan, out _)).WaitAsync(ct);
        }
        finally
        {
            _calls.Exit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_disposal)
        {
            if (!_disposed)
            {
                _disposed = true;
                Close();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    private static JobStorageOptions Resolve(string rootPath, IFileSystem fileSystem)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rootPath);
        return new JobStorageOptions { RootPath = fileSystem.Path.GetFullPath(rootPath) };
    }

    private static JobStorageOptions Value(IOptions<JobStorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Value;
    }

    private void Report()
    {
        Log.RootOpened(_logger, Root, _lease.Instance);
        if (RootPath.IsWritableByOthers(Root, _fileSystem))
        {
            Log.RootWritableByOthers(_logger, Root);
        }

        if (!_lease.LocksEnforced)
        {
            Log.LocksNotEnforced(_logger, Root);
        }
    }

    private void Enter() => ObjectDisposedException.ThrowIf(!_calls.TryEnter(), this);

    private void Try(Action action)
    {
        if (_calls.TryEnter())
        {
            try
            {
                action();
            }
            finally
            {
                _calls.Exit();
            }
        }
    }

    private bool IsJob(string jobId)
    {
        string job = _layout.Job(jobId);
        if (_fileSystem.LookAt(job) != PathKind.Directory)
        {
            return false;
        }

        OwnerRecord? owner = _owners.TryRead(job);
        return owner is not { IsReleased: true } && !(owner?.Token is { } token && _trash.IsRefused(jobId, token));
    }

    private Discarded? TakeAway(string jobId)
    {
        string job = _layout.Job(jobId);
        switch (_fileSystem.LookAt(job))
        {
            case PathKind.Missing:
                return null;
            case PathKind.File or PathKind.Link:
                Log.NotAJob(_logger, jobId, job);
                return null;
            default:
                Discarded? discarded = _sweeper.TakeReleased(jobId);
                if (discarded is not null)
                {
                    Log.JobReleased(_logger, jobId, job);
                }

                return discarded;
        }
    }

    private IReadOnlyList<Task> TakeAllAway(TimeSpan patience, out bool complete)
    {
        IReadOnlyList<Discarded> discarded = _sweeper.TakeAll(patience, out complete);
        if (discarded.Count > 0)
        {
            Log.CleanedUp(_logger, Root, discarded.Count);
        }

        return [.. _trash.RetryFailed(), .. discarded.Select(_trash.DeleteInBackground)];
    }

    private void Close()
    {
        long start = Stopwatch.GetTimestamp();
        _upkeep.Dispose();
        bool inTime = _calls.Close(_shutdownTimeout);
        bool complete = false;
        try
        {
            TakeAllAway(TimeLeft(start), out bool all);
            int unfinished = _workers.Drain(TimeLeft(start));
            inTime &= unfinished == 0;
            complete = inTime && all && !_trash.LeavesRemains;
            if (!inTime)
            {
                Log.ShutdownTimedOut(_logger, Root, unfinished);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The root cannot be read, or is gone.
            Log.ShutdownFailed(_logger, Root, e);
        }
        finally
        {
            _workers.Dispose();
            _lease.Dispose();
        }

        if (complete)
        {
            // Only now that nothing is left: without its lease nobody could tell that this instance is dead.
            _leases.Remove(_lease.Instance);
        }
    }

    private TimeSpan TimeLeft(long start)
    {
        if (_shutdownTimeout == Timeout.InfiniteTimeSpan)
        {
            return _shutdownTimeout;
        }

        TimeSpan left = _shutdownTimeout - Stopwatch.GetElapsedTime(start);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }
}
