using Munshi.Access;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;
using Npgsql;

namespace Munshi.Setup;

/// <summary>Makes the first workspace, its owner and their session in one transaction, once in the life of an installation.</summary>
internal sealed class FirstOwner(WorkspaceDatabase database, SetupLinks links, WorkspaceRegistry workspaces, TimeProvider clock)
{
    /// <param name="claim">From the browser that pressed the link.</param>
    /// <param name="name">The owner's.</param>
    /// <param name="business">The business's; the workspace's handle is made from it.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task<FirstOwnerOutcome> MakeAsync(string? claim, string name, string business, CancellationToken cancellationToken)
    {
        if (!await links.HoldsAsync(claim, cancellationToken))
        {
            return new FirstOwnerOutcome.NoClaim();
        }

        if (!IsName(name, Members.MaxNameLength) || !IsName(business, WorkspaceRegistry.MaxNameLength))
        {
            return new FirstOwnerOutcome.BadName();
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        Guid personId = Guid.CreateVersion7(now);
        try
        {
            string session = await database.TransactAsync(Guid.CreateVersion7(now), async transaction =>
            {
                // First, and waited for: a second claim stops here.
                await transaction.ExecuteAsync(new Statement("INSERT INTO setup.first_owner (at) VALUES ($1)").Time(now));
                Actor actor = Actor.Person(personId);
                KeyMaterial secret = workspaces.Insert(transaction, WorkspaceHandle.From(business), business, actor, now);
                Members.Insert(transaction, personId, name, MemberRole.Owner, secret, actor, now);
                return Sessions.Open(transaction, personId, now);
            }, cancellationToken);
            return new FirstOwnerOutcome.Made(session);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new FirstOwnerOutcome.NoClaim();
        }
    }

    private static bool IsName(string name, int most) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= most && !name.Any(char.IsControl);
}
