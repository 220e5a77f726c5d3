using System.Globalization;
using Munshi.Knowledge;
using Munshi.WhatsApp.Sending;

namespace Munshi.Responder;

/// <summary>Words the one message of a turn: an answer that asks whether it was it, or a menu. Pure.</summary>
/// <param name="language">The customer's.</param>
/// <param name="greeting">The line that says who answers, said once in a conversation; null when it was said.</param>
internal sealed class ReplyComposer(CultureInfo language, string? greeting)
{
    public Composed Answer(TurnDecision.Answer answer)
    {
        string text = WithGreeting(answer.Text);
        ReplyButtons buttons = new()
        {
            Footer = CustomerText.WasThisIt(language),
            Options =
            [
                new ReplyOption(OptionIds.Yes, CustomerText.Yes(language)),
                answer.HasOthers
                    ? new ReplyOption(OptionIds.No, CustomerText.ShowOthers(language))
                    : new ReplyOption(OptionIds.Person, CustomerText.Person(language)),
            ],
        };
        return buttons.Fits(text)
            ? new Composed(text, buttons)
            : new Composed($"{text}\n\n{CustomerText.WasThisItTyped(language)}", Options: null);
    }

    public Composed Menu(TurnDecision.Menu menu)
    {
        ReplyList list = new()
        {
            Label = CustomerText.MenuLabel(language),
            Options =
            [
                .. menu.Entries.Select(Row),
                new ReplyOption(OptionIds.Person, CustomerText.Person(language)),
            ],
        };
        return new Composed(WithGreeting(menu.Welcomes ? CustomerText.Welcome(language) : CustomerText.MenuBody(language)), list);
    }

    private static ReplyOption Row(FaqEntry entry) => new(
        OptionIds.Of(entry.Id),
        TextCut.Line(string.IsNullOrWhiteSpace(entry.Title) ? entry.Question : entry.Title, ReplyList.MaxTitleLength),
        TextCut.Line(entry.Question, ReplyList.MaxDescriptionLength));

    private string WithGreeting(string text) => greeting is null ? text : $"{text}\n\n{greeting}";
}
