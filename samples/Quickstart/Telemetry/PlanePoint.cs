namespace JobStorages.Quickstart.Telemetry;

/// <summary>A point or an offset in a <see cref="LocalPlane"/>, in metres.</summary>
internal readonly record struct PlanePoint(double East, double North)
{
    public double Length => Math.Sqrt((East * East) + (North * North));

    /// <summary>The direction in radians, clockwise from north, as a compass has it.</summary>
    public double Bearing => Math.Atan2(East, North);

    public static PlanePoint operator +(PlanePoint a, PlanePoint b) => new(a.East + b.East, a.North + b.North);

    public static PlanePoint operator -(PlanePoint a, PlanePoint b) => new(a.East - b.East, a.North - b.North);

    public static PlanePoint operator *(double factor, PlanePoint point) => new(factor * point.East, factor * point.North);

    public static PlanePoint Towards(double bearing, double distance) =>
        new(distance * Math.Sin(bearing), distance * Math.Cos(bearing));
}
