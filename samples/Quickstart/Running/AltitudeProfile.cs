using static System.FormattableString;

namespace JobStorages.Quickstart.Running;

/// <summary>Draws the altitude over the time of a flight.</summary>
internal sealed class AltitudeProfile(FlightSummary flight, CanvasArea area)
{
    private readonly double _ceiling = Math.Max(1, flight.MaxAltitude);
    private readonly double _seconds = Math.Max(1, flight.Duration.TotalSeconds);

    public IEnumerable<string> Lines()
    {
        // The estimates, one a second, are as fine as the drawing.
        string line = string.Join('L', flight.Estimates.Select(p => Invariant($"{X(p.Time):0.0} {Y(p.Altitude):0.0}")));
        double last = X(flight.Estimates[^1].Time);
        return
        [
            Invariant($"""
                <text x="{area.X}" y="{area.Y - 12:0.0}">Altitude above take-off, {flight.MaxAltitude:0} m at most</text>
                <path d="M{area.X} {area.Bottom:0.0}L{line}L{last:0.0} {area.Bottom:0.0}Z" fill="#dbe8f4"/>
                <path d="M{line}" fill="none" stroke="#1d5a99" stroke-width="2"/>
                <path d="M{area.X} {area.Bottom:0.0}H{area.Right}" stroke="#b6c2cc"/>
                <g font-size="11">
                """),
            .. Enumerable.Range(0, (int)Math.Ceiling(_seconds / 60)).Select(Minute),
            "</g>",
        ];
    }

    private string Minute(int minute)
    {
        double x = X(flight.Track[0].Time + (60 * minute));
        return Invariant($"""<text x="{x:0.0}" y="{area.Bottom + 18:0.0}">{minute} min</text>""");
    }

    private double X(double time) => area.X + ((time - flight.Track[0].Time) / _seconds * area.Width);

    private double Y(double altitude) => area.Bottom - (Math.Max(0, altitude) / _ceiling * area.Height);
}
