using System.Diagnostics.CodeAnalysis;

namespace JobStorages;

/// <summary>
/// The directory under which every job of a service has a directory of its own. A host injects it, allocates a job when
/// it accepts one, and releases it when the job has ended, however it ended.
/// </summary>
/// <remarks>
/// <para>
/// All members may be called from any number of threads at once, and several instances, in one process or in many, may
/// share one root. Of all callers that allocate the same id at the same time exactly one succeeds.
/// </para>
/// <para>
/// A job id is a letter or digit (ASCII), followed by letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; 128 characters at
/// most, no <c>.</c> at the end, and no name that Windows reserves for a device (<c>CON</c>, <c>nul.txt</c>, <c>COM1</c>
/// …). It is checked before any path is built. Ids are compared as the file system compares names: on a
/// case-insensitive one, <c>A</c> and <c>a</c> are the same job.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// JobStorage job = storage.AllocateJob("flight-42");
/// try
/// {
///     await using (FileStream video = File.Create(job.VideoPath))
///     {
///         await upload.CopyToAsync(video, cancellationToken);
///     }
///
///     await runner.RunAsync(job, cancellationToken);
/// }
/// finally
/// {
///     await storage.ReleaseJobAsync("flight-42", CancellationToken.None);
/// }
/// </code>
/// </example>
public interface IStorageRoot
{
    /// <summary>Gets the absolute path of the root, with links resolved as they were when the root was opened.</summary>
    string Root { get; }

    /// <summary>
    /// Creates the directory of a new job with its <c>output</c> directory. The paths of the inputs are reserved, not created.
    /// </summary>
    /// <param name="jobId">The id of the job, which is also the name of its directory.</param>
    /// <returns>The paths of the job.</returns>
    /// <remarks>
    /// The directory is prepared under another name and appears by one rename: nobody ever sees half a job, and when the
    /// call throws, nothing is left behind.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="jobId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is not a job id.</exception>
    /// <exception cref="JobAlreadyExistsException">
    /// Something of that name is there already: a job, or a file or link that is none of ours.
    /// </exception>
    /// <exception cref="InsufficientStorageException">The volume or a quota has no space or no inodes left.</exception>
    /// <exception cref="IOException">Any other failure of the file system, as it was reported.</exception>
    /// <exception cref="UnauthorizedAccessException">The root may not be written to.</exception>
    /// <exception cref="ObjectDisposedException">The root has been disposed of.</exception>
    JobStorage AllocateJob(string jobId);

    /// <summary>Looks up a job that has been allocated, by whichever instance, and not been released.</summary>
    /// <param name="jobId">The id of the job.</param>
    /// <param name="job">The paths of the job, or <see langword="null"/> if there is none.</param>
    /// <returns><see langword="true"/> if the job is there.</returns>
    /// <remarks>A file or a link of that name is no job, nor is what cannot be looked at.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="jobId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is not a job id.</exception>
    /// <exception cref="ObjectDisposedException">The root has been disposed of.</exception>
    bool TryGetJob(string jobId, [NotNullWhen(true)] out JobStorage? job);

    /// <summary>Lists the ids of the jobs under the root, those of other instances included.</summary>
    /// <returns>
    /// The ids in ordinal order. A job that is allocated or released during the call may or may not be in it.
    /// </returns>
    /// <exception cref="IOException">The root cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The root may not be read.</exception>
    /// <exception cref="ObjectDisposedException">The root has been disposed of.</exception>
    IReadOnlyList<string> ListJobs();

    /// <summary>
    /// Deletes a job, whichever instance allocated it, before the call returns. A job that is not there is no error.
    /// </summary>
    /// <param name="jobId">The id of the job.</param>
    /// <remarks>
    /// <para>
    /// The directory is first renamed, so that the id is free at once and no half-deleted job is ever seen under it. A failure to
    /// delete is logged as a warning with the path and the error, never thrown; what is left is tried again later. Only if not even
    /// the rename is possible does the id stay taken, until it is.
    /// </para>
    /// <para>
    /// A job of this instance is taken without waiting for anybody. That of another waits for a sweep that is under way, up to 2 seconds.
    /// </para>
    /// <para>A file or a link of that name is not a job: it is left alone, with a warning.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="jobId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is not a job id.</exception>
    /// <exception cref="ObjectDisposedException">The root has been disposed of.</exception>
    void ReleaseJob(string jobId);

    /// <summary>
    /// Deletes a job as <see cref="ReleaseJob"/> does, with the bytes in the background: the directory is gone from its
    /// path when the call returns its task.
    /// </summary>
    /// <param name="jobId">The id of the job.</param>
    /// <param name="ct">
    /// Ends the wait, not the deletion. When it is cancelled before the call, nothing is done at all.
    /// </param>
    /// <returns>A task that completes when the deletion has ended; like the call, it never fails for want of success.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="jobId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is not a job id.</exception>
    /// <exception cref="ObjectDisposedException">The root has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="ct"/> was cancelled, or the root was disposed of and its time for shutting down ran out.
    /// </exception>
    Task ReleaseJobAsync(string jobId, CancellationToken ct = default);

    /// <summary>
    /// Deletes every job directory under the root before the call returns, except the jobs of other instances that are alive.
    /// </summary>
    /// <remarks>
    /// Goes on after a failure, with a warning for each. Files, links and directories whose names are not job ids are left alone. Waits up
    /// to 2 seconds for a sweep of another instance that is under way; after that it takes what is this instance's only.
    /// </remarks>
    /// <exception cref="IOException">The root cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The root may not be read.</exception>
    /// <exception cref="ObjectDisposedException">The root has been disposed of.</exception>
    void CleanupAll();

    /// <summary>Deletes what <see cref="CleanupAll"/> deletes, in the background.</summary>
    /// <param name="ct">
    /// Ends the wait, not the deletion. When it is cancelled before the call, nothing is done at all.
    /// </param>
    /// <returns>A task that completes when the deletions have ended.</returns>
    /// <exception cref="IOException">The root cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The root may not be read.</exception>
    /// <exception cref="ObjectDisposedException">The root has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="ct"/> was cancelled, or the root was disposed of and its time for shutting down ran out.
    /// </exception>
    Task CleanupAllAsync(CancellationToken ct = default);
}
