using System.Collections.Concurrent;
using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Workspaces;

/// <summary>A workspace's own keys: one for look-ups, one for what must be replayed (tokens, names of its own).</summary>
/// <remarks>Safe for concurrent use; keys stay cached for the life of the process.</remarks>
internal sealed class WorkspaceKeys(WorkspaceDatabase database, KeyCustodian custodian)
{
    private readonly ConcurrentDictionary<Guid, Keys> _cache = [];

    /// <summary>HMAC of a value that identifies a person, comparable inside this workspace only.</summary>
    public async Task<byte[]> LookupAsync(Guid clientId, string purpose, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) =>
        (await LoadAsync(clientId, cancellationToken)).Lookup.Lookup(purpose, value.Span);

    public async Task<byte[]> SealAsync(SealContext context, string text, CancellationToken cancellationToken) =>
        SealedValue.Seal((await LoadAsync(context.ClientId, cancellationToken)).Secret, context, text);

    public async Task<string> OpenAsync(SealContext context, byte[] sealedValue, CancellationToken cancellationToken) =>
        SealedValue.OpenText((await LoadAsync(context.ClientId, cancellationToken)).Secret, context, sealedValue);

    /// <summary>Takes the keys of a new workspace out of the pool.</summary>
    /// <returns>The key for its own secrets, and the statements that record both; they follow the workspace's row.</returns>
    public (KeyMaterial Secret, IReadOnlyList<Statement> Records) Create(Guid clientId, DateTimeOffset now)
    {
        Guid lookup = custodian.Take();
        Guid secret = custodian.Take();
        Statement Record(string purpose, Guid keyId) =>
            new Statement("INSERT INTO workspace.workspace_key (client_id, purpose, key_id, created_at) VALUES ($1, $2, $3, $4)")
                .Uuid(clientId).Text(purpose).Uuid(keyId).Time(now);
        return (custodian.Get(secret), [Record("lookup", lookup), Record("secret", secret)]);
    }

    private async ValueTask<Keys> LoadAsync(Guid clientId, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(clientId, out Keys? cached))
        {
            return cached;
        }

        IReadOnlyList<(string Purpose, Guid KeyId)> rows = await database.RowsAsync(
            clientId,
            new Statement("SELECT purpose, key_id FROM workspace.workspace_key WHERE client_id = $1").Uuid(clientId),
            reader => (reader.GetString(0), reader.GetGuid(1)),
            cancellationToken);
        Guid Of(string purpose) => rows.Single(row => row.Purpose == purpose).KeyId;
        return _cache.GetOrAdd(clientId, new Keys(custodian.Get(Of("lookup")), custodian.Get(Of("secret"))));
    }

    private sealed record Keys(KeyMaterial Lookup, KeyMaterial Secret);
}
