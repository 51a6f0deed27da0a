using JobStorages.Quickstart.Telemetry;
using static System.FormattableString;

namespace JobStorages.Quickstart.Running;

/// <summary>Places a track on the drawing: metric, north up, with one scale for both axes.</summary>
internal sealed class MapProjection
{
    private const double Padding = 48;
    private const double MaxHeight = 640;
    private const double SmallestExtent = 20;

    private readonly LocalPlane _plane;
    private readonly double _west;
    private readonly double _north;

    public MapProjection(IReadOnlyList<TrackPoint> track, double x, double y, double width)
    {
        _plane = new LocalPlane(track[0].Position);
        PlanePoint[] points = [.. track.Select(point => _plane.Project(point.Position))];
        _west = points.Min(point => point.East);
        _north = points.Max(point => point.North);
        double extentEast = Math.Max(SmallestExtent, points.Max(point => point.East) - _west);
        double extentNorth = Math.Max(SmallestExtent, _north - points.Min(point => point.North));

        Scale = Math.Min((width - (2 * Padding)) / extentEast, (MaxHeight - (2 * Padding)) / extentNorth);
        Area = new CanvasArea(x, y, width, (extentNorth * Scale) + (2 * Padding));
        _west -= ((width / Scale) - extentEast) / 2;
        _north += Padding / Scale;
    }

    /// <summary>Gets the units of the drawing to a metre.</summary>
    public double Scale { get; }

    public CanvasArea Area { get; }

    public (double X, double Y) Place(GeoPosition position)
    {
        PlanePoint point = _plane.Project(position);
        return (X(point.East), Y(point.North));
    }

    /// <summary>A path of vertical and horizontal lines through the take-off and every so many metres from it.</summary>
    public string GridPath(double spacing)
    {
        double firstEast = Math.Ceiling(_west / spacing) * spacing;
        double firstNorth = Math.Floor(_north / spacing) * spacing;
        IEnumerable<string> vertical = Steps(X(firstEast), Area.Right, spacing * Scale)
            .Select(x => Invariant($"M{x:0.0} {Area.Y:0.0}V{Area.Bottom:0.0}"));
        IEnumerable<string> horizontal = Steps(Y(firstNorth), Area.Bottom, spacing * Scale)
            .Select(y => Invariant($"M{Area.X:0.0} {y:0.0}H{Area.Right:0.0}"));
        return string.Concat(vertical.Concat(horizontal));
    }

    private static IEnumerable<double> Steps(double from, double below, double step)
    {
        for (double value = from; value < below; value += step)
        {
            yield return value;
        }
    }

    private double X(double east) => Area.X + ((east - _west) * Scale);

    private double Y(double north) => Area.Y + ((_north - north) * Scale);
}
