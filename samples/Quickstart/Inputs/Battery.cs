namespace JobStorages.Quickstart.Inputs;

/// <summary>A battery of six lithium cells, whose voltage sinks with its charge and under load.</summary>
internal sealed class Battery
{
    private const double FullVoltage = 25.2;
    private const double VoltageDrop = 4.2;
    private const double Capacity = 5.0 * 3600;
    private const double Resistance = 0.02;

    private double _drawn;

    public double Voltage { get; private set; } = FullVoltage;

    public double Current { get; private set; }

    public void Supply(double watts, double seconds)
    {
        Current = watts / Voltage;
        _drawn += Current * seconds;
        Voltage = FullVoltage - (VoltageDrop * _drawn / Capacity) - (Resistance * Current);
    }
}
