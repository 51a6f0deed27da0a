using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using JobStorages.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging;

namespace JobStorages.Tests.Conventions;

/// <summary>The README says what is so: its code compiles, its test passes, its tables are those of the code.</summary>
public sealed partial class ReadmeTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string s_text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    public static TheoryData<string> CodeBlocks => [.. CodeBlock().Matches(s_text).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Length_Always_IsAtMostOneHundredAndFiftyLines() => Assert.InRange(s_text.TrimEnd().Split('\n').Length, 1, 150);

    [Theory]
    [MemberData(nameof(CodeBlocks))]
    public void Code_EachBlock_CompilesAndItsTestsPass(string code)
    {
        Assembly assembly = Compile(code);

        foreach (MethodInfo fact in assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FactAttribute))))
        {
            fact.Invoke(Activator.CreateInstance(fact.DeclaringType!), null);
        }
    }

    [Fact]
    public void Code_Always_HasATestForTheReader() => Assert.Contains("[Fact]", s_text, StringComparison.Ordinal);

    [Fact]
    public void LogTable_Always_IsThatOfTheCode() => Assert.Equal(
        typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!)
            .OrderBy(e => e.EventId)
            .Select(e => (e.EventId, e.Level.ToString(), e.EventName!)),
        LogRow().Matches(s_text).Select(match =>
            (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value, match.Groups[3].Value)));

    [Fact]
    public void OptionsTable_Always_IsThatOfTheCode() => Assert.Equal(
        typeof(JobStorageOptions).GetProperties().Select(property => property.Name).Order(),
        OptionRow().Matches(s_text).Select(match => match.Groups[1].Value).Order());

    [Fact]
    public void Links_Always_LeadToFilesOfTheRepository() =>
        Assert.All(Link().Matches(s_text), match => Assert.True(File.Exists(Path.Combine(Repository.Root, match.Groups[1].Value)), match.Value));

    private static Assembly Compile(string code)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        bool isProgram = code.Contains("args", StringComparison.Ordinal);
        var compilation = CSharpCompilation.Create(
            "Readme-" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(code)],
            trusted.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return Assembly.Load(image.ToArray());
    }

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex LogRow();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex OptionRow();

    [GeneratedRegex(@"\]\(([^):]+)\)")]
    private static partial Regex Link();
}
