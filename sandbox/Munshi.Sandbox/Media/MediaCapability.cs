namespace Munshi.Sandbox.Media;

/// <summary>Files: uploads, look-ups and the host that they are downloaded from.</summary>
internal static class MediaCapability
{
    public static void AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<MediaFiles>();
        services.AddSingleton<PostMedia>();
        services.AddSingleton<LookUpMedia>();
        services.AddSingleton<DownloadMedia>();
    }

    public static void MapMedia(this WebApplication app)
    {
        PostMedia.Map(app);
        LookUpMedia.Map(app);
        DownloadMedia.Map(app);
    }
}
