using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;

namespace Munshi.Channels;

/// <summary>The Meta apps whose webhooks are taken in. An app without a secret cannot be made.</summary>
internal sealed class MetaApps(Databases databases, WorkspaceKeys keys, IMemoryCache cache, TimeProvider clock)
{
    /// <summary>Meta's secrets have 32 characters; a shorter one would be guessable.</summary>
    public const int MinSecretLength = 16;

    public const int MaxSecretLength = 256;

    public const int MinVerifyTokenLength = 8;

    public const int MaxVerifyTokenLength = 256;

    private const string SecretColumn = "channel.meta_app.secret_sealed";
    private const string TokenColumn = "channel.meta_app.verify_token_sealed";

    /// <summary>How long a changed secret may go unnoticed.</summary>
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(30);

    /// <param name="clientId">The owner.</param>
    /// <param name="secret">Meta's app secret, <see cref="MinSecretLength"/> to <see cref="MaxSecretLength"/> characters.</param>
    /// <param name="verifyToken">For the handshake, <see cref="MinVerifyTokenLength"/> to <see cref="MaxVerifyTokenLength"/> characters.</param>
    /// <param name="shared">Whether other workspaces' numbers may hang on it.</param>
    /// <param name="actor">Who registers it.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task<Guid> RegisterAsync(
        Guid clientId, string secret, string verifyToken, bool shared, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, MinSecretLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secret.Length, MaxSecretLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(verifyToken.Length, MinVerifyTokenLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(verifyToken.Length, MaxVerifyTokenLength);
        DateTimeOffset now = clock.GetUtcNow();
        Guid id = Guid.NewGuid();
        byte[] sealedSecret = await keys.SealAsync(new SealContext(clientId, id, SecretColumn), secret, cancellationToken);
        byte[] sealedToken = await keys.SealAsync(new SealContext(clientId, id, TokenColumn), verifyToken, cancellationToken);
        await databases.App.ExecuteAsync(
            clientId,
            [
                new Statement("INSERT INTO channel.meta_app (client_id, id, shared, secret_sealed, verify_token_hash, verify_token_sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
                    .Uuid(clientId).Uuid(id).Flag(shared).Bytes(sealedSecret).Bytes(Hash(verifyToken)).Bytes(sealedToken).Time(now),
                AuditTrail.Statement(clientId, new AuditEvent(actor, "meta-app.registered", "meta-app", id, now)),
            ],
            cancellationToken);
        return id;
    }

    /// <summary>Null when there is no such app.</summary>
    public async ValueTask<MetaApp?> FindAsync(Guid appId, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue((nameof(MetaApps), appId), out MetaApp? cached))
        {
            return cached;
        }

        MetaApp? app = await ReadAsync(appId, cancellationToken);
        return app is null ? null : cache.Set((nameof(MetaApps), appId), app, CacheTime);
    }

    /// <summary>The verify token, to be shown to the owner; null where only its hash is kept.</summary>
    public async Task<string?> VerifyTokenAsync(Guid clientId, Guid appId, CancellationToken cancellationToken)
    {
        byte[]? token = await databases.App.RowAsync(
            clientId,
            new Statement("SELECT verify_token_sealed FROM channel.meta_app WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(appId),
            reader => reader.OrNull<byte[]>(0),
            cancellationToken);
        return token is null ? null : await keys.OpenAsync(new SealContext(clientId, appId, TokenColumn), token, cancellationToken);
    }

    /// <summary>Takes a new secret; what the old one made refused is forgotten. Other processes notice it within <see cref="CacheTime"/>.</summary>
    public async Task ReplaceSecretAsync(Guid clientId, Guid appId, string secret, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, MinSecretLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secret.Length, MaxSecretLength);
        byte[] sealedSecret = await keys.SealAsync(new SealContext(clientId, appId, SecretColumn), secret, cancellationToken);
        await ReplaceAsync(
            clientId,
            appId,
            new Statement("UPDATE channel.meta_app SET secret_sealed = $3 WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(appId).Bytes(sealedSecret),
            "UPDATE channel.callback_state SET bad_signatures = 0, bad_signature_at = NULL WHERE client_id = $1 AND app_id = $2",
            new AuditEvent(actor, "meta-app.secret-replaced", "meta-app", appId, clock.GetUtcNow()),
            cancellationToken);
    }

    /// <summary>Takes a new verify token; Meta's handshake is then awaited anew.</summary>
    /// <param name="clientId">The owner.</param>
    /// <param name="appId">The app.</param>
    /// <param name="verifyToken"><see cref="MinVerifyTokenLength"/> to <see cref="MaxVerifyTokenLength"/> characters.</param>
    /// <param name="actor">Who replaces it.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task ReplaceVerifyTokenAsync(Guid clientId, Guid appId, string verifyToken, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(verifyToken.Length, MinVerifyTokenLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(verifyToken.Length, MaxVerifyTokenLength);
        byte[] sealedToken = await keys.SealAsync(new SealContext(clientId, appId, TokenColumn), verifyToken, cancellationToken);
        await ReplaceAsync(
            clientId,
            appId,
            new Statement("UPDATE channel.meta_app SET verify_token_hash = $3, verify_token_sealed = $4 WHERE client_id = $1 AND id = $2")
                .Uuid(clientId).Uuid(appId).Bytes(Hash(verifyToken)).Bytes(sealedToken),
            "UPDATE channel.callback_state SET handshake_at = NULL, refused_handshakes = 0, refused_handshake_at = NULL WHERE client_id = $1 AND app_id = $2",
            new AuditEvent(actor, "meta-app.verify-token-replaced", "meta-app", appId, clock.GetUtcNow()),
            cancellationToken);
    }

    /// <summary>The ids of the workspace's own apps, oldest first.</summary>
    public Task<IReadOnlyList<Guid>> ListAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.App.RowsAsync(
            clientId,
            new Statement("SELECT id FROM channel.meta_app WHERE client_id = $1 ORDER BY created_at, id").Uuid(clientId),
            reader => reader.GetGuid(0),
            cancellationToken);

    private static byte[] Hash(string verifyToken) => SHA256.HashData(Encoding.UTF8.GetBytes(verifyToken));

    private async Task ReplaceAsync(
        Guid clientId, Guid appId, Statement replace, string forget, AuditEvent audited, CancellationToken cancellationToken)
    {
        await databases.App.ExecuteAsync(
            clientId, [replace, new Statement(forget).Uuid(clientId).Uuid(appId), AuditTrail.Statement(clientId, audited)], cancellationToken);
        cache.Remove((nameof(MetaApps), appId));
    }

    private async Task<MetaApp?> ReadAsync(Guid appId, CancellationToken cancellationToken)
    {
        Guid? clientId = await databases.Router.RowAsync(
            new Statement("SELECT channel.workspace_of_app($1)").Uuid(appId), reader => reader.ValueOrNull<Guid>(0), cancellationToken);
        if (clientId is not { } owner)
        {
            return null;
        }

        (byte[] Secret, byte[] Token) row = await databases.App.RowAsync(
            owner,
            new Statement("SELECT secret_sealed, verify_token_hash FROM channel.meta_app WHERE client_id = $1 AND id = $2").Uuid(owner).Uuid(appId),
            reader => (reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1)),
            cancellationToken);
        string secret = await keys.OpenAsync(new SealContext(owner, appId, SecretColumn), row.Secret, cancellationToken);
        return new MetaApp(appId, owner, Encoding.UTF8.GetBytes(secret), row.Token);
    }
}
