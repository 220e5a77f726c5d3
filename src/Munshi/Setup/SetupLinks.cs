using Munshi.Access;
using Munshi.Database;
using Munshi.Workspaces;

namespace Munshi.Setup;

/// <summary>The one-time link of an installation without a workspace. Opening it shows a button; pressing it gives a claim, with which the first owner is made.</summary>
internal sealed class SetupLinks(Databases databases, WorkspaceRegistry workspaces, TimeProvider clock)
{
    /// <summary>How long a link may be pressed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long there is for the two names that come after the press.</summary>
    public static readonly TimeSpan ClaimLifetime = TimeSpan.FromHours(1);

    /// <summary>Whether there is nothing yet that a link could give away.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken) => (await workspaces.ListAsync(cancellationToken)).Count == 0;

    /// <summary>The token for the address, shown once and not kept; earlier links no longer work, nor do the claims of those already pressed. Null when there is a workspace already.</summary>
    public async Task<string?> IssueAsync(CancellationToken cancellationToken)
    {
        if (!await IsOpenAsync(cancellationToken))
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        string token = AccessToken.Create();
        await databases.App.ExecuteAsync(
            Guid.Empty,
            [
                new Statement("UPDATE setup.link SET expires_at = $1 WHERE pressed_at IS NULL AND expires_at > $1").Time(now),
                new Statement("UPDATE setup.link SET claim_until = $1 WHERE claim_until > $1").Time(now),
                new Statement("INSERT INTO setup.link (token_hash, created_at, expires_at) VALUES ($1, $2, $3)")
                    .Bytes(AccessToken.Hash(token)).Time(now).Time(now + Lifetime),
            ],
            cancellationToken);
        return token;
    }

    /// <summary>Whether pressing the button would do anything. Does not consume the link.</summary>
    public async Task<bool> IsUsableAsync(string token, CancellationToken cancellationToken) =>
        AccessToken.Hash(token) is { } hash
        && await IsOpenAsync(cancellationToken)
        && await ExistsAsync("SELECT EXISTS (SELECT FROM setup.link WHERE token_hash = $1 AND pressed_at IS NULL AND expires_at > $2)", hash, cancellationToken);

    /// <summary>Consumes the link; null when it is unknown, used or too old. Of two at once, one wins.</summary>
    /// <returns>The claim, for the cookie.</returns>
    public async Task<string?> PressAsync(string token, CancellationToken cancellationToken)
    {
        if (AccessToken.Hash(token) is not { } hash || !await IsOpenAsync(cancellationToken))
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        string claim = AccessToken.Create();
        bool won = await databases.App.TransactAsync(Guid.Empty, async transaction => await transaction.ExecuteAsync(
            new Statement("UPDATE setup.link SET pressed_at = $2, claim_hash = $3, claim_until = $4 WHERE token_hash = $1 AND pressed_at IS NULL AND expires_at > $2")
                .Bytes(hash).Time(now).Bytes(AccessToken.Hash(claim)).Time(now + ClaimLifetime)) == 1, cancellationToken);
        return won ? claim : null;
    }

    /// <summary>Whether the browser that holds it may make the first owner.</summary>
    public async Task<bool> HoldsAsync(string? claim, CancellationToken cancellationToken) =>
        AccessToken.Hash(claim) is { } hash
        && await IsOpenAsync(cancellationToken)
        && await ExistsAsync("SELECT EXISTS (SELECT FROM setup.link WHERE claim_hash = $1 AND claim_until > $2)", hash, cancellationToken);

    private async Task<bool> ExistsAsync(string select, byte[] hash, CancellationToken cancellationToken) =>
        await databases.App.RowAsync(
            Guid.Empty, new Statement(select).Bytes(hash).Time(clock.GetUtcNow()), reader => reader.GetBoolean(0), cancellationToken);
}
