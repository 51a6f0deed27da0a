using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace JobStorages.Quickstart;

/// <summary>A host from its start to its end, with one job in between.</summary>
internal static class Demonstration
{
    private const string ForgottenJobId = "flight-0043";

    public static async Task RunAsync(string? keepDirectory)
    {
        string root = NewRootPath();
        try
        {
            using (IHost host = BuildHost(root))
            {
                await host.StartAsync();
                await UseAsync(host, keepDirectory);
                await host.StopAsync();
            }

            Narrator.Step("7. Dispose the host");
            Narrator.Confirm(JobDirectories(root) is [], $"{ForgottenJobId} is gone as well: no job is left under the root");
        }
        finally
        {
            if (Directory.Exists(root))
            {
                Directory.Delete(root, recursive: true);
            }
        }

        Narrator.Confirm(!Path.Exists(root), "the temporary root is gone, this program has removed it");
    }

    private static async Task UseAsync(IHost host, string? keepDirectory)
    {
        CancellationToken stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        IStorageRoot storage = host.Services.GetRequiredService<IStorageRoot>();
        Console.WriteLine("1. Start a host with services.AddJobStorage(o => o.RootPath = ...)");
        Narrator.Line($"root  {storage.Root}");

        await new JobWalkthrough(storage, "flight-0042", keepDirectory).RunAsync(stopping);

        Narrator.Step($"6. Allocate {ForgottenJobId} and forget to release it");
        storage.AllocateJob(ForgottenJobId);
        Narrator.Confirm(storage.ListJobs() is [ForgottenJobId], $"ListJobs: [{ForgottenJobId}]");
    }

    private static IHost BuildHost(string root)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddJobStorage(o => o.RootPath = root);

        // What JobStorage says at Information, that it has opened and cleaned up its root, the narrator shows.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).ClearProviders().AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        return builder.Build();
    }

    private static string NewRootPath()
    {
        string root;
        do
        {
            string suffix = Path.GetFileNameWithoutExtension(Path.GetRandomFileName());
            root = Path.GetFullPath(Path.Join(Path.GetTempPath(), $"jobstorage-quickstart-{suffix}"));
        }
        while (Path.Exists(root));

        return root;
    }

    // The storage has been disposed of and can't be asked. Names with a dot in front are its own.
    private static List<string> JobDirectories(string root) =>
        [.. Directory.EnumerateDirectories(root).Where(path => !Path.GetFileName(path).StartsWith('.'))];
}
