using System.Text.Json;
using JobStorages.Quickstart.Inputs;
using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Running;

/// <summary>Runs a job: reads its inputs and writes its outputs. Of the storage it knows the paths, and nothing else.</summary>
internal static class FlightRunner
{
    public const string EmissionsName = "emissions.jsonl";
    public const string ReportName = "report.md";
    public const string MapName = "map.svg";

    public static async Task<FlightReport> RunAsync(JobStorage job, CancellationToken ct)
    {
        FlightSummary flight = await AnalyseAsync(job, ct);
        VideoFacts video = await VideoFacts.ReadAsync(job.VideoPath, ct);
        CameraCalibration camera = await ReadCalibrationAsync(job.CalibrationPath, ct);

        var report = new FlightReport(flight, video, camera);
        await File.WriteAllLinesAsync(Path.Join(job.OutputDir, ReportName), report.MarkdownLines(), ct);
        await File.WriteAllLinesAsync(Path.Join(job.OutputDir, MapName), new TrackMap(flight).Lines(), ct);
        return report;
    }

    private static async Task<FlightSummary> AnalyseAsync(JobStorage job, CancellationToken ct)
    {
        var analysis = new FlightAnalysis();
        await using FileStream emissions = File.Create(Path.Join(job.OutputDir, EmissionsName));
        await foreach (TelemetrySample sample in TelemetryCsv.ReadAsync(job.CsvPath, ct))
        {
            if (analysis.Add(sample) is { } estimate)
            {
                await JsonSerializer.SerializeAsync(emissions, estimate, QuickstartJson.Default.PositionEstimate, ct);
                emissions.WriteByte((byte)'\n');
            }
        }

        return analysis.Summarise();
    }

    private static async Task<CameraCalibration> ReadCalibrationAsync(string path, CancellationToken ct)
    {
        await using FileStream calibration = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync(calibration, QuickstartJson.Default.CameraCalibration, ct)
            ?? throw new InvalidDataException($"'{path}' holds no calibration.");
    }
}
