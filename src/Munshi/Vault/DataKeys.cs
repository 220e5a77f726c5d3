using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>The data key of an identifier for a calendar month (UTC), and its identity key.</summary>
internal sealed class DataKeys(KeyCustodian custodian)
{
    /// <summary>The period of the key under which the identifier's own value and name are sealed.</summary>
    public const int Identity = 0;

    private const string Select = "SELECT key_id FROM vault.data_key WHERE client_id = $1 AND identifier_id = $2 AND period = $3";

    private const string SelectMany =
        """
        SELECT k.identifier_id, k.period, k.key_id
        FROM unnest($2::uuid[], $3::int[]) AS wanted (identifier_id, period)
        JOIN vault.data_key k ON k.client_id = $1 AND k.identifier_id = wanted.identifier_id AND k.period = wanted.period
        """;

    private const string Insert =
        """
        INSERT INTO vault.data_key (client_id, identifier_id, period, key_id, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (client_id, identifier_id, period) DO NOTHING
        RETURNING key_id
        """;

    /// <summary><c>yyyymm</c> of an instant.</summary>
    public static int PeriodOf(DateTimeOffset at) => (at.UtcDateTime.Year * 100) + at.UtcDateTime.Month;

    /// <summary>The key for that period; a fresh one from the pool where there is none yet.</summary>
    /// <exception cref="KeyPoolEmptyException">A fresh one is needed and none is ready.</exception>
    public async Task<DataKey> GetAsync(WorkspaceTransaction transaction, Guid identifierId, int period, DateTimeOffset now)
    {
        Guid keyId = await FindAsync(transaction, identifierId, period);
        if (keyId == Guid.Empty)
        {
            keyId = await transaction.RowAsync(
                new Statement(Insert).Uuid(transaction.ClientId).Uuid(identifierId).Int(period).Uuid(custodian.Take()).Time(now), reader => reader.GetGuid(0));
        }

        if (keyId == Guid.Empty)
        {
            // Another transaction was first; its row is visible now.
            keyId = await FindAsync(transaction, identifierId, period);
        }

        return new DataKey(keyId, custodian.Get(keyId));
    }

    /// <summary>As <see cref="GetAsync(WorkspaceTransaction, Guid, int, DateTimeOffset)"/>, of many at once. Fresh ones are taken in one order, so that two transactions never wait on each other for them.</summary>
    /// <exception cref="KeyPoolEmptyException">A fresh one is needed and none is ready.</exception>
    public async Task<IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey>> GetAsync(
        WorkspaceTransaction transaction, IReadOnlyCollection<(Guid IdentifierId, int Period)> wanted, DateTimeOffset now)
    {
        IReadOnlyList<(Guid IdentifierId, int Period, Guid KeyId)> found = await transaction.RowsAsync(
            new Statement(SelectMany).Uuid(transaction.ClientId).Uuids([.. wanted.Select(one => one.IdentifierId)]).Ints([.. wanted.Select(one => one.Period)]),
            reader => (reader.GetGuid(0), reader.GetInt32(1), reader.GetGuid(2)));
        Dictionary<(Guid, int), DataKey> keys = found.ToDictionary(one => (one.IdentifierId, one.Period), one => new DataKey(one.KeyId, custodian.Get(one.KeyId)));
        foreach ((Guid identifierId, int period) in wanted.Where(one => !keys.ContainsKey(one)).Order())
        {
            keys.Add((identifierId, period), await GetAsync(transaction, identifierId, period, now));
        }

        return keys;
    }

    public KeyMaterial Get(Guid keyId) => custodian.Get(keyId);

    /// <summary>Null when it was destroyed.</summary>
    public KeyMaterial? Find(Guid keyId) => custodian.Find(keyId);

    private static Task<Guid> FindAsync(WorkspaceTransaction transaction, Guid identifierId, int period) =>
        transaction.RowAsync(new Statement(Select).Uuid(transaction.ClientId).Uuid(identifierId).Int(period), reader => reader.GetGuid(0));
}

/// <param name="Id">As the database names it.</param>
/// <param name="Material">The key itself.</param>
internal sealed record DataKey(Guid Id, KeyMaterial Material);
