using System.Text;
using Munshi.Vault;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>Makes the records of one file ready for the vault, one after the other in the order of the file.</summary>
/// <param name="customer">The customer's name in the export; null when they never wrote.</param>
/// <param name="zone">Where the phone was.</param>
internal sealed class RecordConversion(string? customer, TimeZoneInfo zone)
{
    private readonly MessageIdentity _identity = new();
    private DateTime _last;
    private int _sameTime;

    public ImportedMessage Next(ExportMessage message)
    {
        DateTimeOffset sentAt = Instant(message.At);
        _sameTime = message.At == _last ? _sameTime + 1 : 0;
        _last = message.At;
        bool ofTheApp = message.From is null;
        bool outbound = !ofTheApp && message.From != customer;
        string? shown = message.Text.Length > 0 ? message.Text : message.Attachment;
        return new ImportedMessage
        {
            Identity = _identity.Next(message, sentAt, ofTheApp ? "app" : outbound ? "out" : "in"),
            Outbound = outbound,
            OfTheApp = ofTheApp,
            Kind = Kind(message),
            SentAt = sentAt,
            At = sentAt.AddMicroseconds(_sameTime),
            Text = shown is null ? null : Encoding.UTF8.GetBytes(shown),
            Raw = message.Raw ?? [],
        };
    }

    /// <summary>An hour that a change of clocks leaves out is taken as if it had not changed yet; one that comes twice, as the second.</summary>
    private DateTimeOffset Instant(DateTime wall) => new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();

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
