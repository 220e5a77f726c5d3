using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;
using Npgsql;

namespace Munshi.Access;

/// <summary>The people of a workspace.</summary>
internal sealed class Members(WorkspaceDatabase database, WorkspaceKeys keys, TimeProvider clock)
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    internal const string NameColumn = "access.membership.name_sealed";

    /// <exception cref="ArgumentException">The name is empty or longer than <see cref="MaxNameLength"/>.</exception>
    public async Task<Guid> AddAsync(Guid clientId, string name, MemberRole role, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameLength);
        DateTimeOffset now = clock.GetUtcNow();
        Guid personId = Guid.CreateVersion7(now);
        byte[] sealedName = await keys.SealAsync(new SealContext(clientId, personId, NameColumn), name, cancellationToken);
        await database.ExecuteAsync(clientId, Records(clientId, personId, role, sealedName, actor, now), cancellationToken);
        return personId;
    }

    /// <summary>Adds a person to a workspace that is made in the same transaction.</summary>
    /// <param name="transaction">In which the workspace is made.</param>
    /// <param name="personId">A fresh id.</param>
    /// <param name="name">1 to <see cref="MaxNameLength"/>.</param>
    /// <param name="role">What they are.</param>
    /// <param name="secret">The workspace's own key.</param>
    /// <param name="actor">Who adds them.</param>
    /// <param name="now">UTC.</param>
    public static void Insert(
        WorkspaceTransaction transaction, Guid personId, string name, MemberRole role, KeyMaterial secret, Actor actor, DateTimeOffset now)
    {
        byte[] sealedName = SealedValue.Seal(secret, new SealContext(transaction.ClientId, personId, NameColumn), name);
        foreach (Statement statement in Records(transaction.ClientId, personId, role, sealedName, actor, now))
        {
            transaction.Queue(statement);
        }
    }

    /// <summary>The names of all members, by person.</summary>
    public async Task<IReadOnlyDictionary<Guid, Member>> ListAsync(Guid clientId, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid PersonId, string Role, byte[] Name)> rows = await database.RowsAsync(
            clientId,
            new Statement("SELECT person_id, role, name_sealed FROM access.membership WHERE client_id = $1 ORDER BY created_at").Uuid(clientId),
            Read,
            cancellationToken);
        Dictionary<Guid, Member> members = [];
        foreach ((Guid personId, string role, byte[] name) in rows)
        {
            SealContext context = new(clientId, personId, NameColumn);
            members.Add(personId, new Member(personId, Role(role), await keys.OpenAsync(context, name, cancellationToken)));
        }

        return members;
    }

    private static IReadOnlyList<Statement> Records(
        Guid clientId, Guid personId, MemberRole role, byte[] sealedName, Actor actor, DateTimeOffset now) =>
        [
            new Statement("INSERT INTO access.person (id, created_at) VALUES ($1, $2)").Uuid(personId).Time(now),
            new Statement("INSERT INTO access.membership (client_id, person_id, role, name_sealed, created_at) VALUES ($1, $2, $3, $4, $5)")
                .Uuid(clientId).Uuid(personId).Text(Name(role)).Bytes(sealedName).Time(now),
            AuditTrail.Statement(clientId, new AuditEvent(actor, "member.added", "person", personId, now)),
        ];

    private static (Guid PersonId, string Role, byte[] Name) Read(NpgsqlDataReader reader) =>
        (reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2));

    private static string Name(MemberRole role) => role == MemberRole.Owner ? "owner" : "staff";

    private static MemberRole Role(string name) => name == "owner" ? MemberRole.Owner : MemberRole.Staff;
}
