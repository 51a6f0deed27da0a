using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Running;

internal readonly record struct TrackPoint(double Time, GeoPosition Position, double Altitude);
