using System.Text.Json;
using Munshi.Channels.Costs;
using Munshi.Channels.Health;
using Munshi.Database;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Coexistence;

namespace Munshi.Intake;

/// <summary>Gives one update to the part of the vault that its kind belongs to.</summary>
internal sealed class UpdateReceivers(
    PendingUpdates updates, ReceivedMessages messages, PhoneMessages phone, AddressBook addressBook, MarketingChoices choices, MessageStatuses statuses, MessageCosts costs, ToldEvents told, NumberHealths healths)
{
    private static readonly ReceiptOutcome UnknownNumber = new ReceiptOutcome.Unusable("unknown-number");

    /// <param name="transaction">The transaction that also settles the update.</param>
    /// <param name="update">Not settled yet.</param>
    public Task<ReceiptOutcome> ReceiveAsync(WorkspaceTransaction transaction, PendingUpdate update)
    {
        byte[] json = updates.Open(transaction.ClientId, update);
        return UpdateKindWords.Read(update.Kind) switch
        {
            UpdateKind.Message => MessageAsync(transaction, update, json, messages.ReceiveAsync),
            UpdateKind.Echo => MessageAsync(transaction, update, json, phone.ReceiveEchoAsync),
            UpdateKind.HistoryItem => MessageAsync(transaction, update, json, phone.ReceiveHistoryAsync),
            UpdateKind.Status => StatusAsync(transaction, update, json),
            UpdateKind.AppState => addressBook.ReceiveAsync(transaction, AddressBookChange.Read(json)),
            UpdateKind.UserPreference => PreferenceAsync(transaction, update, json),
            UpdateKind.Standby when Holds(json, "message"u8) => MessageAsync(transaction, update, json, StandbyAsync),
            UpdateKind.Standby when Holds(json, "status"u8) => StatusAsync(transaction, update, json),
            UpdateKind.Account or UpdateKind.Number or UpdateKind.Template or UpdateKind.Error or UpdateKind.HistoryChunk or UpdateKind.Standby =>
                ToldAsync(transaction, update, json),
            _ => Task.FromResult<ReceiptOutcome>(new ReceiptOutcome.Unusable("kind-not-handled")),
        };
    }

    private async Task<ReceiptOutcome> MessageAsync(
        WorkspaceTransaction transaction, PendingUpdate update, byte[] json, Func<WorkspaceTransaction, ArrivedMessage, Task<ReceiptOutcome>> receive) =>
        await updates.MessageAsync(transaction, update, json) is { } message ? await receive(transaction, message) : UnknownNumber;

    /// <summary>What the report says of the message's cost is counted with it, or not at all.</summary>
    private async Task<ReceiptOutcome> StatusAsync(WorkspaceTransaction transaction, PendingUpdate update, byte[] json)
    {
        StatusUpdate status = StatusUpdate.Read(json);
        ReceiptOutcome outcome = await statuses.ReceiveAsync(transaction, status, json, update.ReceivedAt);
        if (outcome is ReceiptOutcome.Stored { ReportedOn: { } message } report)
        {
            costs.Note(transaction, message, report.Id, status, update.ReceivedAt);
        }

        return outcome;
    }

    private async Task<ReceiptOutcome> PreferenceAsync(WorkspaceTransaction transaction, PendingUpdate update, byte[] json) =>
        await updates.NumberAsync(transaction, json, update.ReceivedAt) is { } numberId
            ? await choices.ReceiveAsync(transaction, numberId, UserPreference.Read(json), json, update.ReceivedAt)
            : UnknownNumber;

    /// <summary>Another responder has the conversation: kept and shown, and not for Munshi to answer.</summary>
    private async Task<ReceiptOutcome> StandbyAsync(WorkspaceTransaction transaction, ArrivedMessage message)
    {
        healths.Apply(transaction, ToldEvent.Standby, accountId: null, message.NumberId, message.ReceivedAt);
        return await phone.ReceiveStandbyAsync(transaction, message);
    }

    private async Task<ReceiptOutcome> ToldAsync(WorkspaceTransaction transaction, PendingUpdate update, byte[] json) =>
        await told.ReceiveAsync(transaction, UpdateKindWords.Read(update.Kind), json, await updates.NumberAsync(transaction, json, update.ReceivedAt), update.ReceivedAt);

    private static bool Holds(byte[] json, ReadOnlySpan<byte> part)
    {
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(part))
            {
                return true;
            }
        }

        return false;
    }
}
