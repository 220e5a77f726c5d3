using System.CommandLine;
using System.Text.Json;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Workspaces;

namespace Munshi.Knowledge;

/// <summary><c>munshi knowledge import|ask</c>.</summary>
internal static class KnowledgeVerbs
{
    public static Command Build()
    {
        Command command = new("knowledge", "What a workspace answers from");
        command.Subcommands.Add(Import());
        command.Subcommands.Add(Ask());
        return command;
    }

    private static Command Import()
    {
        Argument<string> file = new("FILE") { Description = "A FAQ: CSV, or JSON Lines {\"id\",\"question\",\"title\",\"answer\",\"examples\"}" };
        Option<string> workspace = VerbOptions.Workspace();
        Option<bool> json = VerbOptions.Json();
        Command command = new("import", "Add new entries and new revisions of changed ones: all of the file, or nothing") { file, workspace, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            IReadOnlyList<FaqEntry> entries = await ReadAsync(parsed.GetRequiredValue(file), cancellationToken);
            Guid clientId = await WorkspaceVerbs.RequireWholeAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            int changed = await installation.Get<KnowledgeBase>().ImportAsync(clientId, entries, Actor.Operator, cancellationToken);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { read = entries.Count, changed })
                : $"Read {entries.Count} entries; {changed} were new or changed.");
            return 0;
        });
        return command;
    }

    private static Command Ask()
    {
        Argument<string> question = new("QUESTION") { Description = "The question; - reads one a line from standard input" };
        Option<string?> workspace = new("--workspace") { Description = "The workspace's handle", HelpName = "W" };
        Option<string?> file = new("--file") { Description = "Rank over this FAQ file instead; needs no database", HelpName = "FAQ" };
        Option<string> data = VerbOptions.Data();
        Option<bool> json = VerbOptions.Json();
        Command command = new("ask", "Show how a question ranks; no model is asked") { question, workspace, file, json, data };
        command.OnRun(async (parsed, cancellationToken) =>
        {
            FaqIndex index = await IndexAsync(parsed.GetValue(file), parsed.GetValue(workspace), parsed.GetRequiredValue(data), cancellationToken);
            Answer(index, parsed.GetRequiredValue(question), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<FaqIndex> IndexAsync(string? file, string? workspace, string data, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            return new FaqIndex(await ReadAsync(file, cancellationToken));
        }

        if (workspace is null)
        {
            throw new RefusalException("Name a workspace with --workspace, or a FAQ file with --file.");
        }

        await using Installation installation = await Installation.OpenAsync(new Database.DataDirectory(data), alsoClosed: false, cancellationToken);
        Guid clientId = await WorkspaceVerbs.RequireAsync(installation, workspace, cancellationToken);
        return (await installation.Get<KnowledgeBase>().CurrentAsync(clientId, cancellationToken)).Index;
    }

    private static void Answer(FaqIndex index, string question, bool json)
    {
        if (question != "-")
        {
            Print(index.Rank(question), json);
            return;
        }

        while (Console.In.ReadLine() is { } line)
        {
            Print(index.Rank(line), json);
        }
    }

    private static void Print(FaqRanking ranking, bool json)
    {
        string decision = ranking.Decision switch
        {
            FaqDecision.Answer => "answer",
            FaqDecision.Menu => "menu",
            _ => "none",
        };
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { decision, ranked = ranking.Ranked.Select(entry => new { id = entry.Id, score = Math.Round(entry.Score, 4) }) }));
            return;
        }

        Console.WriteLine(decision);
        foreach (RankedEntry entry in ranking.Ranked)
        {
            Console.WriteLine(FormattableString.Invariant($"  {entry.Score:0.00}  {entry.Id}"));
        }
    }

    /// <summary>The entries of a FAQ file.</summary>
    /// <exception cref="RefusalException">It cannot be read, or has a problem.</exception>
    internal static async Task<IReadOnlyList<FaqEntry>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        FaqReading reading;
        try
        {
            await using FileStream stream = File.OpenRead(path);
            reading = await FaqReader.ReadAsync(stream, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The file {path} could not be read.");
        }

        return reading switch
        {
            FaqReading.Read read => read.Entries,
            FaqReading.Refused refused => throw new RefusalException(
                string.Join('\n', refused.Problems.Select(p => $"line {p.Line}, {p.Field}: {p.Wrong}; {p.Allowed}").Append("Nothing was imported."))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
