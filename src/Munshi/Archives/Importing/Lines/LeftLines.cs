namespace Munshi.Archives.Importing.Lines;

/// <summary>A line of what hangs on the business's numbers at Meta and is not taken over: held to its form alone.</summary>
internal sealed record LeftLine(Guid Id)
{
    public static LeftLine ReadNumber(ArchiveLine line)
    {
        Guid id = line.Id("id");
        line.OptionalText("number");
        line.Time("createdAt");
        return new LeftLine(id);
    }

    public static LeftLine ReadTemplate(ArchiveLine line)
    {
        Guid id = line.Id("id");
        line.Id("number");
        line.Text("name");
        line.Text("language");
        line.Text("category");
        line.Text("status");
        line.List("components");
        return new LeftLine(id);
    }

    public static LeftLine ReadChoice(ArchiveLine line)
    {
        Guid id = line.Id("id");
        line.Id("identifier");
        line.Id("number");
        line.Word("choice", "stop", "resume", "unknown");
        line.Time("at");
        line.Time("receivedAt");
        line.OptionalBytes("raw");
        return new LeftLine(id);
    }
}
