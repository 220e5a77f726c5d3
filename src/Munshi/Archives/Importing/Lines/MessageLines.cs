namespace Munshi.Archives.Importing.Lines;

/// <summary>A message, an edit or a deletion; without words where it was deleted, or they are lost.</summary>
internal sealed record MessageLine
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required Guid IdentifierId { get; init; }

    public required string Direction { get; init; }

    public required string Author { get; init; }

    public required string Kind { get; init; }

    public required string Source { get; init; }

    public required long Turn { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset? ProviderAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string? Text { get; init; }

    public required byte[]? Raw { get; init; }

    public required Guid? RefersTo { get; init; }

    public static MessageLine Read(ArchiveLine line)
    {
        MessageLine read = new()
        {
            Id = line.Id("id"),
            ConversationId = line.Id("conversation"),
            IdentifierId = line.Id("identifier"),
            Direction = line.Word("direction", "in", "out"),
            Author = line.Shaped("author", LineForms.Author),
            Kind = line.Shaped("kind", LineForms.Kind),
            Source = line.Word("source", "webhook", "dashboard", "responder", "import", "api", "echo", "history", "standby"),
            Turn = line.Number("turn"),
            At = line.Time("at"),
            ProviderAt = line.OptionalTime("providerAt"),
            ReceivedAt = line.Time("receivedAt"),
            Text = line.OptionalText("text"),
            Raw = line.OptionalBytes("raw"),
            RefersTo = line.OptionalId("refersTo"),
        };
        line.Mark("withdrawn");
        if (!line.Has("deleted"))
        {
            return read;
        }

        line.Time("deleted");
        return read is { Text: null, Raw: null } ? read : throw new LineFormException("\"text\" and \"raw\" of what was deleted must be null");
    }

    public override string ToString() => $"{nameof(MessageLine)} {Id}";
}

/// <summary>A report on what became of a message.</summary>
internal sealed record StatusLine(
    Guid Id, Guid MessageId, string Status, int? ErrorCode, string? Reason, DateTimeOffset At, DateTimeOffset ReceivedAt, byte[]? Raw)
{
    public static StatusLine Read(ArchiveLine line)
    {
        Guid id = line.Id("id");
        Guid message = line.Id("message");
        string status = line.Word("status", "uncertain", "accepted", "sent", "failed", "delivered", "read", "played", "cancelled", "unknown");
        long? error = line.OptionalNumber("errorCode");
        return error is < int.MinValue or > int.MaxValue
            ? throw new LineFormException("\"errorCode\" must be a whole number of 32 bits or null")
            : new StatusLine(
                id, message, status, (int?)error, line.OptionalShaped("reason", LineForms.Reason), line.Time("at"), line.Time("receivedAt"), line.OptionalBytes("raw"));
    }

    public override string ToString() => $"{nameof(StatusLine)} {Id}";
}

/// <summary>A file of a message.</summary>
internal sealed record MediaLine
{
    public required Guid Id { get; init; }

    public required Guid MessageId { get; init; }

    public required string State { get; init; }

    public required string? Reason { get; init; }

    public required DateTimeOffset ToldAt { get; init; }

    public required DateTimeOffset? SettledAt { get; init; }

    public required string? Type { get; init; }

    public required long? Length { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string? Hash { get; init; }

    /// <summary>Whether the archive has it.</summary>
    public required bool IsHere { get; init; }

    public static MediaLine Read(ArchiveLine line)
    {
        Guid id = line.Id("id");
        Guid message = line.Id("message");
        string state = line.Word("state", "wanted", "stored", "expired", "refused");
        string? reason = line.OptionalShaped("reason", LineForms.Reason);
        DateTimeOffset toldAt = line.Time("toldAt");
        DateTimeOffset? settledAt = line.OptionalTime("settledAt");
        string? type = line.OptionalShaped("type", LineForms.MediaType);
        long? length = line.OptionalNumber("length");
        string? hash = line.OptionalShaped("sha256", LineForms.Hash);
        line.OptionalText("name");
        MediaLine read = new()
        {
            Id = id,
            MessageId = message,
            State = state,
            Reason = reason,
            ToldAt = toldAt,
            SettledAt = settledAt,
            Type = type,
            Length = length,
            Hash = hash,
            IsHere = line.Flag("here"),
        };
        bool isDeleted = line.Mark("deleted");
        bool isWithdrawn = line.Mark("withdrawn");
        return (read.State == "wanted") != (read.SettledAt is null) ? throw new LineFormException("\"settledAt\" must be null where \"state\" is wanted, and else a time")
            : read.State is "expired" or "refused" && read.Reason is null ? throw new LineFormException("\"reason\" must be a word where there is no file")
            : read.IsHere && (isDeleted || isWithdrawn || read is not { State: "stored", Reason: null, Type: not null, Length: >= 0, Hash: not null })
                ? throw new LineFormException("a file that is \"here\" must be stored, neither deleted nor withdrawn, with type, length and sha256")
                : read;
    }

    public override string ToString() => $"{nameof(MediaLine)} {Id}";
}
