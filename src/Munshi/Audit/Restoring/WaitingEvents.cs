using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit.Restoring;

/// <summary>A log's events that the restored database has and that have no row: a kept leaf that says the same is theirs. Not safe for concurrent use.</summary>
internal sealed class WaitingEvents
{
    private static readonly string ReadWaiting = Sql.Read("Audit/Restoring/read_waiting.sql");

    private readonly Dictionary<string, List<(StoredEvent Event, long Id)>> _byTarget = [];

    private WaitingEvents()
    {
    }

    public static async Task<WaitingEvents> ReadAsync(InstallationDatabase database, Guid log, CancellationToken cancellationToken)
    {
        WaitingEvents waiting = new();
        foreach ((StoredEvent one, long id) in await database.RowsAsync(
            new Statement(ReadWaiting).Uuid(log), reader => (StoredEvent.Read(reader, 0), reader.GetInt64(6)), cancellationToken))
        {
            string target = one.Target ?? "";
            if (!waiting._byTarget.TryGetValue(target, out List<(StoredEvent, long)>? ofTarget))
            {
                waiting._byTarget.Add(target, ofTarget = []);
            }

            ofTarget.Add((one, id));
        }

        return waiting;
    }

    /// <summary>The number of the event that a leaf was made of, once; null where it is lost.</summary>
    public long? Take(byte[] leaf)
    {
        if (LedgerLeaf.Parse(leaf) is not LeafParse.Parsed { Leaf: { } read } || !_byTarget.TryGetValue(read.Target, out List<(StoredEvent Event, long Id)>? events))
        {
            return null;
        }

        int place = events.FindIndex(one => one.Event.DifferenceFrom(read) is null);
        if (place < 0)
        {
            return null;
        }

        long id = events[place].Id;
        events.RemoveAt(place);
        return id;
    }
}
