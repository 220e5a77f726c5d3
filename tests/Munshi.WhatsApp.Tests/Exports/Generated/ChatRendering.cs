using System.Text;
using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports.Generated;

/// <summary>How one phone exports a chat at one moment: its country, its zone, its address book, how much of the chat, with or without media.</summary>
internal sealed record ChatRendering
{
    public required PhoneLocale Locale { get; init; }

    /// <summary>The phone's distance from UTC.</summary>
    public TimeSpan Zone { get; init; } = TimeSpan.FromHours(5.5);

    /// <summary>Which messages, by number.</summary>
    public Range Window { get; init; } = Range.All;

    public bool WithMedia { get; init; }

    /// <summary>Whether it was exported before anything was edited or deleted.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>Moves every fifth message or so by a second, as between two exports of one chat; null for none.</summary>
    public ulong? JitterSeed { get; init; }

    /// <summary>Names as this phone's address book has them.</summary>
    public IReadOnlyDictionary<string, string> Renames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Any phone, in any of some countries, at any moment; seconds never move by more than one.</summary>
    public static ChatRendering AtRandom(SeededNumbers numbers)
    {
        PhoneLocale[] locales = [.. PhoneLocale.All];
        (int from, int until) = (numbers.Below(200), 220 + numbers.Below(200));
        return new ChatRendering
        {
            Locale = locales[numbers.Below(locales.Length)],
            Window = from..until,
            WithMedia = numbers.Below(2) == 0,
            IsEarlier = numbers.Below(3) == 0,
            JitterSeed = numbers.Below(2) == 0 ? (ulong)numbers.Below(1000) : null,
            Zone = TimeSpan.FromMinutes(15 * (numbers.Below(96) - 44)),
            Renames = numbers.Below(2) == 0
                ? new Dictionary<string, string>(StringComparer.Ordinal) { [ChatModel.Helper] = ChatModel.Shop }
                : new Dictionary<string, string>(StringComparer.Ordinal) { [ChatModel.Customer] = "Asha (saree)", [ChatModel.Shop] = "आप की दुकान", [ChatModel.Helper] = "आप की दुकान" },
        };
    }

