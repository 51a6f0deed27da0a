using System.Globalization;
using static System.FormattableString;

namespace JobStorages.Quickstart.Telemetry;

/// <summary>One row of the flight log. The altitude is above the take-off, the heading in degrees clockwise from north.</summary>
internal sealed record TelemetrySample(
    double Time,
    GeoPosition Position,
    double Altitude,
    double GroundSpeed,
    double Heading,
    double Voltage,
    double Current)
{
    public const string CsvHeader = "time_s,latitude_deg,longitude_deg,altitude_m,groundspeed_mps,heading_deg,battery_v,battery_a";

    public static TelemetrySample FromCsv(string row)
    {
        double[] values = new double[8];
        int count = 0;
        foreach (Range field in row.AsSpan().Split(','))
        {
            if (count == values.Length
                || !double.TryParse(row.AsSpan()[field], NumberStyles.Float, CultureInfo.InvariantCulture, out values[count++]))
            {
                throw new InvalidDataException($"Not a row of telemetry: '{row}'.");
            }
        }

        return count == values.Length
            ? new(values[0], new GeoPosition(values[1], values[2]), values[3], values[4], values[5], values[6], values[7])
            : throw new InvalidDataException($"A row of telemetry with too few values: '{row}'.");
    }

    public string ToCsv() =>
        Invariant($"{Time:0.0},{Position.Latitude:0.0000000},{Position.Longitude:0.0000000},{Altitude:0.00},")
        + Invariant($"{GroundSpeed:0.00},{Heading:0.0},{Voltage:0.00},{Current:0.0}");
}
