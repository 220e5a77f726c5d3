using Munshi.Archives.Data;
using Munshi.Archives.Importing;
using Munshi.Audit;

namespace Munshi.Archives;

/// <summary>Everything of one workspace as a signed directory, and such a directory as a workspace.</summary>
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
        .AddSingleton<WorkspaceArchive>()
        .AddSingleton<LineBatches>()
        .AddSingleton<ArchiveTarget>()
        .AddSingleton<PeopleImport>()
        .AddSingleton<CustomerImport>()
        .AddSingleton<ConversationImport>()
        .AddSingleton<MessageImport>()
        .AddSingleton<ChatHistoryImport>()
        .AddSingleton<FileImport>()
        .AddSingleton<NoteImport>()
        .AddSingleton<KnowledgeImport>()
        .AddSingleton<ArchiveImport>()
        .AddSingleton<IEvidenceSource, ArchiveBeginEvidence>()
        .AddSingleton<IEvidenceSource, ArchiveImportEvidence>();
}
