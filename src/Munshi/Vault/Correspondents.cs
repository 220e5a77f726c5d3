using System.Buffers.Binary;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Finds or makes the contact behind identifiers. A contact is a set of identifiers, never a phone number.</summary>
internal sealed class Correspondents(WorkspaceKeys workspaceKeys, KeyCustodian custodian)
{
    internal const string ValueColumn = "vault.identifier.value_sealed";
    internal const string NameColumn = "vault.identifier.name_sealed";

    private static readonly string FindIdentifiers = Sql.Read("Vault/find_identifiers.sql");
    private static readonly string RecogniseIdentifiers = Sql.Read("Vault/recognise_identifiers.sql");

    /// <summary>The correspondent of these identifiers; new ones are added to the contact that any of them names.</summary>
    /// <param name="transaction">The transaction of the message.</param>
    /// <param name="claims">One or two; the first is the author's.</param>
    /// <param name="profileName">The name the person gave themselves, if told.</param>
    /// <param name="now">When the contact came into being, if it does.</param>
    /// <param name="actor">Who brings it into being, if it does.</param>
    /// <param name="providerId">The provider's id of the message that names them. One that is kept already says nothing new, and what is no message joins nobody.</param>
    public async Task<Correspondent> ResolveAsync(
        WorkspaceTransaction transaction, IReadOnlyList<IdentifierClaim> claims, string? profileName, DateTimeOffset now, Actor actor, string? providerId = null)
    {
        byte[][] lookups = await LookupsAsync(transaction, claims);
        IReadOnlyList<Found> found = await FindAsync(transaction, lookups);
        if (!Covers(found, lookups))
        {
            foreach (byte[] lookup in lookups.OrderBy(Convert.ToHexString, StringComparer.Ordinal))
            {
                transaction.Queue(Alone(lookup));
            }

            found = await FindAsync(transaction, lookups);
            if (!Covers(found, lookups))
            {
                found = await HoldAsync(transaction, lookups, found);
                AddMissing(transaction, claims, lookups, found, now, actor);
                found = await FindAsync(transaction, lookups);
            }
        }

        if (providerId is not null)
        {
            found = await JoinAsync(transaction, lookups, found, providerId, now, actor);
        }

        Found author = Author(found, lookups);
        Rename(transaction, author, profileName);
        return Whole(author, found);
    }

    /// <summary>Adds identifiers that the provider says are the same person's; a contact that has one of them becomes one with theirs.</summary>
    /// <param name="transaction">The transaction of the message that says so.</param>
    /// <param name="customer">Whose they are.</param>
    /// <param name="claims">One or two.</param>
    /// <param name="now">UTC, to the microsecond.</param>
    /// <param name="actor">Who found out.</param>
    public async Task LinkAsync(WorkspaceTransaction transaction, Correspondent customer, IReadOnlyList<IdentifierClaim> claims, DateTimeOffset now, Actor actor)
    {
        foreach (IdentifierClaim claim in claims)
        {
            byte[][] lookups = await LookupsAsync(transaction, [claim]);
            transaction.Queue(Alone(lookups[0]));
            (Guid theirs, Guid? known) = await HoldAsync(transaction, customer, lookups);
            if (known is null)
            {
                Add(transaction, theirs, claim, lookups[0], now, actor);
            }
            else if (known != theirs)
            {
                await ContactMerges.MergeAsync(transaction, theirs, known.Value, actor, now);
            }
        }
    }

    /// <summary>The correspondent of these identifiers, if any of them is known.</summary>
    public async Task<Correspondent?> FindAsync(WorkspaceTransaction transaction, IReadOnlyList<IdentifierClaim> claims)
    {
        IReadOnlyList<Found> found = await FindAsync(transaction, await LookupsAsync(transaction, claims));
        return found.Count == 0 ? null : Whole(found.First(row => row.Lookup is not null), found);
    }

