using Munshi.Access;
using Munshi.Channels.Sending;
using Munshi.Media.Serving;
using Munshi.Responder;
using Munshi.Vault.Pages;
using Munshi.Vault.Pages.Details;

namespace Munshi.Vault;

/// <summary>Puts together what a page shows of messages: authors, sources, reactions, what became of each.</summary>
internal sealed class MessageViews(Reactions reactions, MessageChanges changes, MediaViews media, ReplySources sources, SendProblems problems, SendDelays delays)
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
        Guid[] outbound = [.. rows.Where(row => row.Outbound).Select(row => row.Id)];
        Guid[] queued = [.. rows.Where(row => StateOf(row) is DeliveryState.Queued).Select(row => row.Id)];
        Task<ILookup<Guid, MessageReaction>> reacting = reactions.OfAsync(person.ClientId, ids, customer, people, cancellationToken);
        Task<ILookup<Guid, MessageChange>> changing = changes.OfAsync(person.ClientId, ids, cancellationToken);
        Task<IReadOnlyDictionary<Guid, MediaView>> filing = media.OfAsync(person, [.. rows.Where(MayHaveFile).Select(row => row.Id)], cancellationToken);
        Task<IReadOnlyDictionary<Guid, ReplySource>> sourcing = sources.OfAsync(person.ClientId, outbound, cancellationToken);
        Task<IReadOnlyDictionary<Guid, SendDelay>> delaying = delays.OfAsync(person.ClientId, queued, cancellationToken);
        await Task.WhenAll(reacting, changing, filing, sourcing, delaying);

        ILookup<Guid, MessageReaction> reacted = await reacting;
        ILookup<Guid, MessageChange> changed = await changing;
        IReadOnlyDictionary<Guid, MediaView> files = await filing;
        IReadOnlyDictionary<Guid, ReplySource> rests = await sourcing;
        IReadOnlyDictionary<Guid, SendDelay> waiting = await delaying;
        return
        [
            .. rows.Select(row =>
            {
                MessageView view = Delayed(View(row, customer, people, rests.GetValueOrDefault(row.Id)), waiting);
                return Changed(view with { Reactions = [.. reacted[row.Id]], Media = Own(row, files.GetValueOrDefault(row.Id)) }, row, [.. changed[row.Id]]);
            }),
        ];
    }

    private static bool MayHaveFile(MessageRow row) =>
        MessageKinds.IsFile(row.Kind) || row.Kind is "edit" or "media_placeholder" || row is { Kind: "contacts", Origin: MessageOrigin.Import };

    /// <summary>Of a file that was sent from here nobody had to tell a hash.</summary>
    private static MediaView? Own(MessageRow row, MediaView? file) => (row.Outbound, row.Origin) switch
    {
        _ when file is null => null,
        (true, MessageOrigin.Channel) => file with { HashWasTold = true },
        (_, MessageOrigin.Import) => file with { HashWasTold = true, FromExport = false }, // all of it came so
        _ => file,
    };

    private MessageView Delayed(MessageView view, IReadOnlyDictionary<Guid, SendDelay> waiting) => waiting.TryGetValue(view.Id, out SendDelay? delay)
        ? view with { Explanation = problems.Explain(delay), MendsInSettings = SendProblems.MendsInSettings(delay.Code) }
        : view;

    private MessageView View(MessageRow row, string customer, IReadOnlyDictionary<Guid, Member> people, ReplySource? source)
    {
        (MessageAuthor author, string? name) = MessageAuthors.Of(row.Author, people);
        DeliveryState state = StateOf(row);
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
            Origin = row.Origin,
            OfAnother = row.OfAnother,
            Status = state,
            Explanation = state is DeliveryState.Failed or DeliveryState.Cancelled ? problems.Explain(row.Reason, row.ErrorCode) : null,
            MendsInSettings = state is DeliveryState.Failed && row.Reason == "refused" && SendProblems.MendsInSettings(row.ErrorCode),
            Sources = [.. (source?.Entries ?? []).Select(entry => new MessageSource(entry.Id, entry.Entry?.Question, entry.Entry?.Answer))],
            QuotedSnippet = row.QuotesRevoked ? null : row.Quoted.Text,
            Detail = row.Detail,
            Marks = row.Marks,
            Options = [.. row.Options?.Options.Select(option => new OfferedOption(option.Title, option.Description)) ?? []],
            OptionsFooter = row.Options?.Footer,
        };
    }

    /// <summary>The newest words in front, those before them behind.</summary>
    private static MessageView Changed(MessageView view, MessageRow row, MessageChange[] changes)
    {
        MessageChange[] edits = [.. changes.Where(change => !change.IsRevocation)];
        return view with
        {
            RevokedAt = changes.FirstOrDefault(change => change.IsRevocation)?.At,
            Text = edits.Length > 0 ? edits[^1].Text.Text : view.Text,
            Loss = edits.Length > 0 ? edits[^1].Text.Loss : view.Loss,
            Earlier = edits.Length == 0 ? [] : [new EarlierWording(row.At, row.Text.Text), .. edits[..^1].Select(edit => new EarlierWording(edit.At, edit.Text.Text))],
        };
    }

    private static DeliveryState StateOf(MessageRow row) => row.Outbound && (row.Origin is MessageOrigin.Channel || row.Status is not null) ? State(row.Status) : DeliveryState.None;

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
