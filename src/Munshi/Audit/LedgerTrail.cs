using Munshi.Database;

namespace Munshi.Audit;

/// <summary>Tells what happened, in the order of the log: every committed event once, however late it was committed.</summary>
internal sealed class LedgerTrail(Databases databases)
{
    private static readonly string ReadHeads = Sql.Read("Audit/log_heads.sql");
    private static readonly string ReadObjects = Sql.Read("Audit/followed_objects.sql");

    /// <summary>The last entry of every log that has one.</summary>
    public async Task<IReadOnlyDictionary<Guid, FollowedEntry>> HeadsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid Log, FollowedEntry Head)> heads = await databases.Reader.RowsAsync(
            new Statement(ReadHeads),
            reader => (reader.GetGuid(0), new FollowedEntry(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), Object: null)),
            cancellationToken);
        return heads.ToDictionary(head => head.Log, head => head.Head);
    }

    /// <summary>The entries of a log after a number.</summary>
    public Task<IReadOnlyList<FollowedEntry>> AfterAsync(Guid log, long seq, int most, CancellationToken cancellationToken) => databases.Reader.RowsAsync(
        new Statement(ReadObjects).Uuid(log).Long(seq).Int(most),
        reader => new FollowedEntry(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.OrNull<string>(2)),
        cancellationToken);
}
