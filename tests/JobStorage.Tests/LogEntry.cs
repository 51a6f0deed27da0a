using Microsoft.Extensions.Logging;

namespace JobStorages.Tests;

public sealed record LogEntry(LogLevel Level, EventId Id, string Message, Exception? Exception);
