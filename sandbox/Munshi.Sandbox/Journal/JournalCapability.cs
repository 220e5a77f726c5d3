namespace Munshi.Sandbox.Journal;

/// <summary>The optional data file.</summary>
internal static class JournalCapability
{
    public static void AddJournal(this IServiceCollection services)
    {
        services.AddSingleton<JournalFile>();
        services.AddHostedService<JournalReplay>();
    }
}
