using Munshi.Database.WorkQueue;
using Munshi.Import.Backups;
using Munshi.Import.Uploading;

namespace Munshi.Import;

/// <summary>Chats that WhatsApp exported or backed up.</summary>
internal static class ImportCapability
{
    public static IServiceCollection AddImport(this IServiceCollection services) => services
        .AddSingleton<RecordImport>()
        .AddSingleton<ChatImport>()
        .AddSingleton<BackupImport>();

    /// <summary>Uploads and their import in the background; the server's.</summary>
    public static IServiceCollection AddImportUploads(this IServiceCollection services)
    {
        services.AddSingleton<ChatUploads>();
        services.AddSingleton<RunUpload>();
        services.AddSingleton<IJobHandler>(provider => provider.GetRequiredService<RunUpload>());
        services.AddHostedService(provider => provider.GetRequiredService<RunUpload>());
        services.AddScoped<ImportsScreen>();
        return services;
    }

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        ShowImports.Map(routes);
        UploadChat.Map(routes);
        ShowUpload.Map(routes);
        StopUpload.Map(routes);
        WithdrawImport.Map(routes);
    }
}
