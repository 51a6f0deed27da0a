using JobStorages.Quickstart.Telemetry;

namespace JobStorages.Quickstart.Inputs;

/// <summary>Where a drone is to fly. It comes to rest at a stop, and rounds the others off.</summary>
internal sealed record Waypoint(PlanePoint Position, double Altitude, bool Stop = false);
