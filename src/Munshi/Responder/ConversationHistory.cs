namespace Munshi.Responder;

/// <summary>What was said lately in a conversation, and what Munshi's part of it rests on.</summary>
/// <param name="Messages">Oldest first, the one to be answered among them; without what was withdrawn or failed.</param>
/// <param name="Replies">Munshi's replies of the last day, and that which a choice was made on, however old.</param>
internal sealed record ConversationHistory(IReadOnlyList<Said> Messages, IReadOnlyList<PastReply> Replies)
{
    /// <summary>So many messages are looked back on.</summary>
    public const int MostMessages = 24;

    public static ConversationHistory Empty { get; } = new([], []);

    /// <summary>Our last message before this one of the customer's, if the customer wrote nothing in between.</summary>
    public Said? JustBefore(Said message)
    {
        Said? last = Messages.LastOrDefault(said => said.Outbound && said.Turn < message.Turn);
        return last?.Turn == message.Turn - 1 ? last : null;
    }

    public Said? Find(Guid id) => Messages.FirstOrDefault(said => said.Id == id);

    public PastReply? ReplyOf(Said message) => Replies.FirstOrDefault(reply => reply.MessageId == message.Id);

    /// <summary>The replies that the customer has seen, newest first.</summary>
    public IEnumerable<PastReply> Seen() => Messages.Reverse().Where(said => said.Outbound).Select(ReplyOf).OfType<PastReply>();

    public override string ToString() => nameof(ConversationHistory);
}
