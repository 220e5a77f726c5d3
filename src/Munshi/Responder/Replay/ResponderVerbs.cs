using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.CommandLine;
using Munshi.Knowledge;
using Munshi.Vault;

namespace Munshi.Responder.Replay;

/// <summary><c>munshi responder replay</c>.</summary>
internal static class ResponderVerbs
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 4, 30, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        Command command = new("responder", "The first responder");
        command.Subcommands.Add(Replay());
        return command;
    }

    private static Command Replay()
    {
        Argument<string> file = new("FILE") { Description = "Recorded conversations, JSON Lines: {\"faq\":{…}}, {\"conversation\",\"at\",\"text\"}, {\"choice\":ID}, {\"owner\":\"person\"}" };
        Option<string?> faq = new("--faq") { Description = "Answer from this FAQ file as well", HelpName = "FAQ" };
        Option<string> business = new("--business") { Description = "The business's name in the greeting", DefaultValueFactory = _ => "the business", HelpName = "NAME" };
        Option<bool> json = VerbOptions.Json();
        Command command = new("replay", "Run recorded conversations through the responder's policy and print each decision; no database, no network") { file, faq, business, json };
        command.OnRun(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<ReplayLine> lines = ReplayReader.Read(await TextAsync(parsed.GetRequiredValue(file), cancellationToken));
            IReadOnlyList<FaqEntry> more = parsed.GetValue(faq) is { } path ? await KnowledgeVerbs.ReadAsync(path, cancellationToken) : [];
            foreach (ReplayStep step in Steps(lines, more, parsed.GetRequiredValue(business)))
            {
                Console.WriteLine(parsed.GetValue(json) ? ToJson(step) : ToText(step));
            }

            return 0;
        });
        return command;
    }

    /// <summary>Every decision, in the order of the file.</summary>
    internal static IEnumerable<ReplayStep> Steps(IReadOnlyList<ReplayLine> lines, IReadOnlyList<FaqEntry> more, string businessName)
    {
        Dictionary<string, FaqEntry> entries = more.Concat(lines.OfType<ReplayLine.Entry>().Select(line => line.Faq)).GroupBy(entry => entry.Id).ToDictionary(same => same.Key, same => same.Last());
        KnowledgeState knowledge = new(entries.Count, entries, new FaqIndex(entries.Values));
        Dictionary<string, ReplayedConversation> conversations = [];
        DateTimeOffset now = Beginning;
        foreach (ReplayLine line in lines)
        {
            switch (line)
            {
                case ReplayLine.Customer customer:
                    now = customer.At ?? now.AddMinutes(1);
                    yield return Of(customer.Conversation).Receive(customer, now);
                    break;
                case ReplayLine.Owner owner:
                    now = owner.At ?? now.AddMinutes(1);
                    Of(owner.Conversation).ChangeOwner(owner.Person);
                    break;
            }
        }

        ReplayedConversation Of(string name) =>
            conversations.TryGetValue(name, out ReplayedConversation? known) ? known : conversations[name] = new ReplayedConversation(knowledge, businessName);
    }

    private static string ToText(ReplayStep step)
    {
        string head = $"{step.Line}\t{step.Conversation}\t{step.Decision}\t{step.Reason}\t{string.Join(',', step.Sources)}";
        return step.Reply is not { } reply ? head
            : string.Join('\n', [head, .. reply.Text.Split('\n').Select(line => $"    {line}"), .. (reply.Options?.Options ?? []).Select(option => $"    [{option.Id}] {option.Title}")]);
    }

    private static string ToJson(ReplayStep step) => JsonSerializer.Serialize(
        new
        {
            line = step.Line,
            conversation = step.Conversation,
            decision = step.Decision,
            reason = step.Reason,
            sources = step.Sources,
            text = step.Reply?.Text,
            options = (step.Reply?.Options?.Options ?? []).Select(option => new { id = option.Id, title = option.Title, description = option.Description }),
            owner = step.Owner switch { OwnerKind.Responder => "munshi", OwnerKind.Waiting => "waiting", _ => "person" },
        },
        Json);

    private static async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The file {path} could not be read.");
        }
    }
}
