using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Inputs;

/// <summary>Up from one pad, to and fro over a field in parallel legs, down onto another pad.</summary>
internal static class SurveyRoute
{
    private const int Legs = 6;
    private const double LegLength = 460;
    private const double LegSpacing = 45;
    private const double SurveyAltitude = 80;

    private static readonly double s_along = double.DegreesToRadians(76);
    private static readonly double s_across = double.DegreesToRadians(76 - 90);
    private static readonly PlanePoint s_firstCorner = new(50, 25);
    private static readonly PlanePoint s_landing = new(-70, 85);

    public static PlanePoint TakeOff { get; } = new(0, 0);

    public static IEnumerable<Waypoint> Waypoints()
    {
        yield return new Waypoint(TakeOff, SurveyAltitude, Stop: true);
        for (int leg = 0; leg < Legs; leg++)
        {
            PlanePoint near = s_firstCorner + PlanePoint.Towards(s_across, leg * LegSpacing);
            PlanePoint far = near + PlanePoint.Towards(s_along, LegLength);
            double altitude = SurveyAltitude + (6 * Math.Sin(leg));
            yield return new Waypoint(leg % 2 == 0 ? near : far, altitude);
            yield return new Waypoint(leg % 2 == 0 ? far : near, altitude);
        }

        yield return new Waypoint(s_landing, SurveyAltitude / 2, Stop: true);
        yield return new Waypoint(s_landing, Altitude: 0, Stop: true);
    }
}
