namespace JobStorages.Quickstart.Inputs;

/// <summary>A pinhole camera as calibration tools describe it; lengths in pixels.</summary>
internal sealed record CameraCalibration(
    string Camera,
    int ImageWidth,
    int ImageHeight,
    IReadOnlyList<IReadOnlyList<double>> CameraMatrix,
    IReadOnlyList<double> DistortionCoefficients,
    double ReprojectionError)
{
    public static CameraCalibration Sample { get; } = new(
        "survey-4k",
        ImageWidth: 3840,
        ImageHeight: 2160,
        CameraMatrix: [[2871.4, 0, 1918.7], [0, 2873.1, 1082.3], [0, 0, 1]],
        DistortionCoefficients: [-0.1127, 0.0934, 0.0003, -0.0006, -0.0218],
        ReprojectionError: 0.31);

    /// <summary>The size on the ground, in metres, of one pixel seen straight down from an altitude.</summary>
    public double GroundResolution(double altitude) => CameraMatrix is [[> 0 and double focalLength, ..], ..]
        ? altitude / focalLength
        : throw new InvalidDataException("The calibration has no focal length.");
}
