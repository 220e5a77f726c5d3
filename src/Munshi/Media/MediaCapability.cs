using Microsoft.Extensions.Options;
using Munshi.Audit;
using Munshi.Channels.Egress;
using Munshi.Database.WorkQueue;
using Munshi.Media.Fetching;
using Munshi.Media.Files;
using Munshi.Media.Files.S3;
using Munshi.Media.Importing;
using Munshi.Media.Looking;
using Munshi.Media.Sending;
using Munshi.Media.Serving;
using Munshi.WhatsApp.Files;
using Munshi.WhatsApp.Sending;

namespace Munshi.Media;

/// <summary>Customers' files: fetched from Meta, checked, encrypted, kept, and shown by links of five minutes.</summary>
internal static class MediaCapability
{
    /// <summary>Where files lie, reading them, and those that an export brings; the server's and every verb's.</summary>
    public static IServiceCollection AddMediaStore(this IServiceCollection services)
    {
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MediaOptions>, MediaOptionsValidator>();
        services.AddSingleton<MediaDirectory>();
        services.AddSingleton(Store);
        services.AddSingleton<ImportedFiles>();
        services.AddSingleton<KeptFiles>();
        return services;
    }

    /// <summary>Fetching, keeping and sweeping; the server's.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddSingleton(MediaHttp);
        services.AddSingleton(provider => new GraphFiles(
            provider.GetRequiredService<MediaHttp>().Client, provider.GetRequiredService<GraphOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new GraphUploads(
            provider.GetRequiredService<MediaHttp>().Client, provider.GetRequiredService<GraphOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SentFiles>();
        services.AddSingleton<MediaDownload>();
        services.AddSingleton<FetchMedia>();
        services.AddSingleton<IJobHandler>(provider => provider.GetRequiredService<FetchMedia>());
        services.AddHostedService(provider => provider.GetRequiredService<FetchMedia>());
        services.AddSingleton<MediaSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaSweep>());
        services.AddSingleton<MediaTools>();
        services.AddSingleton<FfmpegRun>();
        services.AddSingleton<IJobHandler, LookAtMedia>();
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<MediaViews>();
        services.AddSingleton<ShowMedia>();
        return services;
    }

    public static void MapMedia(this IEndpointRouteBuilder routes) => ShowMedia.Map(routes);

    /// <summary>What the ledger's verifier checks files by.</summary>
    public static IServiceCollection AddMediaEvidence(this IServiceCollection services) => services.AddSingleton<IEvidenceSource, MediaEvidence>();

    private static IMediaStore Store(IServiceProvider services)
    {
        MediaDirectory directory = services.GetRequiredService<MediaDirectory>();
        return services.GetRequiredService<IOptions<MediaOptions>>().Value.S3 is { } s3
            ? new S3MediaStore(S3Client.Create(s3, services.GetRequiredService<EgressCounts>()), s3.Bucket, directory)
            : directory;
    }

    private static MediaHttp MediaHttp(IServiceProvider services)
    {
        IEnumerable<Uri> addresses = services.GetRequiredService<IOptions<MediaOptions>>().Value.Downloads()!.Prepend(services.GetRequiredService<GraphOptions>().BaseAddress);
        Subprocessor[] hosts = [.. addresses.Select(address => new Subprocessor("meta", address))];
        return new MediaHttp(new HttpClient(new EgressGate(hosts, services.GetRequiredService<EgressCounts>())) { Timeout = Timeout.InfiniteTimeSpan }, hosts);
    }
}