    /// <summary>The file, and what a reader is to find in it, record by record.</summary>
    public (byte[] Text, IReadOnlyList<ExpectedRecord> Records) Render(ChatModel model)
    {
        StringBuilder text = new();
        List<ExpectedRecord> records = [];
        SeededNumbers? jitter = JitterSeed is { } seed ? new SeededNumbers(seed) : null;
        int running = 0;
        foreach (ModelMessage now in model.Messages.Take(Window))
        {
            ModelMessage message = IsEarlier && now.Before is { } before ? now with { Kind = ExportKind.Text, Text = before, Edited = false } : now;
            int second = jitter is null || jitter.Below(5) != 0 ? 0 : 1;
            DateTime at = Cut((message.Instant + Zone).AddSeconds(second));
            BodyText body = Body(message, at, ++running);
            string? from = message.From is { } name ? Renames.GetValueOrDefault(name, name) : null;
            text.Append(Line(at, from ?? (body.Pseudo ? ChatModel.Customer : null), body)).Append(Locale.IsApple ? "\r\n" : "\n");
            records.Add(new ExpectedRecord(message.Number, at, from, message.Kind, body.Text, body.Attachment, body.Media, message.Edited));
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), records);
    }

    private DateTime Cut(DateTime at) => Locale.IsApple
        ? new DateTime(at.Year, at.Month, at.Day, at.Hour, at.Minute, at.Second)
        : new DateTime(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0);

    private string Line(DateTime at, string? from, BodyText body)
    {
        string sender = from is null ? "" : from + ": ";
        return Locale.IsApple
            ? $"{(body.HasFile ? "\u200E" : "")}[{Locale.Header(at)}] {(from is null ? "\u200E" : sender)}{body.Written}"
            : $"{Locale.Header(at)} - {sender}{body.Written}";
    }

    private BodyText Body(ModelMessage message, DateTime at, int running)
    {
        string mark = Locale.IsApple ? "\u200E" : "";
        string stop = Locale.IsApple ? "." : "";
        switch (message.Kind)
        {
            case ExportKind.System:
                bool pseudo = Locale.IsApple && message.Number == 0;
                return new BodyText((pseudo ? mark : "") + message.Text, message.Text, Pseudo: pseudo);
            case ExportKind.Deleted:
                string deleted = Locale.Deleted.TrimEnd('.') + stop;
                return new BodyText(mark + deleted, deleted);
            case ExportKind.Poll:
                string[] poll = message.Text.Split('\n');
                string options = string.Concat(poll[1..].Select((option, number) => $"\n{mark}OPTION: {option} ({mark}{number} votes)"));
                string written = $"{mark}POLL:\n{poll[0]}{options}";
                return new BodyText(written, Unmarked(written));
            case ExportKind.Location:
                string place = $"{mark}{(Locale.IsApple ? "Location" : "location")}: https://maps.google.com/?q={message.Text}";
                return new BodyText(place, Unmarked(place));
            case ExportKind.Call:
                string call = Locale.IsApple ? $"{mark}Missed voice call, {mark}Tap to call back" : "Missed voice call";
                return new BodyText(call, Unmarked(call));
            case ExportKind.Contact:
                return Contact(running, mark);
            case ExportKind.Media:
                return Media(message, at, running, mark);
            default:
                return new BodyText(message.Text + (message.Edited ? $" {mark}{Locale.Edited}" : ""), message.Text);
        }
    }

    private BodyText Contact(int running, string mark)
    {
        string name = Locale.IsApple ? FormattableString.Invariant($"{running:D8}-Ravi Example.vcf") : "Ravi Example.vcf";
        return !Locale.IsApple ? new BodyText($"{name} ({Attached})", "", name)
            : WithMedia ? new BodyText($"{mark}<{Locale.Attached}: {name}>", "", name, HasFile: true)
            : new BodyText($"{mark}Contact card omitted", "", HasFile: true);
    }

    private BodyText Media(ModelMessage message, DateTime at, int running, string mark)
    {
        string caption = message.Text;
        if (!Locale.IsApple)
        {
            string file = FormattableString.Invariant($"{Prefix(message.Media)}-{at:yyyyMMdd}-WA{running:D4}{message.File}");
            return WithMedia
                ? new BodyText($"{file} ({Attached}){(caption.Length > 0 ? "\n" + caption : "")}", caption, file, message.Media)
                : new BodyText(Locale.Omitted, "");
        }

        string before = caption.Length > 0 ? caption + " " : "";
        string name = FormattableString.Invariant($"{running:D8}-{Part(message.Media)}-{at:yyyy-MM-dd-HH-mm-ss}{message.File}");
        return WithMedia
            ? new BodyText($"{before}{mark}<{Locale.Attached}: {name}>", caption, name, message.Media, HasFile: true)
            : new BodyText($"{before}{mark}{message.Media.ToString().ToLowerInvariant()} omitted", caption, null, message.Media, HasFile: true);
    }

    private string Attached => Locale.Attached;

    private static string Unmarked(string text) => text.Replace("\u200E", "", StringComparison.Ordinal);

    private static string Prefix(MediaType media) => media switch
    {
        MediaType.Image => "IMG",
        MediaType.Video => "VID",
        MediaType.Audio => "PTT",
        MediaType.Sticker => "STK",
        _ => "DOC",
    };

    private static string Part(MediaType media) => media switch
    {
        MediaType.Image => "PHOTO",
        MediaType.Video => "VIDEO",
        MediaType.Audio => "AUDIO",
        MediaType.Sticker => "STICKER",
        _ => "DOCUMENT",
    };

    /// <param name="Written">As the phone writes it.</param>
    /// <param name="Text">As a reader is to give it.</param>
    /// <param name="Attachment">The file's name, where it is written.</param>
    /// <param name="Media">As far as the file tells.</param>
    /// <param name="HasFile">Whether iOS sets a mark before the bracket.</param>
    /// <param name="Pseudo">Whether iOS writes it as if the contact had said it.</param>
    private sealed record BodyText(
        string Written, string Text, string? Attachment = null, MediaType Media = MediaType.Unknown, bool HasFile = false, bool Pseudo = false);
}
