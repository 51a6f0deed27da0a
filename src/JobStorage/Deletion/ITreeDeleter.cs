namespace JobStorages.Deletion;

/// <summary>Deletes a directory with all that is in it, without ever leaving it.</summary>
internal interface ITreeDeleter
{
    /// <summary>
    /// Deletes a tree; one that is not there is no error. Goes on after a failure, so that as little as possible is left, and then throws
    /// the first one.
    /// </summary>
    /// <param name="path">The directory. If it is a link, the link is deleted.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    void Delete(string path, CancellationToken cancellationToken);
}
