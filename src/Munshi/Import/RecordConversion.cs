using System.Text;
using Munshi.Vault.Importing;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>Makes the records of one file ready for the vault.</summary>
/// <param name="customer">The customer's name in the export; null when they never wrote.</param>
internal sealed class RecordConversion(string? customer)
{
    /// <param name="message">As read, with its own lines.</param>
    /// <param name="sentAt">Its time as the export tells it.</param>
    /// <param name="at">Where it is to stand.</param>
    public ImportedMessage Convert(ExportMessage message, DateTimeOffset sentAt, DateTimeOffset at)
    {
        bool ofTheApp = message.From is null;
        string? shown = message.Text.Length > 0 ? message.Text : message.Attachment;
        return new ImportedMessage
        {
            Outbound = !ofTheApp && message.From != customer,
            OfTheApp = ofTheApp,
            Kind = Kind(message),
            SentAt = sentAt,
            At = at,
            Text = shown is null ? null : Encoding.UTF8.GetBytes(shown),
            Raw = message.Raw ?? [],
        };
    }

    /// <summary>As the Cloud API names the kinds that it has.</summary>
    private static string Kind(ExportMessage message) => message.Kind switch
    {
        ExportKind.Media => message.Media switch
        {
            MediaType.Image => "image",
            MediaType.Video => "video",
            MediaType.Audio => "audio",
            MediaType.Document => "document",
            MediaType.Sticker => "sticker",
            _ => "media",
        },
        ExportKind.System => "system",
        ExportKind.Deleted => "deleted",
        ExportKind.Call => "call",
        ExportKind.Poll => "poll",
        ExportKind.Location => "location",
        ExportKind.Contact => "contacts",
        _ => "text",
    };
}
