using System.IO.Compression;
using System.Xml.Linq;

namespace Consumer;

/// <summary>What has to be in the package, as a gallery and its users will see it.</summary>
internal static class PackageCheck
{
    private static readonly string[] s_dependencies =
    [
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "System.IO.Abstractions",
    ];

    public static void Run(string path)
    {
        CheckPackage(path);
        CheckSymbols(Path.ChangeExtension(path, ".snupkg"));
    }

    private static void CheckPackage(string path)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        ExpectEntry(package, "README.md");
        ExpectEntry(package, "lib/net10.0/JobStorage.dll");
        ExpectEntry(package, "lib/net10.0/JobStorage.xml");

        using Stream nuspec = package.GetEntry("JobStorage.nuspec")!.Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        Expect.That(Value(metadata, "id") == "JobStorage", "the id is JobStorage");
        Expect.That(Value(metadata, "readme") == "README.md", "the readme is README.md");
        Expect.That(Value(metadata, "description").Length > 0, "there is a description");
        Expect.That(Value(metadata, "tags").Length > 0, "there are tags");
        Expect.That(Value(metadata, "releaseNotes").Length > 0, "there are release notes");

        XElement? license = Child(metadata, "license");
        Expect.That(license?.Attribute("type")?.Value == "expression" && license.Value == "MIT", "the licence is the expression MIT");

        // The project has no public address; one that slipped in would be somebody's clone.
        Expect.That(Child(metadata, "projectUrl") is null, "there is no projectUrl");
        Expect.That(Child(metadata, "repository")?.Attribute("url") is null, "there is no repository url");

        XElement group = metadata.Descendants().Single(element => element.Name.LocalName == "group");
        Expect.That(group.Attribute("targetFramework")?.Value == "net10.0", "the dependencies are those of net10.0");
        string[] dependencies = [.. group.Elements().Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal)];
        Expect.That(dependencies.SequenceEqual(s_dependencies), $"exactly three dependencies: {string.Join(", ", dependencies)}");
    }

    private static void CheckSymbols(string path)
    {
        using ZipArchive symbols = ZipFile.OpenRead(path);
        ExpectEntry(symbols, "lib/net10.0/JobStorage.pdb");
    }

    private static void ExpectEntry(ZipArchive archive, string name) =>
        Expect.That(archive.GetEntry(name)?.Length > 0, $"there is {name}, and it is not empty");

    // The namespace of a nuspec depends on what it uses, so elements are told by their local names.
    private static XElement? Child(XElement parent, string name) =>
        parent.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static string Value(XElement parent, string name) => Child(parent, name)?.Value.Trim() ?? string.Empty;
}
