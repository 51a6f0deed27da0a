namespace JobStorages.Tests.Properties;

public sealed record ModelStep(ModelOperation Operation, string Id, int Instance)
{
    public override string ToString() => $"{Operation}({Id})@{Instance}";
}
