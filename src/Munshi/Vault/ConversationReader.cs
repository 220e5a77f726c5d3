using Munshi.Access;
using Munshi.Channels.Receipts;
using Munshi.Channels.Templates;
using Munshi.Database;
using Munshi.Responder;
using Munshi.Vault.Fields;
using Munshi.Vault.Labels;
using Munshi.Vault.Pages;
using Munshi.Vault.Resolving;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Reads one conversation for a page: 50 messages at a time, from the newest backwards.</summary>
internal sealed class ConversationReader(
    WorkspaceDatabase database, Members members, ContactLabels labels, WordOpener opener, MessageViews views, HandOffReader handOffs, TemplateBook templates,
    LabelBook labelBook, FieldValues fields, ThreadAsides asides, TimeProvider clock)
{
    private const int PageSize = 50;

    private static readonly string Head = Sql.Read("Vault/conversation_head.sql");
    private static readonly string Messages = Sql.Read("Vault/conversation_messages.sql");
    private static readonly string MarkRead = Sql.Read("Vault/mark_read.sql");

    /// <param name="person">The viewer.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="before">The message after the page; null for the newest page.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Null when this workspace has no such conversation.</returns>
    public async Task<ConversationView?> ReadAsync(
        SignedIn person, Guid conversationId, PageCursor? before, CancellationToken cancellationToken)
    {
        Guid clientId = person.ClientId;
        ConversationHead? head = await database.RowAsync(
            clientId, new Statement(Head).Uuid(clientId).Uuid(conversationId), reader => ReadHead(clientId, reader), cancellationToken);
        if (head is null)
        {
            return null;
        }

        bool isNewest = before is null;
        Task<IReadOnlyList<MessageRow>> reading = database.RowsAsync(
            clientId,
            new Statement(Messages).Uuid(clientId).Uuid(conversationId).Time(before?.At).Uuid(before?.Id).Int(PageSize + 1),
            reader => MessageRow.Read(clientId, reader, opener),
            cancellationToken);
        Task<IReadOnlyDictionary<Guid, Member>> listing = members.ListAsync(clientId, cancellationToken);
        Task<IReadOnlyList<Label>> labelling = labelBook.ListAsync(clientId, cancellationToken);
        Task<IReadOnlyList<FieldValue>> noting = isNewest ? fields.ListAsync(clientId, conversationId, cancellationToken) : Task.FromResult<IReadOnlyList<FieldValue>>([]);
        Task<HandOffNote?> handing = head.Owner is OwnerKind.Responder ? Task.FromResult<HandOffNote?>(null) : handOffs.LatestAsync(clientId, conversationId, cancellationToken);
        Task<IReadOnlyList<TemplateOption>> offering = isNewest && head.NumberId is { } number
            ? OffersAsync(clientId, number, head.OptedOut || head.MarketingStopped, cancellationToken)
            : Task.FromResult<IReadOnlyList<TemplateOption>>([]);
        await Task.WhenAll(reading, listing, labelling, noting, handing, offering);

        IReadOnlyList<MessageRow> newestFirst = await reading;
        IReadOnlyDictionary<Guid, Member> people = await listing;
        MessageRow[] rows = [.. newestFirst.Take(PageSize).Reverse()];
        bool isOldest = newestFirst.Count <= PageSize;
        Task<IReadOnlyList<ThreadAside>> between = asides.ReadAsync(person, conversationId, isOldest ? DateTimeOffset.MinValue : rows[0].At, before?.At, people, cancellationToken);
        Task<IReadOnlyList<MessageView>> viewing = views.OfAsync(person, rows, head.Contact.DisplayName, people, cancellationToken);
        await Task.WhenAll(between, viewing);

        ConversationView view = View(person, conversationId, head, people);
        IReadOnlyList<Label> allLabels = await labelling;
        HandOffNote? note = await handing;
        return view with
        {
            AllLabels = allLabels,
            Fields = await noting,
            Labels = allLabels.Of(head.LabelIds),
            Asides = await between,
            HandOff = note is null ? null : new HandOffView { Reason = note.Reason, Asked = note.Asked, Offered = note.Offered, Loss = note.Loss },
            Messages = FailedMessages.Offer(await viewing, view.CanReply),
            Templates = await offering,
            FirstUnread = isNewest ? FirstUnread(rows, head) : null,
            OlderCursor = isOldest ? null : new PageCursor(rows[0].At, rows[0].Id).ToString(),
        };
    }

    /// <summary>Records that a person has seen the customer's messages up to <see cref="ConversationView.InboundCount"/>; harmless when repeated.</summary>
    /// <remarks>Whoever wrote them is told by a job of its own.</remarks>
    public Task MarkReadAsync(SignedIn person, ConversationView seen, CancellationToken cancellationToken) => database.TransactAsync(
        person.ClientId,
        async transaction =>
        {
            IReadOnlyList<bool> marked = await transaction.RowsAsync(
                new Statement(MarkRead).Uuid(person.ClientId).Uuid(seen.ConversationId).Long(seen.InboundCount), _ => true);
            if (marked.Count > 0)
            {
                Signals.Read(transaction, seen.ConversationId);
                ReadMarks.Tell(transaction, ReadMarks.ReadJob, seen.ConversationId, clock.GetMicrosecondNow());
            }

            return true;
        },
        cancellationToken);

    /// <summary>Approved ones that need nothing but text; none for marketing where the customer asked for none.</summary>
    private async Task<IReadOnlyList<TemplateOption>> OffersAsync(Guid clientId, Guid numberId, bool noMarketing, CancellationToken cancellationToken) =>
    [
        .. (await templates.ListAsync(clientId, numberId, cancellationToken))
            .Where(template => template is { IsApproved: true, Wording.IsTextOnly: true } && !(template.IsMarketing && noMarketing))
            .Select(template => new TemplateOption(template.Id, template.Info, template.Wording!)),
    ];

    private ConversationView View(SignedIn person, Guid conversationId, ConversationHead head, IReadOnlyDictionary<Guid, Member> people)
    {
        DateTimeOffset? windowUntil = head.WindowFrom + ConversationState.Window;
        bool windowIsOpen = clock.GetUtcNow() < windowUntil;
        bool another = head.Owner is OwnerKind.Person && head.OwnerPersonId != person.PersonId;
        return new ConversationView
        {
            ConversationId = conversationId,
            DisplayName = head.Contact.DisplayName,
            MaskedNumber = head.Contact.MaskedNumber,
            Owner = head.Owner,
            OwnerName = head.OwnerPersonId is { } owner ? people.GetValueOrDefault(owner)?.Name : null,
            OwnedByViewer = head.OwnerPersonId == person.PersonId,
            Colleagues =
            [
                .. people.Values.Where(member => member.PersonId != person.PersonId && member.PersonId != head.OwnerPersonId)
                    .Select(member => new Colleague(member.PersonId, member.Name)).OrderBy(colleague => colleague.Name, StringComparer.CurrentCulture),
            ],
            OwnerEpoch = head.OwnerEpoch,
            InboundCount = head.InboundCount,
            Unread = head.InboundCount - head.ReadCount,
            WindowUntil = windowUntil,
            OptedOut = head.OptedOut,
            MarketingStopped = head.MarketingStopped,
            SupersededBy = head.SupersededBy,
            Superseded = head.Superseded,
            Hindrance = head.SupersededBy is not null ? ReplyHindrance.GoesOnElsewhere : windowIsOpen ? another ? ReplyHindrance.AnsweredByAnother : ReplyHindrance.None : ReplyHindrance.WindowClosed,
            HasContactHistory = head.HasContactHistory,
            IdempotencyKey = Guid.NewGuid().ToString(),
            FileKey = Guid.NewGuid().ToString(),
            NoteId = Guid.CreateVersion7(clock.GetUtcNow()),
            Standing = head.Standing,
            SnoozedUntil = head.SnoozedUntil,
            Messages = [],
        };
    }

    private ConversationHead ReadHead(Guid clientId, NpgsqlDataReader reader)
    {
        const int Own = ContactLabels.Columns;
        return new ConversationHead(
            labels.Read(clientId, reader),
            reader.GetInt64(Own),
            reader.GetInt64(Own + 1),
            reader.ValueOrNull<DateTimeOffset>(Own + 2),
            Conversations.Owner(reader.GetString(Own + 3)),
            reader.ValueOrNull<Guid>(Own + 4),
            reader.GetInt64(Own + 5),
            reader.GetBoolean(Own + 6),
            reader.ValueOrNull<Guid>(Own + 7),
            reader.ValueOrNull<Guid>(Own + 8),
            reader.ValueOrNull<Guid>(Own + 9),
            reader.GetBoolean(Own + 10),
            StandingNames.OfStanding(reader.GetString(Own + 11)),
            reader.ValueOrNull<DateTimeOffset>(Own + 12),
            reader.GetFieldValue<Guid[]>(Own + 13),
            reader.GetBoolean(Own + 14));
    }

    private static Guid? FirstUnread(MessageRow[] rows, ConversationHead head) =>
        rows.FirstOrDefault(row => !row.Outbound && row.Turn > head.ReadCount)?.Id;
}
