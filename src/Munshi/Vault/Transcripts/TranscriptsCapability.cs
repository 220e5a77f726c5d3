namespace Munshi.Vault.Transcripts;

/// <summary>Conversations saved as files that prove themselves.</summary>
internal static class TranscriptsCapability
{
    public static IServiceCollection AddTranscripts(this IServiceCollection services) => services
        .AddSingleton<SavedTranscripts>()
        .AddSingleton<TranscriptReader>()
        .AddSingleton<TranscriptDetails>()
        .AddSingleton<TranscriptArticles>()
        .AddSingleton<TranscriptDocument>()
        .AddSingleton<TranscriptWriter>();

    public static void MapTranscripts(this IEndpointRouteBuilder routes)
    {
        ShowTranscript.Map(routes);
        DownloadTranscript.Map(routes);
    }
}
