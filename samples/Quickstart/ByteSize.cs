using static System.FormattableString;

namespace JobStorages.Quickstart;

internal static class ByteSize
{
    public static string Format(long bytes) => bytes < 1024 ? Invariant($"{bytes} B") : Invariant($"{bytes / 1024d:0.0} KiB");
}
