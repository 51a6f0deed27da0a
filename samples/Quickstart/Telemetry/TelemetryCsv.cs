using System.Runtime.CompilerServices;

namespace JobStorages.Quickstart.Telemetry;

/// <summary>A flight log as a file, written and read row by row: a long flight needs no more memory than a short one.</summary>
internal static class TelemetryCsv
{
    public static async Task WriteAsync(string path, IEnumerable<TelemetrySample> samples, CancellationToken ct)
    {
        await using var writer = new StreamWriter(path);
        await writer.WriteLineAsync(TelemetrySample.CsvHeader.AsMemory(), ct);
        foreach (TelemetrySample sample in samples)
        {
            await writer.WriteLineAsync(sample.ToCsv().AsMemory(), ct);
        }
    }

    public static async IAsyncEnumerable<TelemetrySample> ReadAsync(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = new StreamReader(path);
        if (await reader.ReadLineAsync(ct) != TelemetrySample.CsvHeader)
        {
            throw new InvalidDataException($"'{path}' is not a flight log.");
        }

        while (await reader.ReadLineAsync(ct) is { } row)
        {
            yield return TelemetrySample.FromCsv(row);
        }
    }
}
