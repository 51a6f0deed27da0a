namespace JobStorages.Tests.Conventions;

/// <summary>Finds the repository that the tests are run from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (string? directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "JobStorage.sln")))
            {
                return directory;
            }
        }

        throw new InvalidOperationException($"'{AppContext.BaseDirectory}' is not in the repository.");
    }
}
