namespace JobStorages.Quickstart.Running;

/// <summary>One line of <c>emissions.jsonl</c>.</summary>
internal sealed record PositionEstimate(
    double TimeS,
    double LatitudeDeg,
    double LongitudeDeg,
    double AltitudeM,
    double ErrorM);
