namespace Munshi.Knowledge;

/// <summary>An entry as it stands in the form.</summary>
public sealed record EntryForm
{
    /// <summary>Null for a new entry.</summary>
    public string? Id { get; init; }

    public int Revision { get; init; }

    public string Question { get; init; } = "";

    public string Title { get; init; } = "";

    public string Answer { get; init; } = "";

    /// <summary>One a line.</summary>
    public string Examples { get; init; } = "";

    /// <summary>The fields that are wrong: <c>question</c>, <c>title</c>, <c>answer</c>, <c>examples</c>.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    public bool IsStale { get; init; }

    public static EntryForm Of(EditableEntry known) => new()
    {
        Id = known.Entry.Id,
        Revision = known.Revision,
        Question = known.Entry.Question,
        Title = known.Entry.Title ?? "",
        Answer = known.Entry.Answer,
        Examples = string.Join('\n', known.Entry.Examples),
    };

    public override string ToString() => nameof(EntryForm);
}
