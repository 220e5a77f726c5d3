using Munshi.Archives.Importing.Lines;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault.Resolving;

namespace Munshi.Archives.Importing;

/// <summary>Conversations, which wait for a number as imported chats do, with their labels and what was done with them.</summary>
internal sealed class ConversationImport(LineBatches batches, TimeProvider clock)
{
    private const string Conversations = "SELECT id FROM vault.conversation WHERE client_id = $1 AND id = ANY ($2)";
    private const string Events = "SELECT id FROM vault.conversation_event WHERE client_id = $1 AND id = ANY ($2)";

    private const string GoingOn = "SELECT contact_id, id, last_at FROM vault.conversation WHERE client_id = $1 AND contact_id = ANY ($2) AND superseded_by IS NULL";

    private const string Wear =
        """
        INSERT INTO vault.conversation_label (client_id, conversation_id, label_id, state, shown_at, added_at)
        SELECT $1, c.id, l.id, c.state, c.shown_at, $3
        FROM vault.conversation c CROSS JOIN LATERAL unnest(c.label_ids) AS l (id)
        WHERE c.client_id = $1 AND c.id = ANY ($2)
        ON CONFLICT (client_id, conversation_id, label_id) DO NOTHING
        """;

    private const string InsertEvent =
        "INSERT INTO vault.conversation_event (client_id, id, conversation_id, kind, actor, at, until) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private static readonly string Insert = Sql.Read("Archives/Importing/insert_conversations.sql");
    private static readonly string Settle = Sql.Read("Archives/Importing/settle_conversations.sql");

