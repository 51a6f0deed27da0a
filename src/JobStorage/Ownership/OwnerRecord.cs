namespace JobStorages.Ownership;

/// <summary>What the <c>.owner</c> file of a job directory says: who made it, or that it has been released.</summary>
/// <param name="Token">The incarnation, or <see langword="null"/> if there is no file or nothing in it that we wrote.</param>
/// <param name="IsReleased">Whether the job was released where it is, because it could not be renamed.</param>
internal readonly record struct OwnerRecord(OwnerToken? Token, bool IsReleased)
{
    /// <summary>Gets the record of a directory that nobody has put his name on, such as one of the Python service.</summary>
    public static OwnerRecord Nobody => default;

    public static OwnerRecord Released => new(Token: null, IsReleased: true);
}
