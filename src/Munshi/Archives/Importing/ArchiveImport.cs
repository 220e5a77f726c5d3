using Munshi.Audit.Export;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Import;
using Munshi.Search.Index;

namespace Munshi.Archives.Importing;

/// <summary>Reads a workspace's archive into a new workspace of this installation: everything checked first, then a batch at a time; a killed run is gone on with.</summary>
internal sealed class ArchiveImport(
    ArchiveTarget target,
    PeopleImport people,
    CustomerImport customers,
    ConversationImport conversations,
    MessageImport messages,
    ChatHistoryImport chats,
    FileImport files,
    NoteImport notes,
    KnowledgeImport knowledge,
    DataDirectory installation,
    TimeProvider clock)
{
    /// <param name="directory">The archive.</param>
    /// <param name="policy">A file with whose logs to trust; null to take the archive's own word for its key.</param>
    /// <param name="handle">Of the new workspace.</param>
    /// <param name="output">Gets a line a second.</param>
    /// <param name="cancellationToken">Honoured between batches; what was written stays, and the next run adds the rest.</param>
    /// <exception cref="RefusalException">With the sentence that says why not.</exception>
    public async Task<ImportedArchive> RunAsync(string directory, string? policy, string handle, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadInAsync(directory, policy, handle, output, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(
                $"A file could not be read or written: {TerminalText.Line(failure.Message)} What was read in before stays; once that is mended, the same command goes on with the rest.");
        }
    }

    private async Task<ImportedArchive> ReadInAsync(string directory, string? policy, string handle, TextWriter output, CancellationToken cancellationToken)
    {
        ExportProgress progress = new(output, clock);
        await target.RequireFreeAsync(handle, cancellationToken);
        CheckedArchive archive = await new ArchiveCheck(directory, policy, progress).RunAsync(seal => target.RequireFreeAsync(handle, seal, cancellationToken), cancellationToken);
        CheckedData data = new DataCheck(archive, progress, cancellationToken).Run();
        (Guid clientId, bool isComplete) = await target.OpenAsync(handle, data.Name, archive.Seal, cancellationToken);
        ImportedWorkspace workspace = new(clientId, handle, archive, data, progress);
        if (!isComplete)
        {
            await WriteAsync(workspace, cancellationToken);
            new IndexFolder(installation).MarkStale(clientId); // it may have followed edits before what they change was known to be meant
            await target.CompleteAsync(clientId, archive.Seal, cancellationToken);
        }

        return new ImportedArchive(clientId, archive.Seal, archive.Signer, isComplete, workspace.Lines, data.FilesWithout, data.Unseen.Count);
    }

    /// <summary>What others refer to comes before them.</summary>
    private async Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken)
    {
        await people.WriteAsync(workspace, cancellationToken);
        await customers.WriteAsync(workspace, cancellationToken);
        await conversations.WriteAsync(workspace, cancellationToken);
        await messages.WriteAsync(workspace, cancellationToken);
        await chats.WriteAsync(workspace, cancellationToken);
        await files.WriteAsync(workspace, cancellationToken);
        await notes.WriteAsync(workspace, cancellationToken);
        await people.WriteViewsAsync(workspace, cancellationToken);
        await knowledge.WriteAsync(workspace, cancellationToken);
        await conversations.SettleAsync(workspace, cancellationToken);
    }
}
