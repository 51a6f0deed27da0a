namespace JobStorages.Quickstart;

internal static class DirectoryTree
{
    private const int SizeColumn = 40;

    public static IEnumerable<string> Lines(string directory)
    {
        var top = new DirectoryInfo(directory);
        return Children(top, indent: string.Empty).Prepend($"{top.Name}/");
    }

    private static IEnumerable<string> Children(DirectoryInfo directory, string indent)
    {
        FileSystemInfo[] entries = [.. directory.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        for (int i = 0; i < entries.Length; i++)
        {
            bool last = i == entries.Length - 1;
            string name = $"{indent}{(last ? "└─ " : "├─ ")}{entries[i].Name}";
            if (entries[i] is not DirectoryInfo child)
            {
                string size = ByteSize.Format(((FileInfo)entries[i]).Length);
                yield return name + size.PadLeft(Math.Max(SizeColumn - name.Length, size.Length + 1));
                continue;
            }

            yield return $"{name}/";
            foreach (string line in Children(child, indent + (last ? "   " : "│  ")))
            {
                yield return line;
            }
        }
    }
}
