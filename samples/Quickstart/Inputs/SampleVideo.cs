using System.Buffers.Binary;

namespace JobStorages.Quickstart.Inputs;

/// <summary>
/// Bytes in the shape of an MP4: a file type box, then a media data box. Nothing can play it, but it is as incompressible
/// as a video and the same in every run.
/// </summary>
internal static class SampleVideo
{
    private const int ChunkSize = 64 * 1024;
    private const int Chunks = 6;
    private const int BoxHeaderSize = 8;

    public static async Task WriteAsync(string path, CancellationToken ct)
    {
        await using FileStream video = File.Create(path);
        await video.WriteAsync(Box("ftyp"u8, "isom\0\0\0\u0001isommp41"u8), ct);
        await video.WriteAsync(BoxHeader("mdat"u8, Chunks * ChunkSize), ct);

        byte[] chunk = new byte[ChunkSize];
        ulong state = 0x9E3779B97F4A7C15;
        for (int i = 0; i < Chunks; i++)
        {
            state = Fill(chunk, state);
            await video.WriteAsync(chunk, ct);
        }
    }

    private static byte[] Box(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content) => [.. BoxHeader(type, content.Length), .. content];

    private static byte[] BoxHeader(ReadOnlySpan<byte> type, int contentLength)
    {
        byte[] header = new byte[BoxHeaderSize];
        BinaryPrimitives.WriteInt32BigEndian(header, BoxHeaderSize + contentLength);
        type.CopyTo(header.AsSpan(sizeof(int)));
        return header;
    }

    // xorshift64: unlike System.Random with a seed, promised to be the same on every version of .NET.
    private static ulong Fill(Span<byte> chunk, ulong state)
    {
        for (int i = 0; i < chunk.Length; i += sizeof(ulong))
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            BinaryPrimitives.WriteUInt64LittleEndian(chunk[i..], state);
        }

        return state;
    }
}
