using System.Text;
using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>Events chained to their logs, not yet written.</summary>
internal sealed class EntryBatch
{
    private static readonly string Append = Sql.Read("Audit/append_entries.sql");

    private readonly Guid[] _logs;
    private readonly long[] _seqs;
    private readonly long[] _events;
    private readonly string[] _leaves;
    private readonly byte[][] _hashes;
    private readonly Dictionary<Guid, LogHead> _heads = [];

    /// <param name="events">In the order in which each log takes its own.</param>
    /// <param name="heads">Every log's head; a log that is not there has no rows.</param>
    public EntryBatch(IReadOnlyList<PendingEvent> events, IReadOnlyDictionary<Guid, LogHead> heads)
    {
        _logs = new Guid[events.Count];
        _seqs = new long[events.Count];
        _events = new long[events.Count];
        _leaves = new string[events.Count];
        _hashes = new byte[events.Count][];
        PendingEvent[] byLog = [.. events.OrderBy(one => one.ClientId)]; // a log's rows beside each other in table and key: a page is written once instead of once a row
        for (int i = 0; i < byLog.Length; i++)
        {
            PendingEvent taken = byLog[i];
            if (!_heads.TryGetValue(taken.ClientId, out LogHead head) && !heads.TryGetValue(taken.ClientId, out head))
            {
                head = LogHead.BeforeFirst;
            }

            byte[] leaf = taken.ToLeaf(head).Encode();
            Digest rowHash = LedgerLeaf.RowHash(leaf);
            _logs[i] = taken.ClientId;
            _seqs[i] = head.Seq + 1;
            _events[i] = taken.Id;
            _leaves[i] = Encoding.ASCII.GetString(leaf);
            _hashes[i] = rowHash.ToArray();
            _heads[taken.ClientId] = new LogHead(head.Seq + 1, rowHash);
        }
    }

    /// <summary>The heads of the logs that the batch touches, once it is written.</summary>
    public IReadOnlyDictionary<Guid, LogHead> Heads => _heads;

    public Statement Insert() => new Statement(Append).Uuids(_logs).Longs(_seqs).Longs(_events).Texts(_leaves).BytesArray(_hashes);
}
