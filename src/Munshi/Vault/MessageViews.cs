using Munshi.Access;
using Munshi.Responder;
using Munshi.Vault.Pages;

namespace Munshi.Vault;

/// <summary>Puts together what a page shows of messages: authors, sources, reactions, what became of each.</summary>
internal sealed class MessageViews(Reactions reactions, ReplySources sources, SendProblems problems)
{
    /// <param name="person">The viewer.</param>
    /// <param name="rows">In the order to be shown.</param>
    /// <param name="customer">What the customer is called by.</param>
    /// <param name="people">The workspace's people.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IReadOnlyList<MessageView>> OfAsync(
        SignedIn person, IReadOnlyList<MessageRow> rows, string customer, IReadOnlyDictionary<Guid, Member> people, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. rows.Select(row => row.Id)];
        ILookup<Guid, MessageReaction> reacted = await reactions.OfAsync(person.ClientId, ids, customer, people, cancellationToken);
        Guid[] outbound = [.. rows.Where(row => row.Outbound).Select(row => row.Id)];
        IReadOnlyDictionary<Guid, ReplySource> rests = await sources.OfAsync(person.ClientId, outbound, cancellationToken);
        return [.. rows.Select(row => View(row, customer, people, rests.GetValueOrDefault(row.Id)) with { Reactions = [.. reacted[row.Id]] })];
    }

    private MessageView View(MessageRow row, string customer, IReadOnlyDictionary<Guid, Member> people, ReplySource? source)
    {
        (MessageAuthor author, string? name) = MessageAuthors.Of(row.Author, people);
        DeliveryState state = row.Outbound && !row.Imported ? State(row.Status) : DeliveryState.None;
        return new MessageView
        {
            Id = row.Id,
            Direction = row.Outbound ? MessageDirection.Out : MessageDirection.In,
            Author = author,
            AuthorName = author == MessageAuthor.Customer ? customer : name,
            At = row.At,
            Text = row.Text.Text,
            Loss = row.Text.Loss,
            Kind = row.Kind,
            Imported = row.Imported,
            Status = state,
            Explanation = state is DeliveryState.Failed or DeliveryState.Cancelled ? problems.Explain(row.Reason, row.ErrorCode) : null,
            Sources = [.. (source?.Entries ?? []).Select(entry => new MessageSource(entry.Id, entry.Entry?.Question, entry.Entry?.Answer))],
            QuotedSnippet = row.Quoted.Text,
            Options = [.. row.Options?.Options.Select(option => new OfferedOption(option.Title, option.Description)) ?? []],
            OptionsFooter = row.Options?.Footer,
        };
    }

    /// <summary>A message of ours of which nothing is known yet stands in the outbox.</summary>
    private static DeliveryState State(string? status) => status switch
    {
        "accepted" => DeliveryState.Accepted,
        "sent" or "unknown" => DeliveryState.Sent,
        "delivered" => DeliveryState.Delivered,
        "read" => DeliveryState.Read,
        "played" => DeliveryState.Played,
        "failed" => DeliveryState.Failed,
        "uncertain" => DeliveryState.Uncertain,
        "cancelled" => DeliveryState.Cancelled,
        _ => DeliveryState.Queued,
    };
}
