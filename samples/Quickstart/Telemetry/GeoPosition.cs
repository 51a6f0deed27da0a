namespace JobStorages.Quickstart.Telemetry;

/// <summary>A place on the earth, in degrees.</summary>
internal readonly record struct GeoPosition(double Latitude, double Longitude)
{
    public const double EarthRadius = 6_371_008.8;

    /// <summary>The great-circle distance in metres, by haversine.</summary>
    public double DistanceTo(GeoPosition other)
    {
        double sinLatitude = Math.Sin(double.DegreesToRadians(other.Latitude - Latitude) / 2);
        double sinLongitude = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        double cosines = Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude));
        double haversine = (sinLatitude * sinLatitude) + (cosines * sinLongitude * sinLongitude);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }
}
