using Munshi.Vault.Fields;

namespace Munshi.Archives.Importing.Lines;

internal sealed record ContactLine(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? OptedOutAt)
{
    public static ContactLine Read(ArchiveLine line) => new(line.Id("id"), line.Time("createdAt"), line.OptionalTime("optedOutAt"));
}

/// <summary>Something that identifies a customer, with its own last words about automatic messages; without its value where the key is gone.</summary>
internal sealed record IdentifierLine(
    Guid Id, Guid ContactId, string Kind, string? Value, string? Name, DateTimeOffset CreatedAt, DateTimeOffset? OptedOutAt, DateTimeOffset? OptedInAt)
{
    public static IdentifierLine Read(ArchiveLine line) => new(
        line.Id("id"),
        line.Id("contact"),
        line.Word("kind", "phone", "bsuid"),
        line.OptionalText("value"),
        line.OptionalText("name"),
        line.Time("createdAt"),
        line.Has("optedOutAt") ? line.OptionalTime("optedOutAt") : null,
        line.Has("optedInAt") ? line.OptionalTime("optedInAt") : null);

    public override string ToString() => $"{nameof(IdentifierLine)} {Id}";
}

/// <summary>What is noted of a customer under a field; without a value it was taken away.</summary>
internal sealed record FieldValueLine(Guid Id, Guid FieldId, Guid IdentifierId, Guid PersonId, DateTimeOffset At, string? Value)
{
    public static FieldValueLine Read(ArchiveLine line) => new(
        line.Id("id"), line.Id("field"), line.Id("identifier"), line.Id("person"), line.Time("at"), line.OptionalText("value", FieldValues.MaxLength));

    public override string ToString() => $"{nameof(FieldValueLine)} {Id}";
}

/// <summary>Contacts that became one, or one that became two.</summary>
internal sealed record ContactEventLine
{
    /// <summary>More than any contact has.</summary>
    private const int Most = 100_000;

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required Guid ContactId { get; init; }

    public required Guid OtherId { get; init; }

    public required IReadOnlyList<Guid> Identifiers { get; init; }

    public required IReadOnlyList<Guid> Conversations { get; init; }

    public required IReadOnlyList<Guid> Superseded { get; init; }

    public required IReadOnlyList<Guid> Resumed { get; init; }

    public required Guid? Undoes { get; init; }

    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }

    public static ContactEventLine Read(ArchiveLine line)
    {
        ContactEventLine read = new()
        {
            Id = line.Id("id"),
            Kind = line.Word("kind", "merged", "split"),
            ContactId = line.Id("contact"),
            OtherId = line.Id("other"),
            Identifiers = line.Ids("identifiers", Most),
            Conversations = line.Ids("conversations", Most),
            Superseded = line.Ids("superseded", Most),
            Resumed = line.Ids("resumed", Most),
            Undoes = line.OptionalId("undoes"),
            Actor = line.Shaped("actor", LineForms.Author),
            At = line.Time("at"),
        };
        return read.Identifiers.Count == 0 ? throw new LineFormException("\"identifiers\" must name what went")
            : read.Kind == "merged" && (read.Undoes is not null || read.Resumed.Count > 0) ? throw new LineFormException("\"undoes\" must be null and \"resumed\" empty where \"kind\" is merged")
            : read;
    }
}
