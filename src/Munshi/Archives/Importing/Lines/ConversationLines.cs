namespace Munshi.Archives.Importing.Lines;

/// <summary>A conversation as the inbox has it.</summary>
internal sealed record ConversationLine
{
    private const int MostLabels = 20;

    public required Guid Id { get; init; }

    public required Guid ContactId { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset? SnoozedUntil { get; init; }

    public required IReadOnlyList<Guid> Labels { get; init; }

    public required string Owner { get; init; }

    public required Guid? PersonId { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public required long Inbound { get; init; }

    public required long Read { get; init; }

    public required DateTimeOffset? GreetedAt { get; init; }

    /// <summary>Of one that stands beside another of the same customer.</summary>
    public required Guid? GoesOnIn { get; init; }

    public static ConversationLine From(ArchiveLine line)
    {
        Guid id = line.Id("id");
        Guid contact = line.Id("contact");
        line.OptionalId("number");
        ConversationLine read = new()
        {
            Id = id,
            ContactId = contact,
            State = line.Word("state", "open", "snoozed", "resolved"),
            SnoozedUntil = line.OptionalTime("snoozedUntil"),
            Labels = line.Ids("labels", MostLabels),
            Owner = line.Word("owner", "responder", "waiting", "person", "phone"),
            PersonId = line.OptionalId("person"),
            OpenedAt = line.Time("openedAt"),
            LastAt = line.Time("lastAt"),
            Inbound = line.Number("inbound"),
            Read = line.Number("read"),
            GreetedAt = line.OptionalTime("greetedAt"),
            GoesOnIn = line.OptionalId("goesOnIn"),
        };
        return (read.State == "snoozed") != (read.SnoozedUntil is not null) ? throw new LineFormException("\"snoozedUntil\" must be a time where \"state\" is snoozed, and else null")
            : (read.Owner == "person") != (read.PersonId is not null) ? throw new LineFormException("\"person\" must be an id where \"owner\" is person, and else null")
            : read.Read > read.Inbound ? throw new LineFormException("\"read\" must be at most \"inbound\"")
            : read.GoesOnIn == read.Id ? throw new LineFormException("\"goesOnIn\" must be another conversation")
            : read;
    }
}

/// <summary>What was done with a conversation as a whole.</summary>
internal sealed record ConversationEventLine(Guid Id, Guid ConversationId, string Kind, string Actor, DateTimeOffset At, DateTimeOffset? Until)
{
    public static ConversationEventLine Read(ArchiveLine line)
    {
        ConversationEventLine read = new(
            line.Id("id"),
            line.Id("conversation"),
            line.Word("kind", "snoozed", "resolved", "reopened", "woken"),
            line.Shaped("actor", LineForms.Author),
            line.Time("at"),
            line.OptionalTime("until"));
        return (read.Kind == "snoozed") == (read.Until is not null) ? read : throw new LineFormException("\"until\" must be a time where \"kind\" is snoozed, and else null");
    }
}

/// <summary>A note; without words where it was removed.</summary>
internal sealed record NoteLine(
    Guid Id, Guid ConversationId, Guid IdentifierId, Guid PersonId, DateTimeOffset At, string? Text, DateTimeOffset? DeletedAt, Guid? DeletedBy)
{
    public static NoteLine Read(ArchiveLine line)
    {
        NoteLine read = new(
            line.Id("id"), line.Id("conversation"), line.Id("identifier"), line.Id("person"), line.Time("at"), line.OptionalText("text"), null, null);
        return line.Has("deleted") ? read with { Text = null, DeletedAt = line.Time("deleted"), DeletedBy = line.Id("deletedBy") } : read;
    }

    public override string ToString() => $"{nameof(NoteLine)} {Id}";
}
