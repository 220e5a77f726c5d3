using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;

namespace Munshi.Audit.Checkpoints;

/// <summary>Makes and stores a tick: nodes, places, every grown log's signed checkpoint and the instance log's next leaf, in one transaction.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class TickWriter(InstallationDatabase database, LedgerIdentity identity, TimeProvider clock)
{
    private const string InsertCheckpoint =
        "INSERT INTO ledger.checkpoint (client_id, size, root, note, tick, place, salt, path, frontier) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private const string InsertPlaces =
        """
        INSERT INTO ledger.place (client_id, object, seq)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])
        ON CONFLICT DO NOTHING
        """;

    private static readonly TimeSpan MostCorrected = TimeSpan.FromMinutes(1);

    /// <summary>Durable once the task completes; not abandoned half-way.</summary>
    /// <exception cref="SigningRefusedException">The clock was set back.</exception>
    public async Task StoreAsync(FollowedRows followed, InstanceLog instance)
    {
        long tick = instance.Size;
        HeadsTree heads = new(
            [.. followed.Heads.Select(head => new CommittedHead(identity.OriginOf(head.Log), head.Size, head.Root).Commit(identity.Salt(head.Log, tick)))],
            place => identity.Filler(place, tick));
        DateTimeOffset now = Now(instance);
        List<Statement> statements = [];
        if (followed.Blocks.Count > 0)
        {
            statements.Add(TreeRows.Insert(followed.Blocks));
        }

        if (followed.Places.Count > 0)
        {
            (Guid Log, Guid Message, long Seq)[] first = [.. followed.Places.DistinctBy(one => (one.Log, one.Message))];
            statements.Add(new Statement(InsertPlaces)
                .Uuids([.. first.Select(one => one.Log)])
                .Uuids([.. first.Select(one => one.Message)])
                .Longs([.. first.Select(one => one.Seq)]));
        }

        for (int place = 0; place < followed.Heads.Count; place++)
        {
            if (followed.Grown.TryGetValue(followed.Heads[place].Log, out byte[]? frontier))
            {
                statements.Add(InsertOf(followed.Heads[place], frontier, tick, place, heads.Path(place)));
            }
        }

        statements.AddRange(instance.Append(new TickLeaf(identity.Origin, tick, now, heads.Root, instance.Last)));
        await database.ExecuteAsync(statements, CancellationToken.None);
    }

    /// <summary>Never before the last tick; a clock that was set back further than clocks are corrected is not signed by.</summary>
    private DateTimeOffset Now(InstanceLog instance)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        if (instance.LastTime - now > MostCorrected)
        {
            throw new SigningRefusedException(
                $"the clock says {LedgerTime.Format(now)}, before the last signed tick at {LedgerTime.Format(instance.LastTime)}: it was set back");
        }

        return now > instance.LastTime ? now : instance.LastTime;
    }

    private Statement InsertOf(TreeHead head, byte[] frontier, long tick, int place, Digest[] path) => new Statement(InsertCheckpoint)
        .Uuid(head.Log).Long(head.Size).Bytes(head.Root.ToArray())
        .Text(identity.Sign(identity.OriginOf(head.Log), head.Size, head.Root).ToString())
        .Long(tick).Int(place).Bytes(identity.Salt(head.Log, tick)).Bytes(SignedFrontier.Encode(path)).Bytes(frontier);
}
