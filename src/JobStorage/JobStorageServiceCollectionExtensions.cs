using System.IO.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobStorages;

/// <summary>Registers job storage with a host.</summary>
public static class JobStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IStorageRoot"/> as a singleton, configured by <see cref="JobStorageOptions"/>, which are validated when the host starts.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// <para>
    /// The root is created when <see cref="IStorageRoot"/> is first resolved. When the host shuts down it disposes of the singleton, which
    /// deletes what is left of this instance's jobs. Adding it twice is the same as adding it once.
    /// </para>
    /// <para>
    /// An <see cref="IFileSystem"/> that the host has registered is used, otherwise the real one is registered. An
    /// <see cref="ILogger{TCategoryName}"/> and a <see cref="TimeProvider"/> are used if there are any.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IServiceCollection AddJobStorage(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ImplementationType == typeof(JobStorageOptionsValidator)))
        {
            services.AddOptionsWithValidateOnStart<JobStorageOptions, JobStorageOptionsValidator>();
        }

        services.TryAddSingleton<IFileSystem>(_ => new FileSystem());
        services.TryAddSingleton<IStorageRoot>(provider => new StorageRoot(
            provider.GetRequiredService<IOptions<JobStorageOptions>>(),
            provider.GetRequiredService<IFileSystem>(),
            provider.GetService<ILogger<StorageRoot>>(),
            provider.GetService<TimeProvider>()));
        return services;
    }

    /// <summary>Adds <see cref="IStorageRoot"/> as <see cref="AddJobStorage(IServiceCollection)"/> does, and configures it.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options; <see cref="JobStorageOptions.RootPath"/> at least.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddJobStorage(this IServiceCollection services, Action<JobStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddJobStorage();
        services.Configure(configure);
        return services;
    }
}
