using System.Diagnostics;

namespace JobStorages.CrashTests;

/// <summary>A process of JobStorage.CrashTests.Host.</summary>
internal sealed class ChildProcess : IDisposable
{
    // artifacts/bin/JobStorage.CrashTests/debug/ is where this runs, the host lies beside it.
    private static readonly string s_program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "JobStorage.CrashTests.Host", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "JobStorage.CrashTests.Host.dll"));

    private readonly Process _process;
    private readonly Task<string> _errors;

    public ChildProcess(string mode, string root, string prefix, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [s_program, mode, root, prefix])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>Waits until it has come so far.</summary>
    public void ReadDots(int count)
    {
        Stream output = _process.StandardOutput.BaseStream;
        for (int n = 0; n < count; n++)
        {
            if (output.ReadByte() != '.')
            {
                throw Failure();
            }
        }
    }

    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw Failure();

    public string[] ReadLinesUntil(string last)
    {
        var lines = new List<string>();
        for (string line = ReadLine(); line != last; line = ReadLine())
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    public void GoOn() => _process.StandardInput.WriteLine();

    /// <summary>Ends it with SIGKILL, and waits until the system has cleaned up after it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private InvalidOperationException Failure()
    {
        _process.WaitForExit();
        return new InvalidOperationException($"The child ended with {_process.ExitCode}: {_errors.Result}");
    }
}
