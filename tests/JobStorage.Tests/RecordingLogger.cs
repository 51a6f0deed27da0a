using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JobStorages.Tests;

public sealed class RecordingLogger : ILogger<StorageRoot>
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyCollection<LogEntry> Entries => _entries;

    public IEnumerable<LogEntry> Warnings => _entries.Where(entry => entry.Level >= LogLevel.Warning);

    public LogEntry Single(string eventName) => Assert.Single(_entries, entry => entry.Id.Name == eventName);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue(new LogEntry(logLevel, eventId, formatter(state, exception), exception));
}
