using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Exports.Alignment;

namespace Munshi.Import;

/// <summary>What has to be known of all of a file before anything of it is written.</summary>
/// <param name="Names">Of all who wrote; of more than <see cref="MostNames"/> only so many.</param>
/// <param name="Newest">The latest wall-clock time of a record; <see cref="DateTime.MinValue"/> where there is none.</param>
/// <param name="Oldest">The earliest; <see cref="DateTime.MaxValue"/> where there is none.</param>
/// <param name="Items">The records as they are compared, about 80 bytes each; null where they are more than <see cref="MostRecords"/>.</param>
internal sealed record ExportSurvey(IReadOnlyList<string> Names, DateTime Newest, DateTime Oldest, IReadOnlyList<ChatItem>? Items)
{
    /// <summary>The words of the last record where the file ends in it; null where it ends behind it.</summary>
    public string? Cut { get; init; }

    /// <summary>A phone exports 40,000.</summary>
    public const int MostRecords = 2_000_000;

    private const int MostNames = 100;

    /// <param name="messages">In the order of the file.</param>
    /// <param name="hasSeconds">Whether the layout has seconds.</param>
    public static ExportSurvey Of(IEnumerable<ExportMessage> messages, bool hasSeconds)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<string> names = [];
        List<ChatItem> items = [];
        (DateTime newest, DateTime oldest) = (DateTime.MinValue, DateTime.MaxValue);
        string? cut = null;
        foreach (ExportMessage message in messages)
        {
            newest = message.At > newest ? message.At : newest;
            oldest = message.At < oldest ? message.At : oldest;
            if (message.From is { } name && names.Count < MostNames && seen.Add(name))
            {
                names.Add(name);
            }

            if (items.Count == MostRecords)
            {
                return new ExportSurvey(names, newest, oldest, Items: null);
            }

            items.Add(ChatItem.Of(message, hasSeconds));
            cut = message.IsCut ? message.Text : null;
        }

        return new ExportSurvey(names, newest, oldest, items) { Cut = cut };
    }

    /// <summary>The records but a last one that stops within its sender's name: no message of it is there.</summary>
    public static IEnumerable<ExportMessage> WithoutBareName(IEnumerable<ExportMessage> messages)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ExportMessage message in messages)
        {
            if (message is { IsCut: true, From: null } && names.Any(name => name.StartsWith(message.Text, StringComparison.Ordinal)))
            {
                continue;
            }

            if (message.From is { } from && names.Count < MostNames)
            {
                names.Add(from);
            }

            yield return message;
        }
    }

    /// <summary>The same with those told that can be the whole of what an earlier file cut.</summary>
    /// <param name="messages">Of the same records.</param>
    /// <param name="cuts">What is left of them.</param>
    public ExportSurvey Completing(IEnumerable<ExportMessage> messages, IReadOnlyList<string> cuts) => cuts.Count == 0
        ? this
        : this with
        {
            Items = [.. Items!.Zip(messages, (item, message) => item with { CompletesCut = cuts.Any(cut => CutText.IsBeginningOf(message.Text, cut)) })],
        };

    public override string ToString() => nameof(ExportSurvey);
}
