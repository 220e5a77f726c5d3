using System.Globalization;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Ledger;
using Npgsql;

namespace Munshi.Archives.Importing;

/// <summary>Takes the lines of a file over, a batch in a transaction: what a killed run wrote stands, and the next one passes over it.</summary>
internal sealed class LineBatches(WorkspaceDatabase database, KeyCustodian custodian)
{
    /// <summary>One run at a time, and none once all is here.</summary>
    private const string Hold = "SELECT true FROM workspace.archive_import WHERE client_id = $1 AND completed_at IS NULL FOR UPDATE";

    /// <param name="workspace">Which is made.</param>
    /// <param name="file">Of the archive.</param>
    /// <param name="write">Queues a batch, passing over what stands already.</param>
    /// <param name="cancellationToken">Honoured between batches.</param>
    /// <exception cref="RefusalException">The lines contradict each other or the rest of the archive.</exception>
    public async Task EachAsync<T>(
        ImportedWorkspace workspace, DataFile<T> file, Func<WorkspaceTransaction, IReadOnlyList<T>, Task> write, CancellationToken cancellationToken)
    {
        long lines = 0;
        foreach (LineBatch<T> batch in Of(workspace, file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            custodian.Replenish();
            await WriteAsync(workspace, file, batch, write, cancellationToken);
            lines = batch.Last;
            workspace.Progress.Tell($"{file.Path}: {lines} lines ...");
        }

        workspace.Lines[file.Name] = lines;
    }

    /// <summary>The lines in batches, each the one that was checked.</summary>
    /// <exception cref="RefusalException">The file is another than when it was checked; nothing of what differs was handed out.</exception>
    public static IEnumerable<LineBatch<T>> Of<T>(ImportedWorkspace workspace, DataFile<T> file)
    {
        IReadOnlyList<Digest> expected = workspace.Data.Batches[file.Path];
        int count = 0;
        foreach (LineBatch<T> batch in file.Batches(workspace.Archive))
        {
            yield return count < expected.Count && batch.Hash == expected[count++] ? batch : throw Changed(workspace, file);
        }

        if (count < expected.Count)
        {
            throw Changed(workspace, file);
        }
    }

    /// <summary>Those that do not stand yet.</summary>
    /// <param name="transaction">That of the batch.</param>
    /// <param name="batch">Lines.</param>
    /// <param name="idOf">A line's id.</param>
    /// <param name="select"><c>$1</c> uuid workspace, <c>$2</c> uuid[]: those of the ids that stand.</param>
    public static async Task<IReadOnlyList<T>> NewAsync<T>(WorkspaceTransaction transaction, IReadOnlyList<T> batch, Func<T, Guid> idOf, string select)
    {
        HashSet<Guid> standing = [.. await transaction.RowsAsync(
            new Statement(select).Uuid(transaction.ClientId).Uuids([.. batch.Select(idOf)]), reader => reader.GetGuid(0))];
        return [.. batch.Where(line => !standing.Contains(idOf(line)))];
    }

    /// <summary>Makes others wait until the transaction ends.</summary>
    /// <exception cref="RefusalException">All is here already.</exception>
    public static async Task HoldAsync(WorkspaceTransaction transaction, ImportedWorkspace workspace)
    {
        if (!await transaction.RowAsync(new Statement(Hold).Uuid(workspace.ClientId), reader => reader.GetBoolean(0)))
        {
            throw new RefusalException($"Another run read this archive into '{workspace.Handle}' meanwhile: all of it is there.");
        }
    }

    private async Task WriteAsync<T>(
        ImportedWorkspace workspace, DataFile<T> file, LineBatch<T> batch, Func<WorkspaceTransaction, IReadOnlyList<T>, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await database.TransactAsync(
                workspace.ClientId,
                async transaction =>
                {
                    await HoldAsync(transaction, workspace);
                    await write(transaction, batch.Lines);
                    return true;
                },
                cancellationToken);
        }
        catch (PostgresException exception) when (IsContradiction(exception))
        {
            throw Contradiction(workspace, file, batch.First, batch.Last);
        }
        catch (LineFormException missing)
        {
            throw new RefusalException(
                string.Create(CultureInfo.InvariantCulture, $"{file.Path}, lines {batch.First} to {batch.Last}: {missing.Message}. '{workspace.Handle}' stays as far as it came."));
        }
    }

    /// <summary>Whether what was written names what is not there, or stands there already.</summary>
    public static bool IsContradiction(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.NotNullViolation;

    public static RefusalException Contradiction(ImportedWorkspace workspace, DataFile file, long first, long last) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{file.Path}, lines {first} to {last}: one of them names what is not in the archive, or stands against another; munshi-verify tells whether it is as it was written. '{workspace.Handle}' stays as far as it came."));

    private static RefusalException Changed(ImportedWorkspace workspace, DataFile file) => new(
        $"{file.Path} changed after it was checked: leave the archive as it is until it is read in. '{workspace.Handle}' stays as far as it came, and nothing of what changed is in it.");
}
