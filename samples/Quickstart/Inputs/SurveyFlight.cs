using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Inputs;

/// <summary>The log of a survey flight, the same in every run, produced while it is written.</summary>
internal static class SurveyFlight
{
    private const double Interval = 0.1;

    private static readonly LocalPlane s_plane = new(new GeoPosition(47.3977, 8.5456));

    public static IEnumerable<TelemetrySample> Fly()
    {
        var drone = new Drone(SurveyRoute.TakeOff);
        var battery = new Battery();
        int tick = 0;
        foreach (Waypoint waypoint in SurveyRoute.Waypoints())
        {
            while (!drone.HasReached(waypoint))
            {
                drone.FlyTowards(waypoint, Interval);
                battery.Supply(Power(drone), Interval);
                yield return Log(tick++ * Interval, drone, battery);
            }
        }
    }

    private static double Power(Drone drone) => 370 + (40 * Math.Max(0, drone.ClimbRate)) + (0.6 * drone.Speed * drone.Speed);

    // Sensors are never quite right: the position wanders, the compass is off by a little, and so is the speed.
    private static TelemetrySample Log(double time, Drone drone, Battery battery)
    {
        var wander = new PlanePoint(
            (0.7 * Math.Sin(time / 11)) + (0.2 * Math.Sin(time / 2.3)),
            (0.6 * Math.Cos(time / 14)) + (0.2 * Math.Sin(time / 1.9)));
        double heading = double.RadiansToDegrees(drone.Heading) + 1.5 + (0.8 * Math.Sin(time / 3.7));
        return new TelemetrySample(
            time,
            s_plane.Unproject(drone.Position + wander),
            drone.Altitude + (0.15 * Math.Sin(time / 5)),
            Math.Max(0, drone.Speed * (1.015 + (0.01 * Math.Sin(time / 7)))),
            (heading + 360) % 360,
            battery.Voltage,
            battery.Current);
    }
}
