using Munshi.Database;

namespace Munshi.Vault.Searching;

/// <summary>Reads messages for searching: opened, with what was done to them afterwards.</summary>
internal sealed class SearchedMessages(WorkspaceDatabase database, MessageChanges changes, WordOpener opener)
{
    private static readonly string Page = Sql.Read("Vault/Searching/searched_page.sql");
    private static readonly string Some = Sql.Read("Vault/Searching/searched_messages.sql");
    private static readonly string Filtered = Sql.Read("Vault/Searching/filtered_messages.sql");
    private static readonly string Changed = Sql.Read("Vault/Searching/changed_messages.sql");
    private static readonly string Targets = Sql.Read("Vault/Searching/changed_by.sql");
    private static readonly string After = Sql.Read("Vault/Searching/message_after.sql");

    /// <summary>Every message that was edited or deleted afterwards.</summary>
    public async Task<IReadOnlySet<Guid>> ChangedAsync(Guid clientId, CancellationToken cancellationToken) =>
        (await database.RowsAsync(clientId, new Statement(Changed).Uuid(clientId), reader => reader.GetGuid(0), cancellationToken)).ToHashSet();

    /// <summary>The messages that came before one, newest first.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="below">That message; <see cref="Guid.AllBitsSet"/> for the newest.</param>
    /// <param name="most">How many.</param>
    /// <param name="changed">Those of which it is known that something was done to them afterwards.</param>
    /// <param name="cancellationToken">Honoured.</param>
    public async Task<IReadOnlyList<SearchedMessage>> BelowAsync(Guid clientId, Guid below, int most, IReadOnlySet<Guid> changed, CancellationToken cancellationToken)
    {
        IReadOnlyList<SearchedMessage> page = await database.RowsAsync(
            clientId, new Statement(Page).Uuid(clientId).Uuid(below).Int(most), reader => SearchedMessage.Read(clientId, reader, opener), cancellationToken);
        return await ChangedAsync(clientId, page, [.. page.Where(message => changed.Contains(message.Id)).Select(message => message.Id)], cancellationToken);
    }

    /// <summary>These messages, and those that they were done to.</summary>
    public async Task<IReadOnlyList<SearchedMessage>> TouchedByAsync(Guid clientId, IReadOnlyCollection<Guid> messageIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> targets = await database.RowsAsync(
            clientId, new Statement(Targets).Uuid(clientId).Uuids([.. messageIds]), reader => reader.GetGuid(0), cancellationToken);
        Guid[] all = [.. messageIds.Union(targets)];
        IReadOnlyList<SearchedMessage> found = await database.RowsAsync(
            clientId, new Statement(Some).Uuid(clientId).Uuids(all), reader => SearchedMessage.Read(clientId, reader, opener), cancellationToken);
        return await ChangedAsync(clientId, found, all, cancellationToken);
    }

    /// <summary>Those of many that stand and that the filter takes, in no order.</summary>
    public async Task<IReadOnlyList<SearchedMessage>> FilteredAsync(Guid clientId, Guid[] messageIds, MessageFilter filter, CancellationToken cancellationToken)
    {
        IReadOnlyList<SearchedMessage> found = await database.RowsAsync(
            clientId,
            new Statement(Filtered).Uuid(clientId).Uuids(messageIds).Uuid(filter.ContactId).Uuid(filter.NumberId)
                .OptionalTexts(filter.Kinds).Text(filter.Outbound switch { true => "out", false => "in", null => null }).Time(filter.From).Time(filter.Until).Uuid(filter.LabelId),
            reader => SearchedMessage.Read(clientId, reader, opener),
            cancellationToken);
        IReadOnlyList<SearchedMessage> changed = await ChangedAsync(clientId, found, [.. found.Select(message => message.Id)], cancellationToken);
        return [.. changed.Where(message => !message.IsHidden)];
    }

    /// <summary>A message's conversation, and where the page that shows it with some later ones ends; the newest page where that is null.</summary>
    public async Task<(Guid ConversationId, PageCursor? Before)?> PlaceAsync(Guid clientId, Guid messageId, int later, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid, PageCursor?)> found = await database.RowsAsync(
            clientId,
            new Statement(After).Uuid(clientId).Uuid(messageId).Int(later),
            reader => (reader.GetGuid(0), reader.ValueOrNull<DateTimeOffset>(1) is { } at ? new PageCursor(at, reader.GetGuid(2)) : (PageCursor?)null),
            cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<IReadOnlyList<SearchedMessage>> ChangedAsync(Guid clientId, IReadOnlyList<SearchedMessage> messages, Guid[] looked, CancellationToken cancellationToken)
    {
        if (looked.Length == 0)
        {
            return messages;
        }

        ILookup<Guid, MessageChange> done = await changes.OfAsync(clientId, looked, cancellationToken);
        return done.Count == 0 ? messages : [.. messages.Select(message => message.After(done[message.Id]))];
    }
}
