using Munshi.Database;

namespace Munshi.Audit;

/// <summary>How far the ledger is behind what was committed.</summary>
internal static class LedgerLag
{
    private const string Oldest =
        """
        SELECT coalesce(extract(epoch FROM max(now() - e.at)), 0)::float8 FROM audit.event e
        WHERE (e.xid, e.id) > (SELECT xid, id FROM audit.sequencer_cursor) AND NOT EXISTS (SELECT FROM ledger.entry l WHERE l.event_id = e.id)
        """;

    /// <summary>The age of the oldest event not yet chained, in seconds; 0 when there is none.</summary>
    public static Task<double> SecondsAsync(Databases databases, CancellationToken cancellationToken) =>
        databases.Audit.RowAsync(new Statement(Oldest), reader => reader.GetDouble(0), cancellationToken);
}
