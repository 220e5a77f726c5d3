using System.Buffers.Binary;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;

namespace Munshi.Access.ApiKeys;

/// <summary>A workspace's keys to the API. A key may read what belongs to its workspace; one that was made to send may send in its name too.</summary>
internal sealed class ApiKeyRegistry(Databases databases, WorkspaceKeys keys, Members members, TimeProvider clock)
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The most keys in use at a time.</summary>
    public const int MostInUse = 50;

    /// <summary>The most keys of a list; those in use come first.</summary>
    public const int MostListed = 200;

    /// <summary>How exactly the last use is known, so that calls do not each write.</summary>
    public static readonly TimeSpan UseGrain = TimeSpan.FromHours(1);

    private const string NameColumn = "access.api_key.name_sealed";
    private const string ObjectKind = "api-key";

    private const string Standing =
        """
        SELECT EXISTS (SELECT FROM access.api_key WHERE client_id = $1 AND id = $2),
            (SELECT count(*) FROM access.api_key k WHERE client_id = $1 AND revoked_at IS NULL
                AND NOT EXISTS (SELECT FROM work.restoration d WHERE d.client_id = $1 AND d.at > k.created_at))
        """;

    private const string Insert =
        """
        INSERT INTO access.api_key (client_id, id, secret_hash, name_sealed, made_by, created_at, may_send)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (client_id, id) DO NOTHING
        """;

    private const string Select =
        """
        SELECT k.id, k.name_sealed, k.made_by, k.created_at, k.used_at, ended.at, k.may_send
        FROM access.api_key k
        CROSS JOIN LATERAL (
            SELECT coalesce(k.revoked_at, (SELECT max(d.at) FROM work.restoration d WHERE d.client_id = $1 AND d.at > k.created_at)) AS at
        ) ended
        WHERE k.client_id = $1 ORDER BY ended.at IS NOT NULL, k.created_at DESC, k.id LIMIT $2
        """;

    // A backup may be older than a key's revocation: what was made before a restore opens nothing after it.
    private const string SelectUsable =
        """
        SELECT id, used_at, may_send FROM access.api_key k
        WHERE client_id = $1 AND secret_hash = $2 AND revoked_at IS NULL
            AND NOT EXISTS (SELECT FROM work.restoration d WHERE d.client_id = $1 AND d.at > k.created_at)
        """;

    private const string Revoke =
        "UPDATE access.api_key SET revoked_by = $3, revoked_at = $4 WHERE client_id = $1 AND id = $2 AND revoked_at IS NULL";

    private const string MarkUsed =
        "UPDATE access.api_key SET used_at = $3 WHERE client_id = $1 AND id = $2 AND revoked_at IS NULL AND (used_at IS NULL OR used_at < $3)";

    /// <param name="clientId">The workspace.</param>
    /// <param name="id">A fresh id; the same one makes no second key.</param>
    /// <param name="name">1 to <see cref="MaxNameLength"/>.</param>
    /// <param name="maySend">Whether it may send messages.</param>
    /// <param name="person">Who makes it.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task<MakeOutcome> MakeAsync(Guid clientId, Guid id, string name, bool maySend, Guid person, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameLength);
        DateTimeOffset now = clock.GetMicrosecondNow();
        string secret = ApiSecret.Create();
        byte[] sealedName = await keys.SealAsync(new SealContext(clientId, id, NameColumn), name, cancellationToken);
        return await databases.App.TransactAsync<MakeOutcome>(clientId, async transaction =>
        {
            transaction.Queue(new Statement("SELECT pg_advisory_xact_lock($1)") { ReturnsRows = true }.Long(LockOf(clientId))); // one counts after the other
            (bool isThere, long inUse) = await transaction.RowAsync(
                new Statement(Standing).Uuid(clientId).Uuid(id), reader => (reader.GetBoolean(0), reader.GetInt64(1)));
            if (!isThere && inUse >= MostInUse)
            {
                return new MakeOutcome.TooMany();
            }

            Statement insert = new Statement(Insert).Uuid(clientId).Uuid(id).Bytes(ApiSecret.Hash(secret)).Bytes(sealedName).Uuid(person).Time(now).Flag(maySend);
            if (isThere || await transaction.ExecuteAsync(insert) == 0)
            {
                return new MakeOutcome.MadeBefore();
            }

            AuditTrail.Record(transaction, new AuditEvent(Actor.Person(person), "api-key.created", ObjectKind, id, now));
            return new MakeOutcome.Made(secret);
        }, cancellationToken);
    }

    /// <summary>Those in use, then those revoked; newest first, at most <see cref="MostListed"/>.</summary>
    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(Guid clientId, CancellationToken cancellationToken)
    {
        IReadOnlyList<(ApiKeyRow Row, Guid MadeBy, byte[] Name)> rows = await databases.App.RowsAsync(
            clientId,
            new Statement(Select).Uuid(clientId).Int(MostListed),
            reader => (
                new ApiKeyRow(reader.GetGuid(0), "", null, reader.GetFieldValue<DateTimeOffset>(3), reader.ValueOrNull<DateTimeOffset>(4), reader.ValueOrNull<DateTimeOffset>(5)) { MaySend = reader.GetBoolean(6) },
                reader.GetGuid(2),
                reader.GetFieldValue<byte[]>(1)),
            cancellationToken);
        IReadOnlyDictionary<Guid, Member> people = rows.Count == 0 ? new Dictionary<Guid, Member>() : await members.ListAsync(clientId, cancellationToken);
        List<ApiKeyRow> list = [];
        foreach ((ApiKeyRow row, Guid madeBy, byte[] name) in rows)
        {
            string opened = await keys.OpenAsync(new SealContext(clientId, row.Id, NameColumn), name, cancellationToken);
            list.Add(row with { Name = opened, MadeBy = people.GetValueOrDefault(madeBy)?.Name });
        }

        return list;
    }

    /// <summary>From the commit on the key is refused; of one that is revoked already nothing changes.</summary>
    /// <returns>False where the workspace has no such key.</returns>
    public async Task<bool> RevokeAsync(Guid clientId, Guid id, Guid person, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        return await databases.App.TransactAsync(clientId, async transaction =>
        {
            if (await transaction.ExecuteAsync(new Statement(Revoke).Uuid(clientId).Uuid(id).Uuid(person).Time(now)) == 1)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Person(person), "api-key.revoked", ObjectKind, id, now));
                return true;
            }

            return await transaction.RowAsync(new Statement(Standing).Uuid(clientId).Uuid(id), reader => reader.GetBoolean(0));
        }, cancellationToken);
    }

    /// <summary>Whose secret it is; null where it is unknown, revoked, or older than a restore.</summary>
    public async Task<ApiCaller?> FindAsync(string? secret, CancellationToken cancellationToken)
    {
        if (ApiSecret.Hash(secret) is not { } hash
            || await databases.Router.RowAsync(
                new Statement("SELECT access.workspace_of_api_key($1)").Bytes(hash), reader => reader.ValueOrNull<Guid>(0), cancellationToken) is not { } clientId)
        {
            return null;
        }

        (Guid id, DateTimeOffset? used, bool maySend) = await databases.App.RowAsync(
            clientId,
            new Statement(SelectUsable).Uuid(clientId).Bytes(hash),
            reader => (reader.GetGuid(0), reader.ValueOrNull<DateTimeOffset>(1), reader.GetBoolean(2)),
            cancellationToken);
        if (id == Guid.Empty)
        {
            return null;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        if (used is null || now - used >= UseGrain)
        {
            await databases.App.ExecuteAsync(clientId, [new Statement(MarkUsed).Uuid(clientId).Uuid(id).Time(now)], cancellationToken);
        }

        return new ApiCaller(clientId, id, maySend);
    }

    private static long LockOf(Guid clientId) => BinaryPrimitives.ReadInt64BigEndian(clientId.ToByteArray().AsSpan(8));
}
