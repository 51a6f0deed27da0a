using static System.FormattableString;

namespace JobStorages.Quickstart.Running;

/// <summary>Draws a flight as an SVG: the map, and the altitude below it.</summary>
internal sealed class TrackMap(FlightSummary flight)
{
    private const double Width = 960;
    private const double Margin = 32;
    private const double HeaderHeight = 88;
    private const double ProfileHeight = 96;
    private const double GridSpacing = 50;
    private const double LongestScaleBar = 180;

    private readonly MapProjection _map = new(flight.Track, Margin, HeaderHeight, Width - (2 * Margin));

    private CanvasArea ProfileArea => new(Margin, _map.Area.Bottom + 44, Width - (2 * Margin), ProfileHeight);

    public IEnumerable<string> Lines() =>
    [
        Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {ProfileArea.Bottom + 40:0}"
                 font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13" fill="#51606b">
            <rect width="100%" height="100%" fill="#fff"/>
            """),
        Header(),
        Ground(),
        .. Track(),
        ScaleBar(),
        NorthArrow(),
        .. new AltitudeProfile(flight, ProfileArea).Lines(),
        "</svg>",
    ];

    private string Header() => Invariant($"""
        <text x="{Margin}" y="42" font-size="22" font-weight="600" fill="#1b2733">Survey flight</text>
        <text x="{Margin}" y="66">
          {flight.Distance / 1000:0.00} km in {flight.Duration:m\:ss} min, position estimates {flight.RmsError:0.00} m RMS off the log
        </text>
        <g transform="translate({Width - Margin - 236} 61)">
          <path d="M0 0h26" stroke="#1d5a99" stroke-width="2.5"/><text x="34" y="5">logged track</text>
          <circle cx="140" r="3" fill="#f08a24"/><text x="150" y="5">estimate, 1/s</text>
        </g>
        """);

    private string Ground() => Invariant($"""
        <rect x="{_map.Area.X}" y="{_map.Area.Y}" width="{_map.Area.Width}" height="{_map.Area.Height:0.0}" rx="6" fill="#f1f5ec"/>
        <path d="{_map.GridPath(GridSpacing)}" stroke="#dde6d3"/>
        """);

    private IEnumerable<string> Track() =>
    [
        $"""<polyline points="{TrackPoints()}" fill="none" stroke="#1d5a99" stroke-width="2.5" stroke-linejoin="round"/>""",
        """<g fill="#f08a24">""",
        .. flight.Estimates
            .Select(point => _map.Place(point.Position))
            .Select(p => Invariant($"""<circle cx="{p.X:0.0}" cy="{p.Y:0.0}" r="2"/>""")),
        "</g>",
        Marker(flight.Track[0], "#2f9e56", "take-off"),
        Marker(flight.Track[^1], "#cf3f44", "landing"),
    ];

    private string TrackPoints() => string.Join(
        ' ',
        flight.Track.Select(point => _map.Place(point.Position)).Select(p => Invariant($"{p.X:0.0},{p.Y:0.0}")));

    private string Marker(TrackPoint point, string colour, string label)
    {
        (double x, double y) = _map.Place(point.Position);
        return Invariant($"""
            <g transform="translate({x:0.0} {y:0.0})" fill="{colour}">
              <circle r="7" stroke="#fff" stroke-width="2.5"/>
              <text y="24" text-anchor="middle" font-weight="600">{label}</text>
            </g>
            """);
    }

    private string ScaleBar()
    {
        double metres = RoundDown(LongestScaleBar / _map.Scale);
        double length = metres * _map.Scale;
        return Invariant($"""
            <g transform="translate({_map.Area.Right - 24 - length:0.0} {_map.Area.Bottom - 22:0.0})" fill="#1b2733">
              <path d="M0 -6V0H{length:0.0}V-6" fill="none" stroke="#1b2733" stroke-width="2"/>
              <text x="{length / 2:0.0}" y="-8" text-anchor="middle">{metres} m</text>
            </g>
            """);
    }

    private string NorthArrow() => Invariant($"""
        <g transform="translate({_map.Area.Right - 30} {_map.Area.Y + 46})" fill="#1b2733">
          <path d="M0 -30L7 -10L0 -15L-7 -10Z"/>
          <text y="6" text-anchor="middle" font-weight="600">N</text>
        </g>
        """);

    // To 1, 2 or 5 times a power of ten.
    private static double RoundDown(double metres)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(metres)));
        return power * ((metres / power) switch { >= 5 => 5, >= 2 => 2, _ => 1 });
    }
}
