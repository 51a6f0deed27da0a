namespace JobStorages.Quickstart.Running;

/// <summary>A rectangle of the drawing, in its units.</summary>
internal readonly record struct CanvasArea(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;
}
