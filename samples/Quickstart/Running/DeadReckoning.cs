using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Running;

/// <summary>Estimates positions from speed and heading, drawn gently towards the logged ones so that errors don't add up.</summary>
internal sealed class DeadReckoning(LocalPlane plane)
{
    // Per second: an error has lost two thirds after three seconds.
    private const double Correction = 1 / 3d;

    private PlanePoint? _estimate;
    private double _time;

    public GeoPosition Advance(TelemetrySample sample)
    {
        PlanePoint logged = plane.Project(sample.Position);
        if (_estimate is { } estimate)
        {
            double seconds = sample.Time - _time;
            estimate += PlanePoint.Towards(double.DegreesToRadians(sample.Heading), sample.GroundSpeed * seconds);
            _estimate = estimate + (Math.Min(1, Correction * seconds) * (logged - estimate));
        }
        else
        {
            _estimate = logged;
        }

        _time = sample.Time;
        return plane.Unproject(_estimate.Value);
    }
}
