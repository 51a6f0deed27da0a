using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Running;

/// <summary>Goes through a flight sample by sample: estimates positions, and adds up what the report tells.</summary>
internal sealed class FlightAnalysis
{
    private const int SamplesPerEmission = 10;

    private readonly List<TrackPoint> _track = [];
    private readonly List<TrackPoint> _estimates = [];
    private DeadReckoning? _reckoning;
    private TelemetrySample? _first;
    private TelemetrySample? _last;
    private double _distance;
    private double _energy;
    private double _squaredErrors;
    private double _worstError;

    /// <summary>Takes the next sample, and gives an estimate for every tenth.</summary>
    public PositionEstimate? Add(TelemetrySample sample)
    {
        _first ??= sample;
        _reckoning ??= new DeadReckoning(new LocalPlane(_first.Position));
        if (_last is not null)
        {
            _distance += _last.Position.DistanceTo(sample.Position);
            _energy += sample.Voltage * sample.Current * (sample.Time - _last.Time);
        }

        _last = sample;
        _track.Add(new TrackPoint(sample.Time, sample.Position, sample.Altitude));
        GeoPosition estimate = _reckoning.Advance(sample);
        return _track.Count % SamplesPerEmission == 1 ? Emit(sample, estimate) : null;
    }

    public FlightSummary Summarise() => _first is null || _last is null
        ? throw new InvalidDataException("The flight log has no samples.")
        : new FlightSummary
        {
            Track = _track,
            Estimates = _estimates,
            Duration = TimeSpan.FromSeconds(_last.Time - _first.Time),
            Distance = _distance,
            EnergyWattHours = _energy / 3600,
            RmsError = Math.Sqrt(_squaredErrors / _estimates.Count),
            WorstError = _worstError,
        };

    private PositionEstimate Emit(TelemetrySample sample, GeoPosition estimate)
    {
        double error = estimate.DistanceTo(sample.Position);
        _squaredErrors += error * error;
        _worstError = Math.Max(_worstError, error);
        _estimates.Add(new TrackPoint(sample.Time, estimate, sample.Altitude));
        return new PositionEstimate(
            sample.Time,
            Math.Round(estimate.Latitude, 7),
            Math.Round(estimate.Longitude, 7),
            sample.Altitude,
            Math.Round(error, 3));
    }
}
