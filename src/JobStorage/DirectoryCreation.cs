using System.IO.Abstractions;

namespace JobStorages;

/// <summary>Creates our directories with the mode that the host has set, where the file system has modes.</summary>
internal sealed class DirectoryCreation(IFileSystem fileSystem, UnixFileMode mode)
{
    private volatile bool _withoutModes;

    public void Create(string path)
    {
        if (!OperatingSystem.IsWindows() && !_withoutModes)
        {
            try
            {
                fileSystem.Directory.CreateDirectory(path, mode);
                return;
            }
            catch (NotImplementedException)
            {
                // MockFileSystem has no modes.
                _withoutModes = true;
            }
        }

        fileSystem.Directory.CreateDirectory(path);
    }
}