    /// <summary>The correspondents of many messages, in their order and each named as told last, their contacts locked; null where an identifier is new or they are of two contacts.</summary>
    public async Task<IReadOnlyList<Correspondent?>> RecogniseAsync(
        WorkspaceTransaction transaction, IReadOnlyList<(IReadOnlyList<IdentifierClaim> Claims, string? ProfileName)> asked)
    {
        List<byte[][]> lookups = [];
        foreach ((IReadOnlyList<IdentifierClaim> claims, _) in asked)
        {
            lookups.Add(await LookupsAsync(transaction, claims));
        }

        IReadOnlyList<Found> found = await transaction.RowsAsync(
            new Statement(RecogniseIdentifiers).Uuid(transaction.ClientId)
                .Texts([.. asked.SelectMany(one => one.Claims, (_, claim) => claim.Kind)]).BytesArray([.. lookups.SelectMany(of => of)]),
            Read);
        Dictionary<string, Found> byLookup = found.ToDictionary(row => Convert.ToHexString(row.Lookup!));
        ILookup<Guid, Found> byContact = found.ToLookup(row => row.ContactId);
        Dictionary<Guid, (Found Author, string Name)> names = [];
        Correspondent?[] known = new Correspondent?[asked.Count];
        for (int i = 0; i < asked.Count; i++)
        {
            if (lookups[i].All(lookup => byLookup.ContainsKey(Convert.ToHexString(lookup))))
            {
                Found author = byLookup[Convert.ToHexString(lookups[i][0])];
                if (lookups[i].Any(lookup => byLookup[Convert.ToHexString(lookup)].ContactId != author.ContactId))
                {
                    continue; // two contacts, which may be one person: looked at alone
                }

                known[i] = Whole(author, [.. byContact[author.ContactId]]);
                if (asked[i].ProfileName is { } name)
                {
                    names[author.Id] = (author, name);
                }
            }
        }

        // The same message may come at once under another identifier, whose reference differs: one after the other, then. And no contact becomes one with another meanwhile.
        transaction.Queue(ContactLocks.Of(known.OfType<Correspondent>().Select(one => (one.ContactId, one.Identifiers.Count > 1))));
        foreach ((Found author, string name) in names.Values.OrderBy(named => named.Author.Id))
        {
            Rename(transaction, author, name);
        }

        return known;
    }

    /// <summary>Calls somebody by the name that others gave them, until they tell their own.</summary>
    public static void NameUnlessKnown(WorkspaceTransaction transaction, KnownIdentifier known, string name) =>
        transaction.Queue(new Statement("UPDATE vault.identifier SET name_sealed = $3 WHERE client_id = $1 AND id = $2 AND name_sealed IS NULL")
            .Uuid(transaction.ClientId).Uuid(known.Id)
            .Bytes(SealedValue.Seal(known.Identity, new SealContext(transaction.ClientId, known.Id, NameColumn), name)));

    /// <summary>What commits an identifier's immutable part.</summary>
    internal static byte[] Commit(KeyMaterial identity, Guid id, string kind, byte[] value) => Canonical(kind, value).Commit(identity, id);

    internal static RecordCommitment Canonical(string kind, byte[] value) => new RecordCommitment().Field("kind", kind).Field("value", value);

    /// <summary>A message that names identifiers of two contacts says that they are one, unless each has a user id: those are two people, and the phone number changed hands.</summary>
    /// <remarks>One that comes again joins nobody whom a person has separated since, and nobody is joined who was separated while it was read.</remarks>
    private async Task<IReadOnlyList<Found>> JoinAsync(
        WorkspaceTransaction transaction, byte[][] lookups, IReadOnlyList<Found> found, string providerId, DateTimeOffset now, Actor actor)
    {
        if (!AreTwoToJoin(found))
        {
            return found;
        }

        IReadOnlyList<Found> held = await HoldAsync(transaction, lookups, found);
        if (!AreTwoToJoin(held))
        {
            return held;
        }

        Found author = Author(held, lookups);
        KnownIdentifier known = new(author.Id, author.Identity);
        if (await ProviderReferences.FindAsync(transaction, new Correspondent(author.ContactId, known, [known]), providerId) is not null)
        {
            return held;
        }

        await ContactMerges.MergeAsync(transaction, author.ContactId, ContactsOf(held).Single(id => id != author.ContactId), actor, now);
        return await FindAsync(transaction, lookups);
    }

