using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault.Joining;

/// <summary>Makes two contacts of one. A conversation goes where all that was said in it does; one in which both wrote stays, and nobody is answered there for the other.</summary>
internal static class ContactSplits
{
    private static readonly string Writers = Sql.Read("Vault/Joining/split_conversations.sql");
    private static readonly string NarrowWindows = Sql.Read("Vault/Joining/narrow_windows.sql");

    /// <param name="transaction">The transaction that holds both contacts alone.</param>
    /// <param name="plan">What goes where.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="now">UTC, to the microsecond.</param>
    public static async Task SplitAsync(WorkspaceTransaction transaction, SplitPlan plan, Actor actor, DateTimeOffset now)
    {
        IReadOnlyList<HeldConversation> held = await HeldConversation.LockAsync(transaction, plan.ContactId, plan.TargetId);
        IReadOnlyList<Written> written = await transaction.RowsAsync(
            new Statement(Writers).Uuid(transaction.ClientId).Uuid(plan.ContactId).Uuids([.. plan.Staying]).Uuids([.. plan.Going]),
            reader => new Written(reader.GetGuid(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3)));
        HashSet<Guid> going = [.. written.Where(one => !one.ByStaying && (one.ByGoing || plan.GivenBack.Contains(one.Id))).Select(one => one.Id)];
        (Guid[] resumed, (Guid, Guid)[] superseded) = GoOn([.. held.Where(one => one.ContactId == plan.ContactId)], going);
        new ContactChange
        {
            Id = plan.EventId,
            Kind = ContactEventKind.Split,
            ContactId = plan.ContactId,
            OtherContactId = plan.TargetId,
            Identifiers = plan.Going,
            Conversations = [.. going],
            Resumed = resumed,
            Superseded = superseded,
            Undoes = plan.Undoes,
        }.Write(transaction, actor, now);
        await LeaveBehindAsync(transaction, plan, [.. written.Where(one => one is { ByStaying: true, ByGoing: true })], actor, now);
        Signals.Conversations(transaction, held.Select(one => one.Id));
    }

    /// <summary>On each side one conversation goes on with each number: that which did, or of those whose successor is on the other side the one last moved.</summary>
    private static (Guid[] Resumed, (Guid, Guid)[] Superseded) GoOn(IReadOnlyList<HeldConversation> held, HashSet<Guid> going)
    {
        List<Guid> resumed = [];
        List<(Guid, Guid)> superseded = [];
        foreach (IGrouping<(bool, Guid?), HeldConversation> side in held.GroupBy(one => (going.Contains(one.Id), one.NumberId)))
        {
            HeldConversation[] loose = [.. side.Where(one => one.SupersededBy is { } newer && going.Contains(newer) != going.Contains(one.Id))];
            HeldConversation? open = side.FirstOrDefault(one => one.SupersededBy is null);
            if (open is null && loose.Length > 0)
            {
                open = loose.OrderByDescending(one => one.LastAt).ThenByDescending(one => one.Id).First();
                resumed.Add(open.Id);
            }

            superseded.AddRange(loose.Where(one => one.Id != open!.Id).Select(one => (one.Id, open!.Id)));
        }

        return ([.. resumed], [.. superseded]);
    }

    /// <summary>Where both wrote, the window is that of whoever is left; what Munshi is about to answer to whoever went is left to the person who separates them.</summary>
    private static async Task LeaveBehindAsync(
        WorkspaceTransaction transaction, SplitPlan plan, IReadOnlyList<Written> mixed, Actor actor, DateTimeOffset now)
    {
        if (mixed.Count == 0)
        {
            return;
        }

        transaction.Queue(new Statement(NarrowWindows).Uuid(transaction.ClientId).Uuids([.. mixed.Select(one => one.Id)]).Uuids([.. plan.Staying]));
        Guid[] unanswered = [.. mixed.Where(one => one.UnansweredOfGoing).Select(one => one.Id)];
        foreach (ConversationState state in await Conversations.LockAsync(transaction, unanswered))
        {
            if (state.Owner is OwnerKind.Responder)
            {
                Ownership.Change(transaction, state, actor, OwnerKind.Person, actor.PersonId, now);
            }
        }
    }

    /// <param name="Id">The conversation.</param>
    /// <param name="ByStaying">Whether an identifier that stays is in it.</param>
    /// <param name="ByGoing">Whether one that goes is.</param>
    /// <param name="UnansweredOfGoing">Whether one that goes asked what nothing has left in answer to.</param>
    private sealed record Written(Guid Id, bool ByStaying, bool ByGoing, bool UnansweredOfGoing);
}
