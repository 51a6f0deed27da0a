using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JobStorages.CrashTests.Host;

/// <summary>A generic host with jobs under way, which runs until it is told to stop.</summary>
internal static class Service
{
    public static async Task RunAsync(string root, string prefix)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJobStorage(o => o.RootPath = root);
        using IHost host = builder.Build();
        await host.StartAsync();
        IStorageRoot storage = host.Services.GetRequiredService<IStorageRoot>();
        for (int n = 0; n < 5; n++)
        {
            JobStorage job = storage.AllocateJob($"{prefix}-{n}");
            await File.WriteAllTextAsync(job.TlogPath, "log");
        }

        Progress.Line("ready");
        await host.WaitForShutdownAsync();
    }
}
