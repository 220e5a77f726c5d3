using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Access;

/// <summary>Dashboard sessions: one person, one workspace, seven days, revocable.</summary>
internal sealed class Sessions(Databases databases, Members members, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>A session was ended by this process. Handlers return at once.</summary>
    public event Action<Guid>? Ended;

    /// <summary>Opens a session in the transaction that consumes the link. Returns its token.</summary>
    public static string Open(WorkspaceTransaction transaction, Guid personId, DateTimeOffset now)
    {
        string token = AccessToken.Create();
        Guid id = Guid.CreateVersion7(now);
        transaction.Queue(new Statement("INSERT INTO access.session (client_id, token_hash, id, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .Uuid(transaction.ClientId).Bytes(AccessToken.Hash(token)).Uuid(id).Uuid(personId).Time(now).Time(now + Lifetime));
        AuditTrail.Record(transaction, new AuditEvent(Actor.Person(personId), "session.opened", "session", id, now));
        return token;
    }

    /// <summary>Who holds the token; null when it is unknown, ended or too old.</summary>
    public async Task<SignedIn?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (AccessToken.Hash(token) is not { } hash)
        {
            return null;
        }

        Guid? clientId = await databases.Router.RowAsync(
            new Statement("SELECT access.workspace_of_session($1)").Bytes(hash), reader => reader.ValueOrNull<Guid>(0), cancellationToken);
        if (clientId is not { } workspace)
        {
            return null;
        }

        (Guid Id, Guid PersonId) session = await databases.App.RowAsync(
            workspace,
            new Statement("SELECT id, person_id FROM access.session WHERE client_id = $1 AND token_hash = $2 AND ended_at IS NULL AND expires_at > $3")
                .Uuid(workspace).Bytes(hash).Time(clock.GetUtcNow()),
            reader => (reader.GetGuid(0), reader.GetGuid(1)),
            cancellationToken);
        if (session.Id == Guid.Empty)
        {
            return null;
        }

        Member member = (await members.ListAsync(workspace, cancellationToken))[session.PersonId];
        return new SignedIn(workspace, session.PersonId, session.Id, member.Role, member.Name);
    }

    public async Task EndAsync(SignedIn person, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await databases.App.ExecuteAsync(
            person.ClientId,
            [
                new Statement("UPDATE access.session SET ended_at = $3 WHERE client_id = $1 AND id = $2 AND ended_at IS NULL")
                    .Uuid(person.ClientId).Uuid(person.SessionId).Time(now),
                AuditTrail.Statement(person.ClientId, new AuditEvent(Actor.Person(person.PersonId), "session.ended", "session", person.SessionId, now)),
            ],
            cancellationToken);
        Ended?.Invoke(person.SessionId);
    }
}
