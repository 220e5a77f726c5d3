using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Intake.Deliveries;

/// <summary>Reads one update of a workspace, its job and what it says.</summary>
internal sealed class UpdateReader(WorkspaceDatabase database, PendingUpdates updates, KeyCustodian custodian, ReferencedMessages messages)
{
    /// <summary>The longest content shown, in UTF-16 code units; more is cut.</summary>
    public const int MostShown = 64 * 1024;

    private static readonly string ReadUpdate = Sql.Read("Intake/Deliveries/read_update.sql");
    private static readonly string FindJob = Sql.Read("Intake/Deliveries/find_job.sql");

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // the page encodes it

    /// <summary>Null where the workspace has no such update.</summary>
    public async Task<UpdateView?> FindAsync(Guid clientId, Guid id, CancellationToken cancellationToken)
    {
        Stored? stored = await database.RowAsync<Stored>(
            clientId,
            new Statement(ReadUpdate).Uuid(clientId).Uuid(id),
            reader =>
            {
                (UpdateRow row, Guid? became) = UpdateColumns.Read(reader, 0);
                PendingUpdate body = new(row.Id, row.Kind, row.ReceivedAt, reader.GetGuid(9), reader.GetFieldValue<byte[]>(10));
                return new Stored(row, became, body, reader.GetInt32(11), reader.ValueOrNull<DateTimeOffset>(12), reader.GetInt32(13));
            },
            cancellationToken);
        if (stored is null)
        {
            return null;
        }

        (byte[]? json, ContentLoss loss) = Open(clientId, stored.Body);
        MessagePlace? place = await PlaceAsync(clientId, stored, json, cancellationToken);
        if (place is { IsReadable: false })
        {
            (json, loss) = (null, ContentLoss.MessageErased);
        }

        string? content = json is null ? null : Indent(json);
        return new UpdateView
        {
            Row = stored.Row with { ConversationUrl = place?.Url },
            SortedAt = stored.SortedAt,
            Place = stored.Ordinal + 1,
            OfDelivery = stored.OfDelivery,
            Job = await JobAsync(clientId, stored, cancellationToken),
            MessageId = place?.MessageId,
            Content = content is { Length: > MostShown } ? content[..MostShown] : content,
            IsCut = content is { Length: > MostShown },
            Loss = loss,
        };
    }

    private (byte[]? Json, ContentLoss Loss) Open(Guid clientId, PendingUpdate body)
    {
        if (custodian.Find(body.KeyId) is null)
        {
            return (null, ContentLoss.KeyGone);
        }

        try
        {
            return (updates.Open(clientId, body), ContentLoss.None);
        }
        catch (CryptographicException)
        {
            return (null, ContentLoss.Altered);
        }
    }

    /// <summary>What it became; of one that became nothing, the message that its provider id names.</summary>
    private async Task<MessagePlace?> PlaceAsync(Guid clientId, Stored stored, byte[]? json, CancellationToken cancellationToken)
    {
        if (stored.Became is { } became && (await messages.FindAsync(clientId, [became], cancellationToken)).TryGetValue(became, out MessagePlace? place))
        {
            return place;
        }

        return json is not null && ProviderReference.IdIn(json) is { } providerId && Claims(stored.Row.Kind, json) is { Count: > 0 } claims
            ? await messages.FindAsync(clientId, claims, providerId, cancellationToken)
            : null;
    }

    private static IReadOnlyList<IdentifierClaim> Claims(string kind, byte[] json)
    {
        switch (kind)
        {
            case UpdateHandler.MessageKind:
                InboundMessage message = InboundMessage.Read(json);
                return IdentifierClaim.From(message.FromUserId, message.From);
            case UpdateHandler.StatusKind:
                StatusUpdate status = StatusUpdate.Read(json);
                return IdentifierClaim.From(status.RecipientUserId, status.RecipientId);
            default:
                return [];
        }
    }

    private async Task<UpdateJob?> JobAsync(Guid clientId, Stored stored, CancellationToken cancellationToken)
    {
        DateTimeOffset? enqueued = stored.Row.ReplayedAt ?? stored.SortedAt;
        return await database.RowAsync<UpdateJob>(
            clientId,
            new Statement(FindJob).Uuid(clientId).Uuid(stored.Row.Id)
                .Uuid(enqueued is { } from ? UpdateIds.First(from) : Guid.Empty)
                .Uuid(enqueued is { } until ? UpdateIds.First(until.AddMilliseconds(1)) : UpdateIds.End),
            reader => new UpdateJob(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.ValueOrNull<DateTimeOffset>(2), reader.OrNull<string>(3)),
            cancellationToken);
    }

    private static string Indent(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document, Indented);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            return Encoding.UTF8.GetString(json); // half a surrogate pair cannot be written anew: as it stands
        }
    }

    private sealed record Stored(UpdateRow Row, Guid? Became, PendingUpdate Body, int Ordinal, DateTimeOffset? SortedAt, int OfDelivery);
}
