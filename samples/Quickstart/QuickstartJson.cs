using System.Text.Json.Serialization;
using JobStorages.Quickstart.Inputs;
using JobStorages.Quickstart.Running;

namespace JobStorages.Quickstart;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CameraCalibration))]
[JsonSerializable(typeof(PositionEstimate))]
internal sealed partial class QuickstartJson : JsonSerializerContext;
