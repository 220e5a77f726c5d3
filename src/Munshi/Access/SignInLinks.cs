using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Access;

/// <summary>One-time sign-in links: opening one shows a button, pressing it consumes it.</summary>
internal sealed class SignInLinks(Databases databases, TimeProvider clock)
{
    /// <summary>How long a link may be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The token for the address; it is shown once and not kept.</summary>
    public async Task<string> IssueAsync(Guid clientId, Guid personId, Actor actor, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string token = AccessToken.Create();
        await databases.App.ExecuteAsync(
            clientId,
            [
                new Statement("INSERT INTO access.sign_in_link (client_id, token_hash, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)")
                    .Uuid(clientId).Bytes(AccessToken.Hash(token)).Uuid(personId).Time(now).Time(now + Lifetime),
                AuditTrail.Statement(clientId, new AuditEvent(actor, "sign-in-link.issued", "person", personId, now)),
            ],
            cancellationToken);
        return token;
    }

    /// <summary>Whether pressing the button would sign in. Does not consume the link.</summary>
    public async Task<bool> IsUsableAsync(string token, CancellationToken cancellationToken)
    {
        if (AccessToken.Hash(token) is not { } hash || await WorkspaceOfAsync(hash, cancellationToken) is not { } clientId)
        {
            return false;
        }

        return await databases.App.RowAsync(
            clientId,
            new Statement("SELECT EXISTS (SELECT FROM access.sign_in_link WHERE client_id = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > $3)")
                .Uuid(clientId).Bytes(hash).Time(clock.GetUtcNow()),
            reader => reader.GetBoolean(0),
            cancellationToken);
    }

    /// <summary>Consumes the link and opens a session; null when it is unknown, used or too old. Of two at once, one wins.</summary>
    /// <returns>The session's token, for the cookie.</returns>
    public async Task<string?> RedeemAsync(string token, CancellationToken cancellationToken)
    {
        if (AccessToken.Hash(token) is not { } hash || await WorkspaceOfAsync(hash, cancellationToken) is not { } clientId)
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        return await databases.App.TransactAsync(clientId, async transaction =>
        {
            Guid personId = await transaction.RowAsync(
                new Statement(
                    """
                    UPDATE access.sign_in_link SET used_at = $3
                    WHERE client_id = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > $3
                    RETURNING person_id
                    """).Uuid(clientId).Bytes(hash).Time(now),
                reader => reader.GetGuid(0));
            return personId == Guid.Empty ? null : Sessions.Open(transaction, personId, now);
        }, cancellationToken);
    }

    private Task<Guid?> WorkspaceOfAsync(byte[] hash, CancellationToken cancellationToken) =>
        databases.Router.RowAsync(
            new Statement("SELECT access.workspace_of_link($1)").Bytes(hash), reader => reader.ValueOrNull<Guid>(0), cancellationToken);
}