    private static bool AreTwoToJoin(IReadOnlyList<Found> found) =>
        ContactsOf(found).Length == 2 && found.Where(row => row.IsUser).Select(row => row.ContactId).Distinct().Count() < 2;

    private static Guid[] ContactsOf(IReadOnlyList<Found> found) => [.. found.Select(row => row.ContactId).Distinct()];

    /// <summary>The same as they are once their contacts are held alone: until the transaction ends nobody joins or separates them.</summary>
    private async Task<IReadOnlyList<Found>> HoldAsync(WorkspaceTransaction transaction, byte[][] lookups, IReadOnlyList<Found> found)
    {
        HashSet<Guid> held = [];
        while (ContactsOf(found).Except(held).ToArray() is { Length: > 0 } fresh)
        {
            transaction.Queue(ContactLocks.Alone(fresh));
            held.UnionWith(fresh);
            found = await FindAsync(transaction, lookups);
        }

        return found;
    }

    /// <summary>The contact of a customer and that of an identifier, null where it is new; held alone.</summary>
    private async Task<(Guid Theirs, Guid? Known)> HoldAsync(WorkspaceTransaction transaction, Correspondent customer, byte[][] lookups)
    {
        HashSet<Guid> held = [];
        while (true)
        {
            Guid theirs = await transaction.RowAsync(
                new Statement("SELECT contact_id FROM vault.identifier WHERE client_id = $1 AND id = $2").Uuid(transaction.ClientId).Uuid(customer.Author.Id),
                reader => reader.GetGuid(0));
            Guid? known = (await FindAsync(transaction, lookups)).FirstOrDefault(row => row.Lookup is not null)?.ContactId;
            Guid[] fresh = [.. new[] { theirs, known ?? theirs }.Distinct().Except(held)];
            if (fresh.Length == 0)
            {
                return (theirs, known);
            }

            transaction.Queue(ContactLocks.Alone(fresh));
            held.UnionWith(fresh);
        }
    }

    /// <summary>One at a time makes a new identifier.</summary>
    private static Statement Alone(byte[] lookup) => new Statement("SELECT pg_advisory_xact_lock($1)") { ReturnsRows = true }.Long(BinaryPrimitives.ReadInt64BigEndian(lookup));

    private static Found Author(IReadOnlyList<Found> found, byte[][] lookups) =>
        found.First(row => row.Lookup is not null && row.Lookup.AsSpan().SequenceEqual(lookups[0]));

    private static Correspondent Whole(Found author, IReadOnlyList<Found> found) => new(
        author.ContactId,
        new KnownIdentifier(author.Id, author.Identity),
        [.. found.Where(row => row.ContactId == author.ContactId).Select(row => new KnownIdentifier(row.Id, row.Identity))]);

    private async Task<byte[][]> LookupsAsync(WorkspaceTransaction transaction, IReadOnlyList<IdentifierClaim> claims)
    {
        ArgumentOutOfRangeException.ThrowIfZero(claims.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(claims.Count, 2);
        byte[][] lookups = new byte[claims.Count][];
        for (int i = 0; i < claims.Count; i++)
        {
            lookups[i] = await workspaceKeys.LookupAsync(transaction.ClientId, claims[i].Kind, claims[i].Utf8Value, transaction.CancellationToken);
        }

        return lookups;
    }

    private static bool Covers(IReadOnlyList<Found> found, byte[][] lookups) => lookups.All(lookup => IsAmong(lookup, found));

    private static bool IsAmong(byte[] lookup, IReadOnlyList<Found> found) =>
        found.Any(row => row.Lookup is not null && row.Lookup.AsSpan().SequenceEqual(lookup));

    private async Task<IReadOnlyList<Found>> FindAsync(WorkspaceTransaction transaction, byte[][] lookups) =>
        await transaction.RowsAsync(
            new Statement(FindIdentifiers).Uuid(transaction.ClientId).Bytes(lookups[0]).Bytes(lookups[^1]), Read);

    private Found Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetGuid(1), reader.OrNull<byte[]>(2), reader.OrNull<byte[]>(3), custodian.Get(reader.GetGuid(4)), reader.GetString(5) == "bsuid");

