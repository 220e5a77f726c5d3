namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>A message as it is compared between two exports of one chat, or between an export and what is kept of the chat.</summary>
public readonly record struct ChatItem
{
    /// <summary>Wall-clock time, or any other without a zone as long as one side has the same throughout.</summary>
    public required DateTime At { get; init; }

    /// <summary>Whether <see cref="At"/> tells seconds; else it is cut to its minute.</summary>
    public required bool HasSeconds { get; init; }

    /// <summary>Who wrote it, by the name that this side has; null for the app's own. Of a call some phones do not tell it.</summary>
    public required string? From { get; init; }

    public required BodyClass Class { get; init; }

    /// <summary>Of its words, see <see cref="BodyKey"/>.</summary>
    public required UInt128 Body { get; init; }

    /// <summary>Whether its words are of its own: nothing like <c>ok</c>, which comes again and again.</summary>
    public required bool IsLong { get; init; }

    public bool Edited { get; init; }

    /// <summary>Whether its file ended in it, so that it may be the beginning of a message alone.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether it can be all of what is cut on the other side, see <see cref="CutText"/>.</summary>
    public bool CompletesCut { get; init; }

    /// <param name="message">As read.</param>
    /// <param name="hasSeconds">Whether the export's layout has seconds.</param>
    public static ChatItem Of(ExportMessage message, bool hasSeconds) =>
        Of(message.Kind, message.Text, message.At, hasSeconds, message.From) with { Edited = message.Edited, IsCut = message.IsCut };

    /// <param name="kind">As an export would show it.</param>
    /// <param name="text">Its words, empty where it has none.</param>
    /// <param name="at">See <see cref="At"/>.</param>
    /// <param name="hasSeconds">See <see cref="HasSeconds"/>.</param>
    /// <param name="from">See <see cref="From"/>.</param>
    public static ChatItem Of(ExportKind kind, string text, DateTime at, bool hasSeconds, string? from) => new()
    {
        At = at,
        HasSeconds = hasSeconds,
        From = kind is ExportKind.System ? null : from,
        Class = kind is ExportKind.Text && Marks.BeginsAsTheAppDoes(text) ? BodyClass.Unknown : ClassOf(kind),
        Body = BodyKey.Of(Told(kind, text)),
        IsLong = text.Length >= LeastLong,
    };

    public override string ToString() => $"{nameof(ChatItem)} {Class}";

    /// <summary>In characters.</summary>
    private const int LeastLong = 8;

    private static BodyClass ClassOf(ExportKind kind) => kind switch
    {
        ExportKind.Media => BodyClass.File,
        ExportKind.Contact => BodyClass.Card,
        ExportKind.Call => BodyClass.Call,
        ExportKind.System => BodyClass.App,
        ExportKind.Deleted => BodyClass.Deleted,
        _ => BodyClass.Words,
    };

    /// <summary>What every phone writes alike: of a poll the question, for its votes change; of a place its address, for the words before it are the phone's, and coordinates have more digits here than there.</summary>
    private static string Told(ExportKind kind, string text) => kind switch
    {
        ExportKind.Poll when text.Split('\n', 3) is [_, string question, ..] => question,
        ExportKind.Location => PlaceText.Address(text),
        _ => text,
    };
}
