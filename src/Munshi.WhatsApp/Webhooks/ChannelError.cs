using System.Text.Json;
using Munshi.WhatsApp.Json;
using Munshi.WhatsApp.Webhooks.Coexistence;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>An error of the system, app, account or history, not of one message, as told by the <see cref="WebhookUpdate.Json"/> of <see cref="UpdateKind.Error"/>.</summary>
public sealed record ChannelError
{
    private const int HistoryDeclined = 2593109;

    public ProviderError Error { get; private init; } = new();

    /// <summary>Null where it is no error of the history.</summary>
    public HistoryChunk? Chunk { get; private init; }

    public PayloadFlaws Flaws { get; private init; }

    /// <summary>Whether the owner did not allow the chat history to be taken over.</summary>
    public bool IsHistoryDeclined => Error.Code == HistoryDeclined;

    /// <param name="json">A <see cref="WebhookUpdate.Json"/>. Any other bytes give an empty error with <see cref="PayloadFlaws.Unreadable"/>.</param>
    public static ChannelError Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return new ChannelError { Flaws = PayloadFlaws.Unreadable };
        }

        using (document)
        {
            JsonElement error = document.RootElement.Field("error"u8);
            if (error.ValueKind != JsonValueKind.Object)
            {
                return new ChannelError { Flaws = PayloadFlaws.Unreadable };
            }

            PayloadReader reader = new();
            return new ChannelError
            {
                Error = ErrorReader.Read(reader, error),
                Chunk = HistoryChunk.Read(document.RootElement),
                Flaws = reader.Flaws,
            };
        }
    }

    public override string ToString() => $"{nameof(ChannelError)} {{ Code = {Error.Code}, Flaws = {Flaws} }}";
}
