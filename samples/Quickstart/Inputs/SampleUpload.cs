using System.Text.Json;
using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Inputs;

/// <summary>Stands in for a client that uploads a flight: the paths are all it needs to know of the job.</summary>
internal static class SampleUpload
{
    public static async Task WriteAsync(JobStorage job, CancellationToken ct)
    {
        await TelemetryCsv.WriteAsync(job.CsvPath, SurveyFlight.Fly(), ct);
        await SampleVideo.WriteAsync(job.VideoPath, ct);

        await using FileStream calibration = File.Create(job.CalibrationPath);
        await JsonSerializer.SerializeAsync(calibration, CameraCalibration.Sample, QuickstartJson.Default.CameraCalibration, ct);
    }
}
