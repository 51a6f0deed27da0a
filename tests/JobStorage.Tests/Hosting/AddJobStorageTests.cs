using System.IO.Abstractions;
using JobStorages.Tests.Disks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobStorages.Tests.Hosting;

public sealed class AddJobStorageTests : IDisposable
{
    private readonly MockDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void AddJobStorage_Always_GivesTheServicesBack()
    {
        var services = new ServiceCollection();

        Assert.Same(services, services.AddJobStorage());
        Assert.Same(services, services.AddJobStorage(_ => { }));
    }

    [Fact]
    public void AddJobStorage_ServicesOrConfigureNull_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddJobStorage());
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddJobStorage(null!));
    }

    [Fact]
    public void AddJobStorage_Twice_IsTheSameAsOnce()
    {
        var services = new ServiceCollection();
        services.AddJobStorage(options => options.RootPath = _disk.Root);
        int once = services.Count;

        services.AddJobStorage();

        Assert.Equal(once, services.Count);
        Assert.Single(services, service => service.ServiceType == typeof(IStorageRoot));
        Assert.Single(services, service => service.ServiceType == typeof(IFileSystem));
        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<JobStorageOptions>));
    }

    [Fact]
    public void AddJobStorage_FileSystemRegisteredBefore_IsUsed()
    {
        using ServiceProvider provider = Provider();

        provider.GetRequiredService<IStorageRoot>().AllocateJob("job-1");

        Assert.Equal(["job-1"], _disk.NamesInRoot());
    }

    [Fact]
    public void AddJobStorage_FileSystemRegisteredAfterwards_IsUsed()
    {
        var services = new ServiceCollection();
        services.AddJobStorage(options => options.RootPath = _disk.Root);
        services.AddSingleton(_disk.FileSystem);
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IStorageRoot>().AllocateJob("job-1");

        Assert.Equal(["job-1"], _disk.NamesInRoot());
    }

    [Fact]
    public void AddJobStorage_NoFileSystemRegistered_UsesTheRealOne()
    {
        using var disk = new RealDisk();
        using ServiceProvider provider = new ServiceCollection().AddJobStorage(options => options.RootPath = disk.Root).BuildServiceProvider();

        JobStorage job = provider.GetRequiredService<IStorageRoot>().AllocateJob("job-1");

        Assert.True(Directory.Exists(job.OutputDir));
    }

    [Fact]
    public void IStorageRoot_Resolved_IsASingletonThatMakesTheRootThen()
    {
        using ServiceProvider provider = Provider();
        _ = provider.GetRequiredService<IOptions<JobStorageOptions>>().Value;
        Assert.False(_disk.FileSystem.Directory.Exists(_disk.Root));

        IStorageRoot storage = provider.GetRequiredService<IStorageRoot>();

        Assert.Same(storage, provider.GetRequiredService<IStorageRoot>());
        Assert.True(_disk.FileSystem.Directory.Exists(_disk.Root));
    }

    [Fact]
    public void IStorageRoot_LoggerAndTimeProviderRegistered_AreUsed()
    {
        var logger = new RecordingLogger();
        var time = new FakeTimeProvider();
        using ServiceProvider provider = Provider(services => services.AddSingleton<ILogger<StorageRoot>>(logger).AddSingleton<TimeProvider>(time));
        provider.GetRequiredService<IStorageRoot>();
        _disk.LeaveBehind("00000000000000000000000000000001", "job-1");

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("Reclaimed", Assert.Single(logger.Entries, entry => entry.Id.Name == "Reclaimed").Id.Name);
    }

    [Fact]
    public void Provider_DisposedSynchronously_CleansUp()
    {
        ServiceProvider provider = Provider();
        IStorageRoot storage = provider.GetRequiredService<IStorageRoot>();
        storage.AllocateJob("job-1");

        provider.Dispose();

        Assert.Empty(_disk.NamesInRoot());
        Assert.Throws<ObjectDisposedException>(() => storage.AllocateJob("job-1"));
    }

    [Fact]
    public async Task Provider_DisposedAsynchronously_CleansUp()
    {
        ServiceProvider provider = Provider();
        provider.GetRequiredService<IStorageRoot>().AllocateJob("job-1");

        await provider.DisposeAsync();

        Assert.Empty(_disk.NamesInRoot());
    }

    [Fact]
    public void Provider_DisposedWithoutResolvingIt_TouchesNothing()
    {
        Provider().Dispose();

        Assert.False(_disk.FileSystem.Directory.Exists(_disk.Root));
    }

    [Fact]
    public async Task Host_OptionsInvalid_DoesNotStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddJobStorage(options =>
        {
            options.RootPath = "relative";
            options.SweepInterval = TimeSpan.FromSeconds(-5);
        });
        using IHost host = builder.Build();

        OptionsValidationException e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Property RootPath: 'relative'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Property SweepInterval: '-00:00:05'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ConfiguredByTheVariableOfTheOriginal_UsesItsRoot()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("REPLAY_API_STORAGE_ROOT", _disk.Root)]);
        builder.Services.AddSingleton(_disk.FileSystem);
        builder.Services.AddJobStorage(options => options.RootPath = builder.Configuration["REPLAY_API_STORAGE_ROOT"] ?? string.Empty);
        using IHost host = builder.Build();
        await host.StartAsync();

        Assert.Equal(_disk.Root, host.Services.GetRequiredService<IStorageRoot>().Root);

        await host.StopAsync();
    }

    [Fact]
    public async Task Host_OptionsBoundFromConfiguration_AreUsed()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("JobStorage:RootPath", _disk.Root),
            new("JobStorage:SweepInterval", "00:01:00"),
            new("JobStorage:DirectoryMode", "UserRead, UserWrite, UserExecute, GroupRead"),
        ]);
        builder.Services.AddJobStorage();
        builder.Services.AddOptions<JobStorageOptions>().BindConfiguration("JobStorage");
        using IHost host = builder.Build();
        await host.StartAsync();

        JobStorageOptions options = host.Services.GetRequiredService<IOptions<JobStorageOptions>>().Value;
        Assert.Equal(_disk.Root, options.RootPath);
        Assert.Equal(TimeSpan.FromMinutes(1), options.SweepInterval);
        Assert.Equal((UnixFileMode)0b111_100_000, options.DirectoryMode);

        await host.StopAsync();
    }

    private ServiceProvider Provider(Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(_disk.FileSystem);
        services.AddJobStorage(options => options.RootPath = _disk.Root);
        add?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
