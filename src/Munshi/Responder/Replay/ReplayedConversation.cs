using System.Globalization;
using Munshi.Knowledge;
using Munshi.Vault;

namespace Munshi.Responder.Replay;

/// <summary>One recorded conversation, run through the policy that the server uses; the state that the database holds there is held in memory here.</summary>
/// <remarks>Every message is answered before the next one comes, and whatever is written is taken to have left.</remarks>
internal sealed class ReplayedConversation(KnowledgeState knowledge, string businessName)
{
    private readonly List<Said> _messages = [];
    private readonly List<PastReply> _replies = [];
    private ConversationState _state = new()
    {
        Id = Guid.Empty,
        ContactId = Guid.Empty,
        NumberId = Guid.Empty,
        LastAt = DateTimeOffset.UnixEpoch,
        InboundCount = 0,
        WindowFrom = null,
        Owner = OwnerKind.Responder,
        OwnerPersonId = null,
        OwnerEpoch = 0,
        Greeted = false,
        OptedOut = false,
        Standing = Standing.Open,
        SnoozedUntil = null,
        GoesOnIn = null,
    };

    public void ChangeOwner(bool person) => Give(person ? OwnerKind.Person : OwnerKind.Responder);

    public ReplayStep Receive(ReplayLine.Customer line, DateTimeOffset at)
    {
        long turn = _state.InboundCount + 1;
        Said message = new() { Id = Id(_messages.Count), Outbound = false, Kind = line.Kind, Turn = turn, At = at, Text = line.Text, ChoiceId = line.Choice };
        if (line.Choice is { } choice && line.Text is null)
        {
            string? title = _messages.SelectMany(said => said.Options?.Options ?? []).LastOrDefault(option => option.Id == choice)?.Title;
            message = message with { Text = title ?? choice };
        }

        _messages.Add(message);
        _state = _state with { InboundCount = turn, WindowFrom = at, LastAt = at };
        ConversationHistory history = new(
            [.. _messages.TakeLast(ConversationHistory.MostMessages)], [.. _replies.Where(reply => reply.At > at - TurnGuards.Day).Reverse()]);
        TurnDecision decision = TurnPolicy.Gate(_state, message, at) ?? TurnPolicy.Decide(message, [], history, knowledge, at);
        Composed? reply = Act(message, history, decision);
        string[] sources = Sources(decision);
        if (reply is not null)
        {
            Said ours = new()
            {
                Id = Id(_messages.Count),
                Outbound = true,
                Automatic = true,
                Kind = "text",
                Turn = turn,
                At = at,
                Text = reply.Text,
                Options = reply.Options,
            };
            _messages.Add(ours);
            _replies.Add(new PastReply(ours.Id, message.Id, AgentRuns.Name(decision), sources, at));
        }

        return new ReplayStep(line.Number, line.Conversation, AgentRuns.Name(decision), decision.Reason, sources, reply, _state.Owner);
    }

    private Composed? Act(Said message, ConversationHistory history, TurnDecision decision)
    {
        CultureInfo language = CustomerText.LanguageOf(message, history);
        ReplyComposer composer = new(language, _state.Greeted ? null : CustomerText.Greeting(language, businessName));
        switch (decision)
        {
            case TurnDecision.Answer answer:
                _state = _state with { Greeted = true };
                return composer.Answer(answer);
            case TurnDecision.Menu menu:
                _state = _state with { Greeted = true };
                return composer.Menu(menu);
            case TurnDecision.HandOff handOff:
                Give(OwnerKind.Waiting);
                return handOff.Told ? new Composed(CustomerText.HandOff(language), Options: null) : null;
            case TurnDecision.OptOut optOut:
                _state = _state with { OptedOut = optOut.OptedOut };
                return _state.Owner == OwnerKind.Person ? null
                    : new Composed(optOut.OptedOut ? CustomerText.Stopped(language) : CustomerText.Started(language), Options: null);
            default:
                return null;
        }
    }

    private void Give(OwnerKind owner) =>
        _state = _state with { Owner = owner, OwnerEpoch = _state.OwnerEpoch + 1, OwnerPersonId = owner == OwnerKind.Person ? Guid.Empty : null };

    private static string[] Sources(TurnDecision decision) => decision switch
    {
        TurnDecision.Answer answer => [.. answer.Sources],
        TurnDecision.Menu menu => [.. menu.Entries.Select(entry => entry.Id)],
        _ => [],
    };

    private static Guid Id(int place) => new(place + 1, 0, 0, new byte[8]);
}
