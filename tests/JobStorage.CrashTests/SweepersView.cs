using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Abstractions;
using JobStorages.Tests.Disks;

namespace JobStorages.CrashTests;

/// <summary>The file systems of the sweepers and of the instances beside them: as they are, and, for the control, with what protects a job taken away.</summary>
internal static class SweepersView
{
    /// <summary>On it, a sweeper takes its time between its look at a job and the rename, so that others come in between.</summary>
    public static IFileSystem Hesitant(IFileSystem fileSystem)
    {
        var interception = new Interception(fileSystem);
        interception.Before = Hesitate;
        return interception.FileSystem;
    }

    /// <summary>On it, <c>sweep.lock</c> keeps nobody out.</summary>
    public static IFileSystem WithoutLock(IFileSystem fileSystem)
    {
        var interception = new Interception(fileSystem);
        interception.Before = ShareSweepLock;
        return interception.FileSystem;
    }

    /// <summary>
    /// On it, a sweeper takes its time, <c>sweep.lock</c> keeps nobody out, and what a sweeper reads in <c>.owner</c> after the rename is always what it read before: the second look sees nothing.
    /// </summary>
    public static IFileSystem HesitantWithoutLockAndSecondLook(IFileSystem fileSystem)
    {
        var interception = new Interception(fileSystem);
        var judged = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        interception.Before = call =>
        {
            Hesitate(call);
            ShareSweepLock(call);
            if (call.Name == "Directory.Move" && call.Arguments is [string from, string to] && judged.TryRemove(from, out string? copy))
            {
                judged[to] = copy;
            }
            else if (call.Name == "FileStream.New" && Path.GetFileName(call.Path) == ".owner")
            {
                string directory = Path.GetDirectoryName(call.Path)!;
                call.Arguments[0] = Path.GetFileName(directory).StartsWith('.') && judged.TryGetValue(directory, out string? seen)
                    ? seen
                    : judged[directory] = Copy(call.Path);
            }
        };
        return interception.FileSystem;
    }

    private static void Hesitate(FileSystemCall call)
    {
        if (call.Name == "Directory.Move")
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(1))
            {
                Thread.Yield();
            }
        }
    }

    private static string Copy(string owner)
    {
        string copy = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.Copy(owner, copy);
        }
        catch (IOException)
        {
            // It is gone: the library finds that out for itself, as the copy is missing too.
        }

        return copy;
    }

    private static void ShareSweepLock(FileSystemCall call)
    {
        if (Path.GetFileName(call.Path) == "sweep.lock" && call.Name == "FileStream.New")
        {
            call.Arguments[Array.FindIndex(call.Arguments, argument => argument is FileShare)] = FileShare.ReadWrite | FileShare.Delete;
        }
    }
}
