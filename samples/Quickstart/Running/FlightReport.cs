using JobStorages.Quickstart.Inputs;
using static System.FormattableString;

namespace JobStorages.Quickstart.Running;

internal sealed record FlightReport(FlightSummary Flight, VideoFacts Video, CameraCalibration Camera)
{
    public IEnumerable<(string Name, string Value)> Figures()
    {
        double resolution = Camera.GroundResolution(Flight.MaxAltitude);
        yield return ("Duration", Invariant($"{Flight.Duration:m\\:ss} min, {Flight.Track.Count} samples"));
        yield return ("Distance flown", Invariant($"{Flight.Distance / 1000:0.00} km"));
        yield return ("Maximum altitude", Invariant($"{Flight.MaxAltitude:0.0} m above take-off"));
        yield return ("Mean speed", Invariant($"{Flight.MeanSpeed:0.0} m/s"));
        yield return ("Energy used", Invariant($"{Flight.EnergyWattHours:0.0} Wh"));
        yield return ("Camera footprint", Invariant($"{Camera.ImageWidth * resolution:0} x {Camera.ImageHeight * resolution:0} m at maximum altitude"));
        yield return ("Video", $"{ByteSize.Format(Video.Length)}, SHA-256 {Video.Sha256[..16]}...");
        yield return ("Emissions", Invariant($"{Flight.Estimates.Count} position estimates"));
        yield return ("Error to the log", Invariant($"{Flight.RmsError:0.00} m RMS, {Flight.WorstError:0.00} m at worst"));
    }

    public IEnumerable<string> MarkdownLines() =>
    [
        "# Flight report",
        string.Empty,
        "| Figure | Value |",
        "| --- | --- |",
        .. Figures().Select(figure => $"| {figure.Name} | {figure.Value} |"),
        string.Empty,
        $"![The track of the flight]({FlightRunner.MapName})",
    ];
}
