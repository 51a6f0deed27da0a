namespace JobStorages.Quickstart.Running;

internal sealed record FlightSummary
{
    public required IReadOnlyList<TrackPoint> Track { get; init; }

    public required IReadOnlyList<TrackPoint> Estimates { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>In metres.</summary>
    public required double Distance { get; init; }

    public required double EnergyWattHours { get; init; }

    public required double RmsError { get; init; }

    public required double WorstError { get; init; }

    /// <summary>In metres per second, the time on the spot included.</summary>
    public double MeanSpeed => Duration > TimeSpan.Zero ? Distance / Duration.TotalSeconds : 0;

    public double MaxAltitude => Track.Max(point => point.Altitude);
}
