// What a user of the package does, from the first line to the shutdown. Run as it is and compiled ahead of time.
//
//   Consumer                 uses the library
//   Consumer check PACKAGE   looks into a .nupkg and the .snupkg beside it instead
using Consumer;
using JobStorages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

if (args is ["check", var package])
{
    PackageCheck.Run(package);
    Console.WriteLine("ok");
    return;
}

string temporary = Directory.CreateTempSubdirectory("jobstorage-consumer-").FullName;
try
{
    string root = Path.Combine(temporary, "jobs");
    using (IHost host = CreateHost(root))
    {
        await host.StartAsync();
        await UseAsync(host.Services.GetRequiredService<IStorageRoot>());
        await host.StopAsync();
    }

    Expect.That(!Directory.Exists(Path.Combine(root, "left-over")), "the shutdown of the host deletes the jobs that are left");
    await RefuseEmptyRootAsync();
}
finally
{
    Directory.Delete(temporary, recursive: true);
}

Console.WriteLine("ok");

static IHost CreateHost(string rootPath)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    // A warning of the library should be seen; the start that is to fail would print an error that is none.
    builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    builder.Services.AddJobStorage(options => options.RootPath = rootPath);
    return builder.Build();
}

static async Task UseAsync(IStorageRoot storage)
{
    JobStorage job = storage.AllocateJob("flight-42");
    await File.WriteAllTextAsync(job.CsvPath, "t,lat,lon\n");
    await File.WriteAllTextAsync(job.PathTo("output/report.txt"), "done\n");

    Expect.That(storage.ListJobs() is ["flight-42"], "the job is listed");
    Expect.That(storage.TryGetJob("flight-42", out JobStorage? found) && found == job, "the job is found, with the same paths");
    Expect.Throws<JobAlreadyExistsException>(() => storage.AllocateJob("flight-42"), "flight-42");
    Expect.Throws<ArgumentException>(() => storage.AllocateJob("../escape"), "../escape");
    Expect.Throws<ArgumentException>(() => job.PathTo("../escape"), "../escape");

    storage.ReleaseJob("flight-42");
    Expect.That(!Directory.Exists(job.Root), "a released job is gone");
    Expect.That(!storage.TryGetJob("flight-42", out _), "a released job is not found");

    storage.AllocateJob("first");
    storage.AllocateJob("second");
    await storage.ReleaseJobAsync("first");
    await storage.CleanupAllAsync();
    Expect.That(storage.ListJobs() is [], "nothing is listed after a clean-up");

    storage.AllocateJob("left-over");
}

static async Task RefuseEmptyRootAsync()
{
    using IHost host = CreateHost(rootPath: "");
    try
    {
        await host.StartAsync();
    }
    catch (OptionsValidationException e)
    {
        Expect.That(e.Message.Contains("RootPath", StringComparison.Ordinal), $"the message names the option: {e.Message}");
        return;
    }

    Expect.That(false, "a host with an empty RootPath does not start");
}
