using System.Text.Json;
using Munshi.Knowledge;

namespace Munshi.Archives.Importing.Lines;

/// <summary>A revision of an entry; without the entry where it was retired, or its words are lost.</summary>
internal sealed record KnowledgeLine(Guid Id, string Name, int Revision, bool IsRetired, DateTimeOffset CreatedAt, string? Entry)
{
    public static KnowledgeLine Read(ArchiveLine line)
    {
        Guid id = line.Id("id");
        string name = line.Shaped("name", LineForms.EntryName);
        long revision = line.Number("revision");
        bool retired = line.Flag("retired");
        DateTimeOffset createdAt = line.Time("createdAt");
        string? entry = line.OptionalObject("entry");
        return revision is < 1 or > int.MaxValue ? throw new LineFormException("\"revision\" must be a whole number from 1 up")
            : entry is not null && (retired || !IsEntry(entry, name)) ? throw new LineFormException("\"entry\" must be an entry of the knowledge under this name, and of one that is retired null")
            : new KnowledgeLine(id, name, (int)revision, entry is null, createdAt, entry);
    }

    public override string ToString() => $"{nameof(KnowledgeLine)} {Id}";

    private static bool IsEntry(string json, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<FaqEntry>(json) is { Question: not null, Answer: not null, Examples: not null } entry
                && entry.Id == name && entry.Examples.All(example => example is not null)
                && FaqCheck.Entry(new FaqRecord(1, entry.Id, entry.Question, entry.Title, entry.Answer, entry.Examples), new FaqProblems()) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
