using Munshi.Access;
using Munshi.Vault.Fields;
using Munshi.Vault.Labels;
using Munshi.Vault.Views;
using Munshi.Workspaces;

namespace Munshi.Archives.Importing.Lines;

/// <summary>The workspace that an archive is of.</summary>
/// <param name="Id">Its log.</param>
/// <param name="Name">The business's.</param>
/// <param name="ExportedAt">When the archive was asked for.</param>
internal sealed record WorkspaceLine(Guid Id, string Name, DateTimeOffset ExportedAt)
{
    public static WorkspaceLine Read(ArchiveLine line)
    {
        Guid id = line.Id("id");
        line.Shaped("handle", LineForms.Handle);
        string name = line.Text("name");
        return string.IsNullOrWhiteSpace(name) || name.Length > WorkspaceRegistry.MaxNameLength
            ? throw new LineFormException($"\"name\" must be 1 to {WorkspaceRegistry.MaxNameLength} characters long")
            : new WorkspaceLine(id, name, line.Time("exportedAt"));
    }

    public override string ToString() => $"{nameof(WorkspaceLine)} {Id}";
}

/// <summary>Somebody who worked here.</summary>
internal sealed record PersonLine(Guid Id, string? Name, string Role, DateTimeOffset CreatedAt)
{
    public static PersonLine Read(ArchiveLine line) =>
        new(line.Id("id"), line.OptionalText("name", Members.MaxNameLength), line.Word("role", "owner", "staff"), line.Time("createdAt"));

    public override string ToString() => $"{nameof(PersonLine)} {Id}";
}

/// <summary>A label, or a field of customers where it has no colour.</summary>
internal sealed record NameLine(Guid Id, string? Name, string? Colour, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt)
{
    public static NameLine ReadLabel(ArchiveLine line) => new(
        line.Id("id"), line.OptionalText("name", LabelBook.MaxNameLength), line.Word("colour", "grey", "blue", "green", "amber", "red", "violet"), line.Time("createdAt"), line.OptionalTime("retiredAt"));

    public static NameLine ReadField(ArchiveLine line) => new(
        line.Id("id"), line.OptionalText("name", FieldBook.MaxNameLength), null, line.Time("createdAt"), line.OptionalTime("retiredAt"));

    public override string ToString() => $"{nameof(NameLine)} {Id}";
}

/// <summary>A member's saved list of the inbox.</summary>
internal sealed record ViewLine(Guid Id, Guid PersonId, string? Name, string Tab, string State, Guid? LabelId, DateTimeOffset CreatedAt, DateTimeOffset? RemovedAt)
{
    public static ViewLine Read(ArchiveLine line) => new(
        line.Id("id"),
        line.Id("person"),
        line.OptionalText("name", SavedViews.MaxNameLength),
        line.Word("tab", "all", "waiting", "mine"),
        line.Word("state", "open", "snoozed", "resolved"),
        line.OptionalId("label"),
        line.Time("createdAt"),
        line.OptionalTime("removedAt"));

    public override string ToString() => $"{nameof(ViewLine)} {Id}";
}
