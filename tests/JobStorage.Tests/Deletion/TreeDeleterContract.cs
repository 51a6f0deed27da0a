using System.IO.Abstractions;
using JobStorages.Deletion;
using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Deletion;

/// <summary>What the managed deleter does on every file system.</summary>
public abstract class TreeDeleterContract : IDisposable
{
    private readonly Interception _interception;
    private readonly ManagedTreeDeleter _deleter;

    protected TreeDeleterContract(TestDisk disk)
    {
        Disk = disk;
        _interception = new Interception(disk.FileSystem);
        _deleter = new ManagedTreeDeleter(_interception.FileSystem);
    }

    private TestDisk Disk { get; }

    private IFileSystem FileSystem => Disk.FileSystem;

    private string Tree => Disk.Path("tree");

    public void Dispose()
    {
        Disk.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Delete_Missing_DoesNothing() => _deleter.Delete(Tree, CancellationToken.None);

    [Fact]
    public void Delete_File_DeletesIt()
    {
        Disk.Write(Tree);

        _deleter.Delete(Tree, CancellationToken.None);

        Assert.Empty(Disk.Names(Disk.Directory));
    }

    [Fact]
    public void Delete_WideAndDeep_DeletesAll()
    {
        string deep = Tree;
        for (int n = 0; n < 100; n++)
        {
            Disk.Write(FileSystem.Path.Combine(Tree, $"d{n % 7}", $"file-{n}"));
            deep = FileSystem.Path.Combine(deep, "d");
        }

        Disk.Write(FileSystem.Path.Combine(deep, "file"));

        _deleter.Delete(Tree, CancellationToken.None);

        Assert.Empty(Disk.Names(Disk.Directory));
    }

    [Fact]
    public void Delete_ReadOnlyFilesAndDirectories_DeletesThem()
    {
        foreach (string name in new[] { "a", "b/c", "b/d" })
        {
            Disk.Write(FileSystem.Path.Combine(Tree, name));
            FileSystem.File.SetAttributes(FileSystem.Path.Combine(Tree, name), FileAttributes.ReadOnly);
        }

        FileSystem.Directory.CreateDirectory(FileSystem.Path.Combine(Tree, "empty"));
        FileSystem.File.SetAttributes(FileSystem.Path.Combine(Tree, "empty"), FileAttributes.ReadOnly | FileAttributes.Directory);

        _deleter.Delete(Tree, CancellationToken.None);

        Assert.Empty(Disk.Names(Disk.Directory));
    }

    [Fact]
    public void Delete_LinkInside_RemovesItAndKeepsWhatItLeadsTo()
    {
        string outside = Disk.Path("outside");
        Disk.Write(FileSystem.Path.Combine(outside, "precious"));
        Disk.Write(FileSystem.Path.Combine(Tree, "file"));
        FileSystem.Directory.CreateSymbolicLink(FileSystem.Path.Combine(Tree, "link"), outside);

        _deleter.Delete(Tree, CancellationToken.None);

        Assert.Equal(["outside"], Disk.Names(Disk.Directory));
        Assert.Equal(["precious"], Disk.Names(outside));
    }

    [Fact]
    public void Delete_LinkItself_RemovesItAndKeepsWhatItLeadsTo()
    {
        string outside = Disk.Path("outside");
        Disk.Write(FileSystem.Path.Combine(outside, "precious"));
        FileSystem.Directory.CreateSymbolicLink(Tree, outside);

        _deleter.Delete(Tree, CancellationToken.None);

        Assert.Equal(["outside"], Disk.Names(Disk.Directory));
        Assert.Equal(["precious"], Disk.Names(outside));
    }

    [Fact]
    public void Delete_OneFileCannotBeDeleted_DeletesTheRestAndThrowsTheFirstError()
    {
        foreach (string name in new[] { "a/1", "a/2", "b/1", "b/c/2" })
        {
            Disk.Write(FileSystem.Path.Combine(Tree, name));
        }

        string stays = FileSystem.Path.Combine(Tree, "a", "2");
        _interception.Before = call => ThrowFor(call, "FileInfo.Delete", stays);

        IOException e = Assert.Throws<IOException>(() => _deleter.Delete(Tree, CancellationToken.None));

        Assert.Equal("in use", e.Message);
        Assert.Equal(["a"], Disk.Names(Tree));
        Assert.Equal(["2"], Disk.Names(FileSystem.Path.Combine(Tree, "a")));
    }

    [Fact]
    public void Delete_OneDirectoryCannotBeListed_DeletesTheRestAndThrows()
    {
        Disk.Write(FileSystem.Path.Combine(Tree, "a", "1"));
        Disk.Write(FileSystem.Path.Combine(Tree, "b", "1"));
        string stays = FileSystem.Path.Combine(Tree, "a");
        _interception.Before = call => ThrowFor(call, "DirectoryInfo.EnumerateFileSystemInfos", stays);

        Assert.Throws<IOException>(() => _deleter.Delete(Tree, CancellationToken.None));

        Assert.Equal(["a"], Disk.Names(Tree));
    }

    [Theory]
    [InlineData("FileInfo.Delete")]
    [InlineData("Directory.Delete")]
    [InlineData("DirectoryInfo.EnumerateFileSystemInfos")]
    public void Delete_SomebodyElseDeletesTheSameTree_Converges(string at)
    {
        Disk.Write(FileSystem.Path.Combine(Tree, "a", "1"));
        Disk.Write(FileSystem.Path.Combine(Tree, "a", "2"));
        Disk.Write(FileSystem.Path.Combine(Tree, "b", "1"));
        _interception.Before = call =>
        {
            if (call.Name == at)
            {
                _interception.Before = null;
                FileSystem.Directory.Delete(Tree, recursive: true);
            }
        };

        _deleter.Delete(Tree, CancellationToken.None);

        Assert.Empty(Disk.Names(Disk.Directory));
    }

    [Fact]
    public void Delete_SomebodyStillWrites_LooksAgain()
    {
        Disk.Write(FileSystem.Path.Combine(Tree, "a", "1"));
        int writes = 0;
        _interception.Before = call =>
        {
            if (call.Name == "Directory.Delete" && call.Path == FileSystem.Path.Combine(Tree, "a") && ++writes <= 2)
            {
                Disk.Write(FileSystem.Path.Combine(Tree, "a", $"late-{writes}"));
            }
        };

        _deleter.Delete(Tree, CancellationToken.None);

        Assert.Empty(Disk.Names(Disk.Directory));
    }

    [Fact]
    public void Delete_SomebodyNeverStopsWriting_GivesUp()
    {
        Disk.Write(FileSystem.Path.Combine(Tree, "a", "1"));
        int writes = 0;
        _interception.Before = call =>
        {
            if (call.Name == "Directory.Delete")
            {
                Disk.Write(FileSystem.Path.Combine(call.Path, $"late-{++writes}"));
            }
        };

        Assert.Contains("does not become empty", Assert.Throws<IOException>(() => _deleter.Delete(Tree, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.InRange(writes, 1, 20);
    }

    [Fact]
    public void Delete_DirectorySwappedForALinkSinceItWasListed_RemovesTheLink()
    {
        string outside = Disk.Path("outside");
        Disk.Write(FileSystem.Path.Combine(outside, "precious"));
        Disk.Write(FileSystem.Path.Combine(Tree, "a", "1"));
        string directory = FileSystem.Path.Combine(Tree, "a");
        _interception.After = call =>
        {
            if (call.Name == "DirectoryInfo.EnumerateFileSystemInfos" && call.Path == Tree)
            {
                // The list is made when it is read, so the swap waits for the first look at what is in it.
                _interception.Before = next =>
                {
                    if (next.Path == directory && next.Name == "DirectoryInfo.FullName")
                    {
                        _interception.Before = null;
                        FileSystem.Directory.Delete(directory, recursive: true);
                        FileSystem.Directory.CreateSymbolicLink(directory, outside);
                    }
                };
            }
        };

        _deleter.Delete(Tree, CancellationToken.None);

        Assert.Equal(["outside"], Disk.Names(Disk.Directory));
        Assert.Equal(["precious"], Disk.Names(outside));
    }

    [Fact]
    public void Delete_Cancelled_StopsBetweenTwoEntries()
    {
        Disk.Write(FileSystem.Path.Combine(Tree, "1"));
        Disk.Write(FileSystem.Path.Combine(Tree, "2"));
        using var cancellation = new CancellationTokenSource();
        _interception.After = call =>
        {
            if (call.Name == "FileInfo.Delete")
            {
                cancellation.Cancel();
            }
        };

        Assert.Throws<OperationCanceledException>(() => _deleter.Delete(Tree, cancellation.Token));

        Assert.Single(Disk.Names(Tree));
    }

    private static void ThrowFor(FileSystemCall call, string name, string path)
    {
        if (call.Name == name && call.Path == path)
        {
            throw new IOException("in use");
        }
    }
}
