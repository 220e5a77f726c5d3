using System.Globalization;
using Microsoft.Extensions.Localization;
using Munshi.Vault.Pages.Details;
using Munshi.Web.Resources;
using Munshi.WhatsApp.Sending;

namespace Munshi.Vault.Transcripts;

/// <summary>Writes what a message holds beside its words: each thing a line.</summary>
internal sealed class TranscriptDetails(IStringLocalizer<Text> text)
{
    public void Write(TranscriptOutput output, MessageRow row)
    {
        foreach (string line in LinesOf(row.Detail))
        {
            output.Line($"<p class=\"detail\"><bdi>{line}</bdi></p>");
        }

        foreach (ReplyOption option in row.Options?.Options ?? [])
        {
            output.Line($"<p class=\"option\"><bdi>{option.Title}</bdi> <bdi>{option.Description}</bdi></p>");
        }

        if (row.Options?.Footer is { } footer)
        {
            output.Line($"<p class=\"hint\"><bdi>{footer}</bdi></p>");
        }
    }

    private IEnumerable<string> LinesOf(MessageDetail? detail) => detail switch
    {
        FileDetail { FileName: { } name } => [name],
        PlaceDetail place => Said(place.Name, place.Address, place.Coordinates),
        CardsDetail cards => [.. cards.Cards.SelectMany(card => Said([card.Name ?? text["Message.NoName"].Value, card.Organization, .. card.Lines])), .. More(cards.More)],
        BasketDetail basket => [.. basket.Rows.Select(RowOf), .. More(basket.More)],
        FormDetail form => [.. form.Answers.Select(answer => $"{answer.Name}: {answer.Value}")],
        ChoiceDetail choice => [choice.Description],
        LinkDetail link => Said(link.Label, link.Address),
        NewNumberDetail { Number: { } number } => [$"+{number}"],
        NoteDetail note => [text[note.TextKey].Value],
        GapDetail gap => [text[gap.IsOnOwnersPhone ? "Message.GapOnPhone" : "Message.Gap"].Value],
        _ => [],
    };

    private IEnumerable<string> More(int count) => count > 0 ? [text["Transcript.More", count].Value] : [];

    private static IEnumerable<string> Said(params IReadOnlyList<string?> lines) => lines.Where(line => !string.IsNullOrEmpty(line)).Select(line => line!);

    private static string RowOf(BasketRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Product ?? "–"}{(row.Quantity is { } quantity ? $" × {quantity:0.##}" : "")}{(row.Price is { } price ? $" · {price:0.##} {row.Currency}" : "")}");
}
