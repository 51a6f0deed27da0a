using System.Security.Cryptography;

namespace JobStorages.Quickstart.Running;

internal sealed record VideoFacts(long Length, string Sha256)
{
    public static async Task<VideoFacts> ReadAsync(string path, CancellationToken ct)
    {
        await using FileStream video = File.OpenRead(path);
        byte[] hash = await SHA256.HashDataAsync(video, ct);
        return new VideoFacts(video.Length, Convert.ToHexStringLower(hash));
    }
}
