using System.Diagnostics.CodeAnalysis;

namespace JobStorages.Quickstart;

internal sealed record CommandLine(bool Help, string? KeepDirectory)
{
    public const string Usage = """
        Runs one job through JobStorage, in a temporary root of its own.

        usage: dotnet run --project samples/Quickstart [-- --keep DIR]

          --keep DIR   copy the results to DIR before the job is released; replaces files of the same names
          --help       print this
        """;

    public static bool TryParse(
        string[] args,
        [NotNullWhen(true)] out CommandLine? commandLine,
        [NotNullWhen(false)] out string? problem)
    {
        (commandLine, problem) = args switch
        {
            [] => (new CommandLine(Help: false, KeepDirectory: null), null),
            ["--help" or "-h"] => (new CommandLine(Help: true, KeepDirectory: null), null),
            ["--keep"] or ["--keep", ""] => (null, "--keep needs the directory to copy to."),
            ["--keep", var directory] => (new CommandLine(Help: false, directory), default(string)),
            _ => (null, $"Cannot make sense of: {string.Join(' ', args)}"),
        };
        return commandLine is not null;
    }
}
