using System.Text.Json;

namespace Munshi.Responder;

/// <summary>What whoever takes a conversation over should know first, made by rule: the beginnings of what was asked, and what was offered.</summary>
/// <param name="Asked">Oldest first.</param>
/// <param name="Offered">The questions of the entries answered with or offered, as they stood then.</param>
internal sealed record HandOffSummary(IReadOnlyList<string> Asked, IReadOnlyList<string> Offered)
{
    /// <summary>So many of the customer's last messages.</summary>
    public const int MostAsked = 3;

    public const int MostOffered = 6;

    private const int MaxLength = 160;

    public static HandOffSummary Of(IEnumerable<string> asked, IEnumerable<string> offered) => new(
        [.. asked.Select(text => TextCut.Line(text, MaxLength)).Where(text => text.Length > 0)],
        [.. offered.Select(text => TextCut.Line(text, MaxLength))]);

    /// <summary>The customer's last messages of a day that ask something, the newest one last.</summary>
    public static IReadOnlyList<Said> AskedIn(ConversationHistory history) =>
    [
        .. history.Messages
            .Where(said => !said.Outbound && said.Kind != "reply" && history.Messages[^1].At - said.At < TurnGuards.Day)
            .TakeLast(MostAsked),
    ];

    /// <summary>The entries that the customer was answered with or offered lately, the newest first.</summary>
    public static IReadOnlyList<string> OfferedIn(ConversationHistory history) =>
        [.. history.Seen().SelectMany(reply => reply.Sources).Distinct().Take(MostOffered)];

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <returns>Null for what is none.</returns>
    public static HandOffSummary? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<HandOffSummary>(json) is { Asked: not null, Offered: not null } summary ? summary : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => nameof(HandOffSummary);
}
