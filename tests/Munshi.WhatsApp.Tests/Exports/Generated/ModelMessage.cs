using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports.Generated;

/// <summary>A message of a made-up chat, as the phone's database would hold it.</summary>
/// <param name="Number">From 0, in the order in which the phone shows them.</param>
/// <param name="Instant">UTC, with fractions of a second.</param>
/// <param name="From">Who wrote it; null for the app's own line.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What was typed: for media the caption, for a poll the question and a line an answer.</param>
/// <param name="File">The file's own ending, for media; else empty.</param>
/// <param name="Media">What kind of file it is.</param>
/// <param name="Edited">Whether it was changed.</param>
/// <param name="Before">What it said before it was changed or deleted; null for the rest.</param>
internal sealed record ModelMessage(
    int Number, DateTime Instant, string? From, ExportKind Kind, string Text, string File = "", MediaType Media = MediaType.Unknown, bool Edited = false, string? Before = null);
