using System.Runtime.CompilerServices;
using Munshi.Database;
using Npgsql;

namespace Munshi.Archives.Data;

/// <summary>Reads a workspace's rows a page at a time, in the order of their ids. No transaction stays open between pages.</summary>
internal sealed class DataPages(WorkspaceDatabase database)
{
    private const int AtOnce = 500;

    /// <param name="clientId">The workspace.</param>
    /// <param name="page"><c>$1</c> uuid workspace, <c>$2</c> uuid the id before the page, <c>$3</c> int how many; by ascending id.</param>
    /// <param name="read">Of a row.</param>
    /// <param name="idOf">Of what was read.</param>
    /// <param name="cancellationToken">Honoured between pages.</param>
    public async IAsyncEnumerable<IReadOnlyList<T>> OfAsync<T>(
        Guid clientId, string page, Func<NpgsqlDataReader, T> read, Func<T, Guid> idOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid last = Guid.Empty;
        IReadOnlyList<T> rows;
        do
        {
            rows = await database.RowsAsync(clientId, new Statement(page).Uuid(clientId).Uuid(last).Int(AtOnce), read, cancellationToken);
            if (rows.Count > 0)
            {
                last = idOf(rows[^1]);
                yield return rows;
            }
        }
        while (rows.Count == AtOnce);
    }

    /// <summary>Writes a file of <c>data/</c> whose lines need nothing but their row; anew where it stands already.</summary>
    public async Task WriteAsync(ArchiveRun run, string name, string page, Func<NpgsqlDataReader, DataLine> read, CancellationToken cancellationToken)
    {
        if (run.Lines.Remove(name))
        {
            run.Folder.Delete($"data/{name}.jsonl");
        }

        using JsonLines lines = new(run.Folder, name);
        await foreach (IReadOnlyList<DataLine> rows in OfAsync(run.ClientId, page, read, line => line.Id, cancellationToken))
        {
            foreach (DataLine line in rows)
            {
                lines.Write(line);
            }

            run.Progress.Tell($"data/{name}.jsonl: {lines.Count} lines ...");
        }

        run.Lines.Add(name, lines.Count);
    }
}
