using System.Diagnostics;

namespace JobStorages.Tests.Disks;

/// <summary>A file system in memory that is easily full.</summary>
public sealed class TinyTmpfs : IDisposable
{
    private static readonly Lazy<string?> s_whyNot = new(TryOnce);
    private readonly string _mountPoint = Directory.CreateTempSubdirectory("JobStorage.Tests-tmpfs-").FullName;

    public TinyTmpfs(int kibibytes, int inodes)
    {
        string? failure = Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k,nr_inodes={inodes},mode=0700", "tmpfs", _mountPoint);
        if (failure is not null)
        {
            Directory.Delete(_mountPoint);
            throw new InvalidOperationException(failure);
        }

        Disk = new RealDisk(_mountPoint);
    }

    /// <summary>Gets the reason why none can be mounted here, or <see langword="null"/>.</summary>
    public static string? WhyNot => s_whyNot.Value;

    public TestDisk Disk { get; }

    /// <summary>Writes files until no more can be written.</summary>
    public void FillSpace() => Fill(new byte[1024]);

    /// <summary>Makes empty files until no more can be made.</summary>
    public void FillInodes() => Fill([]);

    /// <summary>Makes room for one file of what was filled.</summary>
    public void Free() => File.Delete(Directory.EnumerateFiles(_mountPoint, "fill-*").First());

    public void Dispose()
    {
        Run("umount", "--lazy", _mountPoint);
        Directory.Delete(_mountPoint);
    }

    private static string? TryOnce()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Needs Linux, to mount a tmpfs.";
        }

        try
        {
            using var tmpfs = new TinyTmpfs(kibibytes: 16, inodes: 16);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return $"Needs the right to mount a tmpfs: {e.Message}";
        }
    }

    private static string? Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }

    private void Fill(byte[] content)
    {
        try
        {
            for (int n = 0; ; n++)
            {
                File.WriteAllBytes(Path.Combine(_mountPoint, $"fill-{n}"), content);
            }
        }
        catch (IOException e) when (DiskFull.Explains(e))
        {
            // That was the point.
        }
    }
}
