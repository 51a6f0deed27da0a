namespace JobStorages;

/// <summary>How a host configures its job storage. Validated when the host starts.</summary>
public sealed class JobStorageOptions
{
    /// <summary>
    /// Gets or sets the directory under which jobs get their directories. It is created, with its parents, when
    /// <see cref="IStorageRoot"/> is first resolved.
    /// </summary>
    /// <value>
    /// An absolute path, and not the root of a file system. Has no default: a host sets it. It is to be used for nothing else.
    /// </value>
    public string RootPath { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets a value indicating whether a root may be used that was there before, was not made by JobStorage, and holds
    /// directories that could be taken for jobs, such as those that another service left.
    /// </summary>
    /// <value>
    /// The default is <see langword="false"/>: such a root is refused with a <see cref="StorageRootException"/>, because the next
    /// clean-up would delete those directories. Once a root has been opened it is marked, and the option has no effect any more.
    /// </value>
    public bool AdoptExistingRoot { get; set; }

    /// <summary>
    /// Gets or sets the mode with which directories are created on Unix; the process's umask takes its bits away as usual. Parents of
    /// the root that are missing are created as any other directory is. Has no effect on Windows.
    /// </summary>
    /// <value>Has to include all three permissions of the user. The default is 0700: nobody else sees into a job.</value>
    public UnixFileMode DirectoryMode { get; set; } = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Gets or sets how often an instance looks after the root: tries again to delete what could not be deleted, keeps its own lease
    /// fresh, and reclaims what instances that are gone have left behind.
    /// </summary>
    /// <value>
    /// From 1 second to 24 days, or <see cref="Timeout.InfiniteTimeSpan"/> to do it only when the root is opened. The default is 5 minutes.
    /// </value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets how long disposal, and so the shutdown of a host, may take to delete what is left. What has not been deleted by then
    /// is reclaimed by the next instance that opens the root.
    /// </summary>
    /// <value>
    /// From zero to 24 days, or <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes. The default is 30 seconds, as is that of a host
    /// for its whole shutdown.
    /// </value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how many directories are deleted at once in the background.</summary>
    /// <value>From 1 to 64. The default is 4, or the number of processors if that is smaller.</value>
    public int DeleteParallelism { get; set; } = Math.Min(4, Environment.ProcessorCount);
}
