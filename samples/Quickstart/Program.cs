using JobStorages.Quickstart;

if (!CommandLine.TryParse(args, out CommandLine? commandLine, out string? problem))
{
    await Console.Error.WriteLineAsync($"{problem}{Environment.NewLine}{CommandLine.Usage}");
    return 2;
}

if (commandLine.Help)
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

try
{
    await Demonstration.RunAsync(commandLine.KeepDirectory);
    return 0;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Interrupted. The job and its root have been removed.");
    return 130;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or InvalidDataException)
{
    await Console.Error.WriteLineAsync($"The quickstart failed: {e.Message}");
    return 1;
}