    /// <summary>A user id that is new beside another one of the same phone number is another person's: the number changed hands.</summary>
    private void AddMissing(
        WorkspaceTransaction transaction, IReadOnlyList<IdentifierClaim> claims, byte[][] lookups, IReadOnlyList<Found> found, DateTimeOffset now, Actor actor)
    {
        Guid clientId = transaction.ClientId;
        Guid contactId;
        if (found.Count > 0 && !(found.Any(row => row.IsUser) && claims.Zip(lookups).Any(one => one.First.Kind == "bsuid" && !IsAmong(one.Second, found))))
        {
            contactId = found[0].ContactId;
        }
        else
        {
            contactId = Guid.CreateVersion7(now);
            transaction.Queue(new Statement("INSERT INTO vault.contact (client_id, id, created_at) VALUES ($1, $2, $3)")
                .Uuid(clientId).Uuid(contactId).Time(now));
            AuditTrail.Record(transaction, new AuditEvent(actor, "contact.created", "contact", contactId, now));
        }

        for (int i = 0; i < claims.Count; i++)
        {
            byte[] lookup = lookups[i];
            if (!IsAmong(lookup, found))
            {
                Add(transaction, contactId, claims[i], lookup, now, actor);
            }
        }
    }

    private void Add(WorkspaceTransaction transaction, Guid contactId, IdentifierClaim claim, byte[] lookup, DateTimeOffset now, Actor actor)
    {
        Guid clientId = transaction.ClientId;
        Guid id = Guid.CreateVersion7(now);
        Guid keyId = custodian.Take();
        KeyMaterial identity = custodian.Get(keyId);
        byte[] value = claim.Utf8Value;
        byte[] sealedValue = SealedValue.Seal(identity, new SealContext(clientId, id, ValueColumn), value);
        transaction.Queue(new Statement(
            "INSERT INTO vault.identifier (client_id, id, contact_id, kind, lookup, value_sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .Uuid(clientId).Uuid(id).Uuid(contactId).Text(claim.Kind).Bytes(lookup).Bytes(sealedValue).Time(now));
        transaction.Queue(new Statement("INSERT INTO vault.data_key (client_id, identifier_id, period, key_id, created_at) VALUES ($1, $2, $3, $4, $5)")
            .Uuid(clientId).Uuid(id).Int(DataKeys.Identity).Uuid(keyId).Time(now));
        AuditTrail.Record(transaction, new AuditEvent(
            actor, "identifier.added", "identifier", id, now, Commit(identity, id, claim.Kind, value), RecordCommitment.HashCiphertexts(sealedValue)));
    }

    private static void Rename(WorkspaceTransaction transaction, Found author, string? profileName)
    {
        if (string.IsNullOrWhiteSpace(profileName))
        {
            return;
        }

        SealContext context = new(transaction.ClientId, author.Id, NameColumn);
        if (author.Name is null || SealedValue.OpenText(author.Identity, context, author.Name) != profileName)
        {
            transaction.Queue(new Statement("UPDATE vault.identifier SET name_sealed = $3 WHERE client_id = $1 AND id = $2")
                .Uuid(transaction.ClientId).Uuid(author.Id).Bytes(SealedValue.Seal(author.Identity, context, profileName)));
        }
    }

    /// <param name="Id">The identifier.</param>
    /// <param name="ContactId">Its contact.</param>
    /// <param name="Lookup">Where one contact is looked up, null for those of its identifiers that were not asked for.</param>
    /// <param name="Name">The sealed profile name.</param>
    /// <param name="Identity">Its identity key.</param>
    /// <param name="IsUser">Whether it is a business-scoped user id.</param>
    private sealed record Found(Guid Id, Guid ContactId, byte[]? Lookup, byte[]? Name, KeyMaterial Identity, bool IsUser);
}
