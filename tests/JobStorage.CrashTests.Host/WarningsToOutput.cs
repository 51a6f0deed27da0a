using Microsoft.Extensions.Logging;

namespace JobStorages.CrashTests.Host;

internal sealed class WarningsToOutput : ILogger<StorageRoot>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Progress.Line($"warning {eventId.Name}");
        }
    }
}
