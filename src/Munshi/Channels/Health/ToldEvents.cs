using System.Globalization;
using System.Text;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Channels.Templates;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Notices;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Account;
using Munshi.Workspaces;

namespace Munshi.Channels.Health;

/// <summary>Keeps what Meta told of account, number and templates, once, and tells the owners what presses.</summary>
internal sealed class ToldEvents(WorkspaceDatabase database, WorkspaceKeys keys, NumberHealths healths, NumberAccounts accounts, TimeProvider clock)
{
    private const string DigestPurpose = "channel-told";
    private const string BodyColumn = "channel.told.body_sealed";

    private const string Insert =
        """
        INSERT INTO channel.told (client_id, id, digest, kind, word, severity, at, received_at, body_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (client_id, digest) DO NOTHING
        RETURNING id
        """;

    private const string Newest =
        "SELECT kind, word, severity, at FROM channel.told WHERE client_id = $1 AND (kind <> 'history' OR word <> 'PROGRESS') ORDER BY id DESC LIMIT $2";

    /// <param name="transaction">The transaction that also settles the update.</param>
    /// <param name="kind">What it is about.</param>
    /// <param name="json">The update whole.</param>
    /// <param name="numberId">The number it names; null where it is about the account.</param>
    /// <param name="receivedAt">When its delivery was acknowledged.</param>
    public async Task<ReceiptOutcome> ReceiveAsync(
        WorkspaceTransaction transaction, UpdateKind kind, byte[] json, Guid? numberId, DateTimeOffset receivedAt)
    {
        ToldEvent told = ToldEventReader.Read(kind, json);
        DateTimeOffset now = clock.GetMicrosecondNow();
        AccountEvent change = AccountEvent.Read(json);
        DateTimeOffset at = change.At.AsOf(now) ?? receivedAt;
        Guid id = Guid.CreateVersion7(now);
        Guid added = await transaction.RowAsync(
            new Statement(Insert)
                .Uuid(transaction.ClientId).Uuid(id).Bytes(await keys.LookupAsync(transaction.ClientId, DigestPurpose, Told(kind, json, receivedAt), transaction.CancellationToken))
                .Text(told.Kind).Text(told.Word).Text(told.Severity.Name()).Time(at).Time(receivedAt)
                .Bytes(await keys.SealAsync(new SealContext(transaction.ClientId, id, BodyColumn), Encoding.UTF8.GetString(json), transaction.CancellationToken)),
            reader => reader.GetGuid(0));
        if (added == Guid.Empty)
        {
            return new ReceiptOutcome.Duplicate();
        }

        AuditTrail.Record(transaction, new AuditEvent(Actor.Intake, "account.told", "told", id, now));
        healths.Apply(transaction, told, change.WabaId, numberId, at);
        if (told.Account is not null)
        {
            foreach ((Guid number, bool open) in await healths.AccountsAsync(transaction, change.WabaId, numberId))
            {
                if (open)
                {
                    await NumberStops.ResumeToldAsync(transaction, number, now);
                }
                else if (told.HoldsReplies)
                {
                    await NumberStops.StopToldAsync(transaction, number, now);
                }
            }
        }

        if (told.Kind == "template" && change.WabaId is { } account)
        {
            foreach (Guid number in await accounts.NumbersAsync(transaction, account))
            {
                TemplateBook.Refresh(transaction, number, now);
            }
        }

        if (told.Severity is not NoticeSeverity.Info)
        {
            NoticeBoard.Raise(
                transaction,
                new Notice
                {
                    Kind = $"channel-{told.Kind}",
                    Severity = told.Severity,
                    Subject = numberId ?? transaction.ClientId,
                    DedupKey = id.ToString(),
                    Parameters = [told.Word],
                },
                now);
        }

        return new ReceiptOutcome.Noted();
    }

    /// <summary>An error bears no time: the same within an hour is one.</summary>
    private static byte[] Told(UpdateKind kind, byte[] json, DateTimeOffset receivedAt) => kind is UpdateKind.Error
        ? [.. json, .. Encoding.ASCII.GetBytes(receivedAt.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture))]
        : json;

    /// <summary>The newest of a workspace, newest first.</summary>
    public Task<IReadOnlyList<ToldRow>> NewestAsync(Guid clientId, int most, CancellationToken cancellationToken) => database.RowsAsync(
        clientId,
        new Statement(Newest).Uuid(clientId).Int(most),
        reader => new ToldRow(reader.GetString(0), reader.GetString(1), NoticeSeverityNames.Parse(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3)),
        cancellationToken);
}
