using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Media;
using Munshi.Vault.Resolving;

namespace Munshi.Vault;

/// <summary>Stores many customers' messages in a few statements, each once and just as <see cref="ReceivedMessages"/> would.</summary>
/// <remarks>
/// Takes those of known customers in open conversations, and leaves the rest to be received one by one. Locks in one order: contacts, names, references,
/// conversations, data keys, each sorted, so that two groups wait for each other and never on each other.
/// </remarks>
internal sealed class ReceivedTogether(Correspondents correspondents, DataKeys dataKeys, TimeProvider clock)
{
    private const string InsertReferences =
        """
        INSERT INTO vault.provider_reference (client_id, reference, message_id)
        SELECT $1, r.reference, r.message_id FROM unnest($2::bytea[], $3::uuid[]) AS r (reference, message_id) ORDER BY r.reference
        ON CONFLICT (client_id, reference) DO NOTHING
        RETURNING message_id
        """;

    /// <param name="transaction">The transaction that also settles the updates.</param>
    /// <param name="arrived">The messages, in the order in which they came.</param>
    /// <returns>What became of each; null of one that is left untouched.</returns>
    public async Task<IReadOnlyList<ReceiptOutcome?>> ReceiveAsync(WorkspaceTransaction transaction, IReadOnlyList<ArrivedMessage> arrived)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        ReceiptOutcome?[] outcomes = [.. arrived.Select(one => one.Flaw is { } flaw ? new ReceiptOutcome.Unusable(flaw) : null)];
        IReadOnlyList<Candidate> known = await RecogniseAsync(transaction, arrived, outcomes, now);
        List<Candidate> fresh = [];
        HashSet<Guid> reserved = await ReserveAsync(transaction, known);
        foreach (Candidate one in known)
        {
            outcomes[one.Place] = reserved.Contains(one.Id) ? new ReceiptOutcome.Stored(one.Id) : new ReceiptOutcome.Duplicate();
            if (reserved.Contains(one.Id))
            {
                fresh.Add(one);
            }
        }

        if (fresh.Count > 0)
        {
            await WriteAsync(transaction, fresh, now);
        }

