namespace JobStorages.Quickstart.Telemetry;

/// <summary>
/// The equirectangular projection around a place: a degree of longitude is shortened by the cosine of the latitude, so that
/// a metre is a metre in both directions. Off by millimetres over the kilometre that a flight covers.
/// </summary>
internal sealed class LocalPlane(GeoPosition origin)
{
    private readonly double _cosLatitude = Math.Cos(double.DegreesToRadians(origin.Latitude));

    public PlanePoint Project(GeoPosition position) => new(
        double.DegreesToRadians(position.Longitude - origin.Longitude) * GeoPosition.EarthRadius * _cosLatitude,
        double.DegreesToRadians(position.Latitude - origin.Latitude) * GeoPosition.EarthRadius);

    public GeoPosition Unproject(PlanePoint point) => new(
        origin.Latitude + double.RadiansToDegrees(point.North / GeoPosition.EarthRadius),
        origin.Longitude + double.RadiansToDegrees(point.East / (GeoPosition.EarthRadius * _cosLatitude)));
}
