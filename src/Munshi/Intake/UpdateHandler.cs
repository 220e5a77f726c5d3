using System.Text.Json;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Intake;

/// <summary>Brings one update into the vault; update, message, audit event and jobs are settled in one transaction.</summary>
internal sealed class UpdateHandler(
    WorkspaceDatabase database, KeyCustodian custodian, Numbers numbers, ReceivedMessages messages, MessageStatuses statuses, TimeProvider clock) : IJobHandler
{
    internal const string MessageKind = "message";
    internal const string StatusKind = "status";

    /// <summary>A status may come before the answer to the sending is stored; after so many tries it is about nothing of ours.</summary>
    private const int MaxWaits = 8;

    // By the key alone: with the state, the planner may take the index of what is unsettled and read all of it.
    private const string Select =
        "SELECT kind, received_at, key_id, body_sealed FROM intake.update WHERE client_id = $1 AND id = $2 AND settled_at IS NULL";

    public string Kind => "intake.update";

    public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) =>
        database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is not { } updateId)
            {
                return false;
            }

            PendingUpdate? update = await transaction.RowAsync<PendingUpdate>(
                new Statement(Select).Uuid(lease.ClientId).Uuid(updateId),
                reader => new PendingUpdate(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(2), reader.GetFieldValue<byte[]>(3)));
            ReceiptOutcome outcome = update is null
                ? new ReceiptOutcome.Duplicate()
                : await ReceiveAsync(transaction, updateId, update);
            if (outcome is ReceiptOutcome.NotYet && lease.Attempt < MaxWaits)
            {
                Jobs.PutOff(transaction, lease, clock.GetUtcNow() + TimeSpan.FromMilliseconds(250 * Math.Pow(2, lease.Attempt)));
                return true;
            }

            Settle(transaction, updateId, outcome);
            Jobs.Complete(transaction, lease);
            return true;
        }, cancellationToken);

    /// <summary>The update stays sealed where it is, failed and to be replayed.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
    {
        Settle(transaction, subject, new ReceiptOutcome.Unusable("given-up"));
        return Task.CompletedTask;
    }

    private async Task<ReceiptOutcome> ReceiveAsync(WorkspaceTransaction transaction, Guid updateId, PendingUpdate update)
    {
        SealContext context = new(transaction.ClientId, updateId, SortedDelivery.UpdateColumn);
        byte[] json = SealedValue.Open(custodian.Get(update.KeyId), context, update.Body);
        switch (update.Kind)
        {
            case MessageKind:
                return PhoneNumberId(json) is { } phoneNumberId
                    && await numbers.FindAsync(transaction.ClientId, phoneNumberId, transaction.CancellationToken) is { } numberId
                    ? await messages.ReceiveAsync(transaction, numberId, InboundMessage.Read(json), json, update.ReceivedAt)
                    : new ReceiptOutcome.Unusable("unknown-number");
            case StatusKind:
                return await statuses.ReceiveAsync(transaction, StatusUpdate.Read(json), json, update.ReceivedAt);
            default:
                return new ReceiptOutcome.Unusable("kind-not-handled");
        }
    }

    private void Settle(WorkspaceTransaction transaction, Guid updateId, ReceiptOutcome outcome)
    {
        (string state, string? reason) = outcome switch
        {
            ReceiptOutcome.Stored => ("stored", null),
            ReceiptOutcome.Duplicate => ("duplicate", null),
            ReceiptOutcome.Unusable unusable => ("failed", unusable.Reason),
            _ => ("failed", "no-such-message"),
        };
        transaction.Queue(new Statement("UPDATE intake.update SET state = $3, reason = $4, settled_at = $5 WHERE client_id = $1 AND id = $2 AND settled_at IS NULL")
            .Uuid(transaction.ClientId).Uuid(updateId).Text(state).Text(reason).Time(clock.GetUtcNow()));
    }

    private static string? PhoneNumberId(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("metadata", out JsonElement metadata)
            && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("phone_number_id", out JsonElement id)
            ? id.ToString()
            : null;
    }

    private sealed record PendingUpdate(string Kind, DateTimeOffset ReceivedAt, Guid KeyId, byte[] Body);
}
