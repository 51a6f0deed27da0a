namespace JobStorages.Ownership;

internal enum LeaseState
{
    /// <summary>There is no lease file: nothing can be said about the instance.</summary>
    Unknown,

    /// <summary>The lease is held, or it cannot be told whether it is.</summary>
    Alive,

    /// <summary>The lease is there and nobody holds it. That is final: an instance is never born twice.</summary>
    Dead,
}
