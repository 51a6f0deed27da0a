using System.Reflection;
using System.Runtime.CompilerServices;
using JobStorages.Tests.Contract;
using JobStorages.Tests.Disks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace JobStorages.Tests.Conventions;

/// <summary>The house rules that a machine can check.</summary>
public sealed class ConventionTests
{
    private static readonly string s_source = Path.Combine(Repository.Root, "src", "JobStorage");

    private static readonly (string File, CompilationUnitSyntax Unit)[] s_files =
    [
        .. Directory.EnumerateFiles(s_source, "*.cs", SearchOption.AllDirectories)
            .Select(file => (file, CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetCompilationUnitRoot())),
    ];

    private static readonly Type[] s_types =
        [.. typeof(StorageRoot).Assembly.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.IsNested)];

    [Fact]
    public void PublicTypes_Always_AreSealedAndInTheRootNamespace() =>
        Assert.All(typeof(StorageRoot).Assembly.GetExportedTypes(), type =>
        {
            Assert.True(type.IsSealed || type.IsInterface, type.FullName);
            Assert.Equal("JobStorages", type.Namespace);
        });

    [Fact]
    public void Files_Always_HoldOneTypeOfTheirName()
    {
        Assert.NotEmpty(s_files);
        Assert.All(s_files, file =>
        {
            BaseTypeDeclarationSyntax[] types = [.. file.Unit.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => type.Parent is not TypeDeclarationSyntax)];
            Assert.Equal(Path.GetFileNameWithoutExtension(file.File), Assert.Single(types).Identifier.Text);
        });
    }

    [Fact]
    public void Files_Always_HaveTheNamespaceOfTheirFolder() =>
        Assert.All(s_files, file =>
        {
            string folder = Path.GetRelativePath(s_source, Path.GetDirectoryName(file.File)!);
            string expected = folder == "." ? "JobStorages" : "JobStorages." + folder.Replace(Path.DirectorySeparatorChar, '.');
            Assert.Equal(expected, file.Unit.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Single().Name.ToString());
        });

    [Fact]
    public void Catches_Always_SayWhatTheyServe() =>
        Assert.All(
            s_files.SelectMany(file => file.Unit.DescendantNodes().OfType<CatchClauseSyntax>().Select(clause => (file.File, clause))),
            pair => Assert.True(
                pair.clause.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)),
                $"{Path.GetFileName(pair.File)}: {pair.clause.ToString().Split('\n')[0]}"));

    /// <summary>Every path goes through the injected file system: on a mock, nothing may reach the disk.</summary>
    [Fact]
    public void Files_Always_ReachTheDiskThroughIFileSystemOnly() =>
        Assert.All(s_files, file => Assert.Empty(
            file.Unit.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
                .Where(access => access.Expression is IdentifierNameSyntax { Identifier.Text: "File" or "Directory" or "FileInfo" or "DirectoryInfo" })
                .Select(access => $"{Path.GetFileName(file.File)}: {access}")));

    [Fact]
    public void Types_Always_AreNotCalledUtilsHelpersOrManager() =>
        Assert.All(s_types, type => Assert.False(
            type.Name.EndsWith("Utils", StringComparison.Ordinal) || type.Name.EndsWith("Helpers", StringComparison.Ordinal)
            || type.Name.EndsWith("Helper", StringComparison.Ordinal) || type.Name.EndsWith("Manager", StringComparison.Ordinal),
            type.Name));

    [Fact]
    public void Deletion_Always_LeavesWhoIsAliveToOwnershipAndOwnershipLeavesDeletingToDeletion()
    {
        Assert.All(s_files.Where(file => file.File.Contains("Deletion", StringComparison.Ordinal)), file =>
            Assert.DoesNotContain(file.Unit.DescendantNodes().OfType<IdentifierNameSyntax>(), name => name.Identifier.Text is "Leases" or "LeaseState" or "Sweeper"));
        Assert.All(s_files.Where(file => file.File.Contains("Ownership", StringComparison.Ordinal)), file =>
            Assert.DoesNotContain(file.Unit.DescendantNodes().OfType<MemberAccessExpressionSyntax>(), access => access.ToString() == "fileSystem.Directory.Delete"));
    }

    [Fact]
    public void Dependencies_Always_AreTheThreePackages() =>
        Assert.Equal(
            ["Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "System.IO.Abstractions"],
            System.Xml.Linq.XDocument.Load(Path.Combine(s_source, "JobStorage.csproj")).Descendants("PackageReference")
                .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
                .Select(reference => (string)reference.Attribute("Include")!)
                .Order());

    /// <summary>Every suite of shared facts runs on the mock and on the real disk.</summary>
    [Fact]
    public void Contracts_Always_RunOnEveryFileSystem()
    {
        Type[] suites = [.. Assembly.GetExecutingAssembly().GetTypes().Where(type => type.IsAbstract && !type.IsSealed && type.IsPublic && type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute))))];

        Assert.Contains(typeof(StorageRootContract), suites);
        Assert.All(suites, suite => Assert.Equal(
            [nameof(MockDisk), nameof(RealDisk)],
            Assembly.GetExecutingAssembly().GetTypes().Where(type => type.IsSubclassOf(suite))
                .Select(type => type.Name.Contains("OnMock", StringComparison.Ordinal) ? nameof(MockDisk) : nameof(RealDisk))
                .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Tests_Always_AreNamedMemberConditionOutcome() =>
        Assert.All(
            Assembly.GetExecutingAssembly().GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FactAttribute))),
            method => Assert.Matches(@"\A[A-Z][A-Za-z0-9]*_[A-Z][A-Za-z0-9]*_[A-Z][A-Za-z0-9]*\z", method.Name));
}
