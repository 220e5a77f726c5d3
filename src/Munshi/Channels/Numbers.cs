using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Channels.Templates;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Workspaces;
using Npgsql;

namespace Munshi.Channels;

/// <summary>The business phone numbers: connecting one, routing to its workspace, the credentials for sending.</summary>
internal sealed partial class Numbers(Databases databases, WorkspaceKeys keys, KeyCustodian custodian, TimeProvider clock)
{
    /// <summary>The kind of the job that follows a number's, or its account's, becoming known; its subject is the number.</summary>
    public const string ConnectedJob = "channel.connected";

    private const string LookupPurpose = "phone-number-id";
    private const string ProviderIdColumn = "channel.number.phone_number_id_sealed";
    internal const string DisplayColumn = "channel.number.display_number_sealed";
    private const string AccountColumn = "channel.number.waba_id_sealed";
    private const string TokenColumn = "channel.number.token_sealed";

    /// <summary>No role may change a number's workspace, app or id, so what was found once holds; one that is unknown may be connected the next moment.</summary>
    private readonly ConcurrentDictionary<(Guid ClientId, string PhoneNumberId), Guid> _known = [];
    private readonly ConcurrentDictionary<(Guid AppId, string PhoneNumberId), Guid> _workspaces = [];

    /// <summary>Connects a number, or replaces the token of one that this workspace has on the same app and as the same number.</summary>
    public async Task<NumberOutcome> ConnectAsync(
        Guid clientId, Guid appId, string phoneNumberId, string displayNumber, string accessToken, Actor actor, CancellationToken cancellationToken)
    {
        if (!ProviderId().IsMatch(phoneNumberId))
        {
            return new NumberOutcome.Refused("The phone number id must be 5 to 32 digits, as Meta shows it.");
        }

        if (!Digits().IsMatch(displayNumber))
        {
            return new NumberOutcome.Refused("The number must be 8 to 15 digits with country code, without plus.");
        }

        if (accessToken.Length is < 8 or > 1024)
        {
            return new NumberOutcome.Refused("The access token must be 8 to 1024 characters long.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (await FindAsync(clientId, phoneNumberId, cancellationToken) is { } known)
        {
            return await DifferenceAsync(clientId, known, appId, displayNumber, cancellationToken)
                ?? await ReplaceTokenAsync(clientId, known, accessToken, actor, now, cancellationToken);
        }

        Guid id = Guid.CreateVersion7(now);
        Statement insert = new Statement(
            """
            INSERT INTO channel.number (client_id, id, app_id, phone_number_id_lookup, phone_number_id_sealed, display_number_sealed, token_sealed, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """)
            .Uuid(clientId).Uuid(id).Uuid(appId).Bytes(Lookup(phoneNumberId))
            .Bytes(await keys.SealAsync(new SealContext(clientId, id, ProviderIdColumn), phoneNumberId, cancellationToken))
            .Bytes(await keys.SealAsync(new SealContext(clientId, id, DisplayColumn), displayNumber, cancellationToken))
            .Bytes(await keys.SealAsync(new SealContext(clientId, id, TokenColumn), accessToken, cancellationToken))
            .Time(now);
        try
        {
            return await databases.App.TransactAsync<NumberOutcome>(
                clientId,
                transaction =>
                {
                    transaction.Queue(insert);
                    AuditTrail.Record(transaction, new AuditEvent(actor, "number.connected", "number", id, now));
                    Jobs.Enqueue(transaction, ConnectedJob, id, now);
                    return Task.FromResult<NumberOutcome>(new NumberOutcome.Connected(id));
                },
                cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new NumberOutcome.Refused("This phone number id is already connected on this installation.");
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            return new NumberOutcome.Refused("There is no such Meta app for this workspace; register it first.");
        }
    }

    /// <summary>No role may change a number's app or how it is shown, so neither is taken and dropped.</summary>
    private async Task<NumberOutcome?> DifferenceAsync(
        Guid clientId, Guid numberId, Guid appId, string displayNumber, CancellationToken cancellationToken)
    {
        Guid onApp = await AppOfAsync(clientId, numberId, cancellationToken);
        string number = await DisplayNumberAsync(clientId, numberId, cancellationToken);
        return onApp == appId && number == displayNumber
            ? null
            : new NumberOutcome.Differs(
                $"This phone number id is connected already, as {number} on app {onApp}: its token is replaced with just that number and app.");
    }

    /// <summary>Connecting a number anew is how a token that ran out or was revoked is replaced.</summary>
    private async Task<NumberOutcome> ReplaceTokenAsync(
        Guid clientId, Guid numberId, string accessToken, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        byte[] token = await keys.SealAsync(new SealContext(clientId, numberId, TokenColumn), accessToken, cancellationToken);
        return await databases.App.TransactAsync<NumberOutcome>(
            clientId,
            async transaction =>
            {
                transaction.Queue(new Statement("UPDATE channel.number SET token_sealed = $3 WHERE client_id = $1 AND id = $2")
                    .Uuid(clientId).Uuid(numberId).Bytes(token));
                AuditTrail.Record(transaction, new AuditEvent(actor, "number.token-replaced", "number", numberId, now));
                await NumberStops.ResumeAsync(transaction, numberId, actor, now);
                Jobs.Enqueue(transaction, ConnectedJob, numberId, now);
                return new NumberOutcome.Connected(numberId);
            },
            cancellationToken);
    }

    /// <summary>The workspace that owns an app; null when there is no such app.</summary>
    public Task<Guid?> OwnerOfAppAsync(Guid appId, CancellationToken cancellationToken) => databases.Router.RowAsync(
        new Statement("SELECT channel.workspace_of_app($1)").Uuid(appId), reader => reader.ValueOrNull<Guid>(0), cancellationToken);

    /// <summary>The workspace of a number on this app; null when the number is unknown or hangs on another app.</summary>
    public async Task<Guid?> WorkspaceOfAsync(Guid appId, string phoneNumberId, CancellationToken cancellationToken)
    {
        if (_workspaces.TryGetValue((appId, phoneNumberId), out Guid known))
        {
            return known;
        }

        Guid? clientId = await databases.Router.RowAsync(
            new Statement("SELECT channel.workspace_of_number($1, $2)").Uuid(appId).Bytes(Lookup(phoneNumberId)),
            reader => reader.ValueOrNull<Guid>(0),
            cancellationToken);
        return clientId is { } found ? _workspaces[(appId, phoneNumberId)] = found : null;
    }

    /// <summary>Our id of a number; null when it is not this workspace's.</summary>
    public async Task<Guid?> FindAsync(Guid clientId, string phoneNumberId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((clientId, phoneNumberId), out Guid known))
        {
            return known;
        }

        Guid id = await databases.App.RowAsync(
            clientId,
            new Statement("SELECT id FROM channel.number WHERE client_id = $1 AND phone_number_id_lookup = $2").Uuid(clientId).Bytes(Lookup(phoneNumberId)),
            reader => reader.GetGuid(0),
            cancellationToken);
        return id == Guid.Empty ? null : _known[(clientId, phoneNumberId)] = id;
    }

    /// <summary>Our ids of the workspace's numbers and of the apps they hang on, oldest first.</summary>
    public Task<IReadOnlyList<(Guid NumberId, Guid AppId)>> ListAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.App.RowsAsync(
            clientId,
            new Statement("SELECT id, app_id FROM channel.number WHERE client_id = $1 ORDER BY created_at, id").Uuid(clientId),
            reader => (reader.GetGuid(0), reader.GetGuid(1)),
            cancellationToken);

    /// <summary>Our id of the app that the number hangs on, which may be another workspace's.</summary>
    public Task<Guid> AppOfAsync(Guid clientId, Guid numberId, CancellationToken cancellationToken) =>
        databases.App.RowAsync(
            clientId,
            new Statement("SELECT app_id FROM channel.number WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(numberId),
            reader => reader.GetGuid(0),
            cancellationToken);

    /// <summary>The number as it was connected: digits with country code.</summary>
    public async Task<string> DisplayNumberAsync(Guid clientId, Guid numberId, CancellationToken cancellationToken)
    {
        byte[]? number = await databases.App.RowAsync(
            clientId,
            new Statement("SELECT display_number_sealed FROM channel.number WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(numberId),
            reader => reader.GetFieldValue<byte[]>(0),
            cancellationToken);
        return await keys.OpenAsync(
            new SealContext(clientId, numberId, DisplayColumn), number ?? throw new InvalidOperationException("No such number."), cancellationToken);
    }

    public async Task<NumberCredentials> CredentialsAsync(Guid clientId, Guid numberId, CancellationToken cancellationToken)
    {
        (byte[] ProviderId, byte[] Token) row = await databases.App.RowAsync(
            clientId,
            new Statement("SELECT phone_number_id_sealed, token_sealed FROM channel.number WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(numberId),
            reader => (reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1)),
            cancellationToken);
        return new NumberCredentials(
            numberId,
            await keys.OpenAsync(new SealContext(clientId, numberId, ProviderIdColumn), row.ProviderId, cancellationToken),
            await keys.OpenAsync(new SealContext(clientId, numberId, TokenColumn), row.Token, cancellationToken),
            row.Token);
    }

    /// <summary>Keeps Meta's id of the business account that a number belongs to, and has its templates asked for.</summary>
    public async Task KeepAccountAsync(Guid clientId, Guid numberId, string wabaId, CancellationToken cancellationToken)
    {
        byte[] account = await keys.SealAsync(new SealContext(clientId, numberId, AccountColumn), wabaId, cancellationToken);
        await databases.App.TransactAsync(
            clientId,
            transaction =>
            {
                transaction.Queue(new Statement("UPDATE channel.number SET waba_id_sealed = $3 WHERE client_id = $1 AND id = $2")
                    .Uuid(clientId).Uuid(numberId).Bytes(account));
                TemplateBook.Refresh(transaction, numberId, clock.GetMicrosecondNow());
                return Task.FromResult(true);
            },
            cancellationToken);
    }

    /// <summary>Keeps the account that a signed webhook names, and has its templates asked for, unless one is known already.</summary>
    public async Task LearnAccountAsync(WorkspaceTransaction transaction, Guid numberId, string wabaId)
    {
        byte[] account = await keys.SealAsync(new SealContext(transaction.ClientId, numberId, AccountColumn), wabaId, transaction.CancellationToken);
        Guid learnt = await transaction.RowAsync(
            new Statement("UPDATE channel.number SET waba_id_sealed = $3 WHERE client_id = $1 AND id = $2 AND waba_id_sealed IS NULL RETURNING id")
                .Uuid(transaction.ClientId).Uuid(numberId).Bytes(account),
            reader => reader.GetGuid(0));
        if (learnt == numberId)
        {
            TemplateBook.Refresh(transaction, numberId, clock.GetMicrosecondNow());
        }
    }

    /// <summary>Meta's id of the business account that a number belongs to; null where nobody told it.</summary>
    public async Task<string?> AccountAsync(Guid clientId, Guid numberId, CancellationToken cancellationToken)
    {
        byte[]? account = await databases.App.RowAsync(
            clientId,
            new Statement("SELECT waba_id_sealed FROM channel.number WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(numberId),
            reader => reader.OrNull<byte[]>(0),
            cancellationToken);
        return account is null ? null : await keys.OpenAsync(new SealContext(clientId, numberId, AccountColumn), account, cancellationToken);
    }

    private byte[] Lookup(string phoneNumberId) => custodian.InstallationLookup(LookupPurpose, Encoding.ASCII.GetBytes(phoneNumberId));

    [GeneratedRegex("^[0-9]{5,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex ProviderId();

    [GeneratedRegex("^[0-9]{8,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