    /// <summary>Those that go on first, so that those beside them have where to.</summary>
    public async Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken)
    {
        await batches.EachAsync(workspace, DataFiles.Conversations, AddGoingOnAsync, cancellationToken);
        await batches.EachAsync(workspace, DataFiles.Conversations, AddBesideAsync, cancellationToken);
        await batches.EachAsync(workspace, DataFiles.ConversationEvents, AddEventsAsync, cancellationToken);
    }

    /// <summary>Once messages, observations and events are here.</summary>
    public Task SettleAsync(ImportedWorkspace workspace, CancellationToken cancellationToken) =>
        batches.EachAsync(workspace, DataFiles.Conversations, (transaction, batch) => SettleAsync(transaction, batch, workspace.Data.Circling), cancellationToken);

    private async Task AddGoingOnAsync(WorkspaceTransaction transaction, IReadOnlyList<ConversationLine> batch)
    {
        ConversationLine[] fresh = [.. await LineBatches.NewAsync(transaction, [.. batch.Where(line => line.GoesOnIn is null)], line => line.Id, Conversations)];
        Dictionary<Guid, Newest> standing = (await GoingOnAsync(transaction, fresh)).ToDictionary(one => one.ContactId);
        Dictionary<Guid, Newest> newest = fresh
            .Select(line => new Newest(line.ContactId, line.Id, line.LastAt))
            .Concat(standing.Values)
            .GroupBy(one => one.ContactId)
            .ToDictionary(of => of.Key, of => of.OrderBy(one => one.LastAt).ThenBy(one => $"{one.Id}", StringComparer.Ordinal).Last());
        Write(
            transaction,
            fresh,
            [.. standing.Values.Where(one => newest[one.ContactId].Id != one.Id)],
            newest,
            [.. fresh.Select(line => newest[line.ContactId].Id is var winner && winner != line.Id ? winner : (Guid?)null)]);
    }

    private async Task AddBesideAsync(WorkspaceTransaction transaction, IReadOnlyList<ConversationLine> batch)
    {
        ConversationLine[] fresh = [.. await LineBatches.NewAsync(transaction, [.. batch.Where(line => line.GoesOnIn is not null)], line => line.Id, Conversations)];
        Dictionary<Guid, Newest> goingOn = (await GoingOnAsync(transaction, fresh)).ToDictionary(one => one.ContactId);
        foreach (IGrouping<Guid, ConversationLine> of in fresh.Where(line => !goingOn.ContainsKey(line.ContactId)).GroupBy(line => line.ContactId))
        {
            ConversationLine newest = of.OrderBy(line => line.LastAt).ThenBy(line => $"{line.Id}", StringComparer.Ordinal).Last();
            goingOn.Add(of.Key, new Newest(of.Key, newest.Id, newest.LastAt)); // contacts were parted while the archive was written
        }

        Guid?[] beside = [.. fresh.Select(line => goingOn[line.ContactId].Id is var winner && winner != line.Id ? winner : (Guid?)null)];
        Write(transaction, fresh, [], goingOn, beside); // in which one exactly is said once all are here
    }

    private async Task AddEventsAsync(WorkspaceTransaction transaction, IReadOnlyList<ConversationEventLine> batch)
    {
        foreach (ConversationEventLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Events))
        {
            transaction.Queue(new Statement(InsertEvent)
                .Uuid(transaction.ClientId).Uuid(line.Id).Uuid(line.ConversationId).Text(line.Kind).Text(line.Actor).Time(line.At).Time(line.Until));
        }
    }

    private Task SettleAsync(WorkspaceTransaction transaction, IReadOnlyList<ConversationLine> batch, IReadOnlySet<Guid> circling)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        transaction.Queue(new Statement(Settle)
            .Uuid(transaction.ClientId).Uuids([.. batch.Select(line => line.Id)]).Uuids([.. batch.Select(line => circling.Contains(line.Id) ? null : line.GoesOnIn)]));
        foreach (ConversationLine line in batch)
        {
            if (line.SnoozedUntil is { } until)
            {
                Jobs.Enqueue(transaction, ConversationStandings.WakeJob, line.Id, now, until); // or it would never come back
            }
        }

        return Task.CompletedTask;
    }

    private static async Task<IReadOnlyList<Newest>> GoingOnAsync(WorkspaceTransaction transaction, ConversationLine[] lines) =>
        lines.Length == 0
            ? []
            : await transaction.RowsAsync(
                new Statement(GoingOn).Uuid(transaction.ClientId).Uuids([.. lines.Select(line => line.ContactId).Distinct()]),
                reader => new Newest(reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(2)));

    private void Write(
        WorkspaceTransaction transaction, ConversationLine[] lines, Newest[] passed, Dictionary<Guid, Newest> newest, Guid?[] beside)
    {
        if (lines.Length == 0)
        {
            return;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        transaction.Queue(new Statement(Insert)
            .Uuid(transaction.ClientId)
            .Uuids([.. passed.Select(one => one.Id)])
            .Uuids([.. passed.Select(one => newest[one.ContactId].Id)])
            .Uuids([.. lines.Select(line => line.Id)])
            .Uuids([.. lines.Select(line => line.ContactId)])
            .Times([.. lines.Select(line => line.OpenedAt)])
            .Times([.. lines.Select(line => line.LastAt)])
            .Longs([.. lines.Select(line => line.Inbound)])
            .Longs([.. lines.Select(line => line.Read)])
            .Texts([.. lines.Select(line => line.Owner)])
            .Uuids([.. lines.Select(line => line.PersonId)])
            .Times([.. lines.Select(line => line.GreetedAt)])
            .Texts([.. lines.Select(line => line.State)])
            .Times([.. lines.Select(line => line.SnoozedUntil)])
            .Texts([.. lines.Select(line => $"{{{string.Join(',', line.Labels)}}}")])
            .Uuids(beside));
        transaction.Queue(new Statement(Wear).Uuid(transaction.ClientId).Uuids([.. lines.Select(line => line.Id)]).Time(now));
        AuditTrail.Record(transaction, [.. lines.Select(line => new AuditEvent(Actor.Operator, "conversation.opened", "conversation", line.Id, now))]);
    }

    /// <summary>A customer's conversation that goes on.</summary>
    private sealed record Newest(Guid ContactId, Guid Id, DateTimeOffset LastAt);
}
