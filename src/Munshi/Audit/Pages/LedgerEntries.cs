using System.Text;
using Munshi.Audit.Proving;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Vault;

namespace Munshi.Audit.Pages;

/// <summary>Reads one entry of a workspace's log with all that proves it.</summary>
internal sealed class LedgerEntries(Databases databases, ProofReader proofs, LedgerKeys keys, MessagePlaces messages)
{
    private const string ReadEntry =
        """
        SELECT leaf, row_hash, EXISTS (SELECT FROM ledger.entry n WHERE n.client_id = $1 AND n.seq = $2 + 1)
        FROM ledger.entry WHERE client_id = $1 AND seq = $2
        """;

    private const string ReadFirstCheckpoint =
        """
        SELECT c.size, t.leaf FROM ledger.checkpoint c LEFT JOIN ledger.tick t ON t.seq = c.tick
        WHERE c.client_id = $1 AND c.size > $2 ORDER BY c.size LIMIT 1
        """;

    private const string ReadFinding =
        """
        SELECT EXISTS (
            SELECT FROM ledger.verification v
            WHERE v.log = $1 AND v.seq = $2
                AND NOT EXISTS (SELECT FROM ledger.verification g WHERE g.at > v.at AND g.at <= now() AND g.scope = 'full' AND g.findings = 0))
        """;

    /// <summary>Null where the workspace's log has no such entry.</summary>
    public async Task<LedgerEntryView?> FindAsync(Guid log, long seq, CancellationToken cancellationToken)
    {
        // The next entry's number must be one too.
        (string? text, byte[] hash, bool hasNext) = seq == long.MaxValue ? default : await databases.Reader.RowAsync(
            new Statement(ReadEntry).Uuid(log).Long(seq), reader => (reader.OrNull<string>(0) ?? "", reader.OrNull<byte[]>(1) ?? [], reader.GetBoolean(2)), cancellationToken);
        if (text is null)
        {
            return null;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LedgerLeaf? leaf = LedgerLeaf.Parse(bytes) is LeafParse.Parsed parsed ? parsed.Leaf : null;
        (long? size, DateTimeOffset? at) = await databases.Reader.RowAsync(
            new Statement(ReadFirstCheckpoint).Uuid(log).Long(seq), reader => ((long?)reader.GetInt64(0), TickTime(reader.OrNull<string>(1))), cancellationToken);
        (LedgerProof? proof, bool isDamaged) = await ProveAsync(log, seq, cancellationToken);
        return new LedgerEntryView
        {
            Seq = seq,
            Text = text,
            Leaf = leaf,
            RowHash = Convert.ToHexStringLower(hash),
            HashHolds = hash.AsSpan().SequenceEqual(LedgerLeaf.RowHash(bytes).ToArray()),
            SignedSize = size,
            SignedAt = at,
            Checkpoint = proof?.OfRow.Checkpoint,
            HasHeadProof = proof?.OfHead is not null,
            Path = proof is null ? null : ProofPath.Of(proof.OfRow, bytes),
            IsDamaged = isDamaged,
            IsFound = await databases.Reader.RowAsync(new Statement(ReadFinding).Uuid(log).Long(seq), reader => reader.GetBoolean(0), cancellationToken),
            VerifierKey = (await keys.ReadAsync(log, cancellationToken))?.OfLog,
            ConversationUrl = leaf is null ? null : await ConversationAsync(log, leaf.Target, cancellationToken),
            HasNext = hasNext,
        };
    }

    /// <summary>When a tick was made; null where its leaf cannot be read.</summary>
    public static DateTimeOffset? TickTime(string? tick) => tick is null ? null : TickLeaf.Parse(Encoding.UTF8.GetBytes(tick))?.Time;

    private async Task<(LedgerProof? Proof, bool IsDamaged)> ProveAsync(Guid log, long seq, CancellationToken cancellationToken)
    {
        try
        {
            return (await proofs.ProveAsync(log, seq, cancellationToken), false);
        }
        catch (InvalidDataException)
        {
            return (null, true);
        }
    }

    private async Task<string?> ConversationAsync(Guid log, string target, CancellationToken cancellationToken)
    {
        if (target.Split(':') is not [string kind, string text] || !Guid.TryParseExact(text, "D", out Guid id))
        {
            return null;
        }

        return kind switch
        {
            "conversation" => $"/inbox/{id}",
            "message" when await messages.ConversationOfAsync(log, id, cancellationToken) is { } conversation => $"/inbox/{conversation}#m-{id}",
            _ => null,
        };
    }
}
