using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Inputs;

/// <summary>A multicopter, simplified: it accelerates, turns and climbs at limited rates.</summary>
internal sealed class Drone(PlanePoint position)
{
    private const double CruiseSpeed = 9;
    private const double Acceleration = 2.5;
    private const double TurnRate = Math.PI / 4;
    private const double ClimbSpeed = 3;
    private const double SinkSpeed = 2;

    public PlanePoint Position { get; private set; } = position;

    public double Altitude { get; private set; }

    public double Heading { get; private set; }

    public double Speed { get; private set; }

    public double ClimbRate { get; private set; }

    public bool HasReached(Waypoint waypoint) => waypoint.Stop
        ? Distance(waypoint) < 0.6 && Math.Abs(waypoint.Altitude - Altitude) < 0.1
        : Distance(waypoint) < 9;

    public void FlyTowards(Waypoint waypoint, double seconds)
    {
        double turn = Distance(waypoint) < 0.6 ? 0 : Math.IEEERemainder((waypoint.Position - Position).Bearing - Heading, Math.Tau);
        Heading += Math.Clamp(turn, -TurnRate * seconds, TurnRate * seconds);

        double wanted = waypoint.Stop ? Math.Min(CruiseSpeed, Distance(waypoint) / 2) : CruiseSpeed;
        wanted *= Math.Max(0.3, Math.Cos(turn));
        Speed += Math.Clamp(wanted - Speed, -Acceleration * seconds, Acceleration * seconds);
        Position += PlanePoint.Towards(Heading, Speed * seconds);

        double wantedClimb = Math.Clamp(waypoint.Altitude - Altitude, -SinkSpeed, ClimbSpeed);
        ClimbRate += Math.Clamp(wantedClimb - ClimbRate, -Acceleration * seconds, Acceleration * seconds);
        Altitude += ClimbRate * seconds;
    }

    private double Distance(Waypoint waypoint) => (waypoint.Position - Position).Length;
}
