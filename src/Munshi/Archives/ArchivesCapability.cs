using Munshi.Archives.Data;

namespace Munshi.Archives;

/// <summary>Everything of one workspace as a signed directory.</summary>
internal static class ArchivesCapability
{
    /// <remarks>Needs the vault, its evidence, kept files, proofs and localization.</remarks>
    public static IServiceCollection AddArchives(this IServiceCollection services) => services
        .AddSingleton<DataPages>()
        .AddSingleton<DeletedWords>()
        .AddSingleton<MessageData>()
        .AddSingleton<FileData>()
        .AddSingleton<ConversationData>()
        .AddSingleton<PeopleData>()
        .AddSingleton<ImportData>()
        .AddSingleton<AnswerData>()
        .AddSingleton<ArchivePages>()
        .AddSingleton<WorkspaceArchive>();
}