        return outcomes;
    }

    /// <summary>Those whose customer is known, whose conversation is open and whose quotation needs no look-up.</summary>
    private async Task<IReadOnlyList<Candidate>> RecogniseAsync(
        WorkspaceTransaction transaction, IReadOnlyList<ArrivedMessage> arrived, ReceiptOutcome?[] outcomes, DateTimeOffset now)
    {
        int[] places = [.. Enumerable.Range(0, arrived.Count).Where(place => outcomes[place] is null)];
        IReadOnlyList<Correspondent?> customers = await correspondents.RecogniseAsync(
            transaction, [.. places.Select(place => (arrived[place].Claims, arrived[place].Message.ProfileName))]);
        HashSet<Guid> waiting = []; // whose message is left: what they wrote after it does not overtake it
        List<(int Place, Correspondent Customer)> known = [];
        foreach ((int place, Correspondent? customer) in places.Zip(customers))
        {
            if (customer is null)
            {
                continue;
            }

            if (waiting.Contains(customer.ContactId) || arrived[place].Also.Count > 0 || (arrived[place].QuotedId is not null && customer.Identifiers.Count > 1))
            {
                waiting.Add(customer.ContactId);
            }
            else
            {
                known.Add((place, customer));
            }
        }

        IReadOnlyDictionary<(Guid, Guid), Guid> conversations = await Conversations.FindAsync(
            transaction, [.. known.Select(one => (arrived[one.Place].NumberId, one.Customer.ContactId, one.Customer.Author.Id)).Distinct()]);
        (int Place, Correspondent Customer)[] open = [.. known.Where(one => conversations.ContainsKey((arrived[one.Place].NumberId, one.Customer.Author.Id)))];
        Guid[] ids = [.. open.Select(_ => Guid.CreateVersion7(now)).Order()]; // messages of one moment stand in the order of their ids
        return
        [
            .. open.Zip(ids, (one, id) => new Candidate(
                one.Place, id, arrived[one.Place], one.Customer, one.Customer.References(arrived[one.Place].Message.ProviderId!),
                conversations[(arrived[one.Place].NumberId, one.Customer.Author.Id)])),
        ];
    }

    /// <summary>Takes the provider's ids for these messages; the ids of those that had stood nowhere, under no identifier of their contact.</summary>
    private static async Task<HashSet<Guid>> ReserveAsync(WorkspaceTransaction transaction, IReadOnlyList<Candidate> candidates)
    {
        HashSet<string> taken = [];
        Candidate[] several = [.. candidates.Where(one => one.References.Length > 1)];
        if (several.Length > 0)
        {
            taken = [.. await transaction.RowsAsync(
                new Statement("SELECT reference FROM vault.provider_reference WHERE client_id = $1 AND reference = ANY ($2)")
                    .Uuid(transaction.ClientId).BytesArray([.. several.SelectMany(one => one.References)]),
                reader => Convert.ToHexString(reader.GetFieldValue<byte[]>(0)))];
        }

        List<Candidate> first = [];
        foreach (Candidate one in candidates)
        {
            string[] references = [.. one.References.Select(Convert.ToHexString)];
            if (!references.Any(taken.Contains))
            {
                first.Add(one);
            }

            taken.UnionWith(references);
        }

        return first.Count == 0
            ? []
            : [.. await transaction.RowsAsync(
                new Statement(InsertReferences).Uuid(transaction.ClientId).BytesArray([.. first.Select(one => one.References[0])]).Uuids([.. first.Select(one => one.Id)]),
                reader => reader.GetGuid(0))];
    }

    private async Task WriteAsync(WorkspaceTransaction transaction, IReadOnlyList<Candidate> fresh, DateTimeOffset now)
    {
        IReadOnlyList<ConversationState> locked = await Conversations.LockAsync(transaction, fresh.Select(one => one.ConversationId).Distinct());
        Dictionary<Guid, ConversationMove> moves = locked.ToDictionary(
            state => state.Id, state => new ConversationMove(state.Id, Guid.Empty, DateTimeOffset.MinValue, state.InboundCount, state.WindowFrom));
        IReadOnlyDictionary<(Guid, int), DataKey> keys = await dataKeys.GetAsync(
            transaction, [.. fresh.Select(one => (one.Customer.Author.Id, DataKeys.PeriodOf(one.Arrived.ReceivedAt))).Distinct()], now);
        MessageBatch batch = new(transaction.ClientId);
        List<Guid> asking = [];
        Dictionary<Guid, Actor> writers = []; // by the conversation that they wrote in
        List<(MessageRecord Record, ArrivedMessage Arrived)> written = [];
        foreach (Candidate one in fresh)
        {
            DataKey key = keys[(one.Customer.Author.Id, DataKeys.PeriodOf(one.Arrived.ReceivedAt))];
            byte[]? refersTo = one.Arrived.QuotedId is { } quoted ? one.Customer.Author.Reference(quoted) : null;
            ConversationMove move = moves[one.ConversationId];
            ReceivedMessage received = ReceivedMessage.Of(
                one.Arrived, one.Id, one.Customer.Author.Id, one.ConversationId, move.InboundCount, key.Id, refersTo, now);
            batch.Add(received.Record, key.Material, received.Text, one.Arrived.Raw, received.Author, ReceivedMessage.Action);
            written.Add((received.Record, one.Arrived));
            if (received.Asks)
            {
                moves[one.ConversationId] = move.After(received.Record);
                asking.Add(one.Id);
                writers[one.ConversationId] = received.Author;
            }
        }

        batch.Write(transaction);
        WantedMedia.Note(transaction, written, now);
        Signals.Conversations(transaction, moves.Keys);
        if (asking.Count > 0)
        {
            Conversations.Touch(transaction, [.. moves.Values.Where(move => move.MessageId != Guid.Empty)]);
            Jobs.Enqueue(transaction, ReceivedMessages.TurnJob, [.. asking], now);
            foreach (ConversationState state in locked.Where(state => writers.ContainsKey(state.Id)))
            {
                Standings.Reopen(transaction, state, writers[state.Id], now);
            }
        }
    }

    /// <param name="Place">Among those that came.</param>
    /// <param name="Id">The id it gets.</param>
    /// <param name="Arrived">As it came in.</param>
    /// <param name="Customer">Who wrote it.</param>
    /// <param name="References">Of its provider id, the author's first.</param>
    /// <param name="ConversationId">Its conversation.</param>
    private sealed record Candidate(int Place, Guid Id, ArrivedMessage Arrived, Correspondent Customer, byte[][] References, Guid ConversationId);
}
