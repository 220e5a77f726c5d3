using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports.Generated;

/// <summary>What a reader is to find of one message in one export: its number in the model, and the fields of <see cref="ExportMessage"/>.</summary>
internal sealed record ExpectedRecord(
    int Number, DateTime At, string? From, ExportKind Kind, string Text, string? Attachment, MediaType Media, bool Edited)
{
    public static ExpectedRecord Of(int number, ExportMessage read) =>
        new(number, read.At, read.From, read.Kind, read.Text, read.Attachment, read.Media, read.Edited);
}
