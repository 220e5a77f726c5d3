using System.Text;
using System.Text.Json;
using Munshi.Responder.Replay;
using Munshi.Tests.Knowledge;

namespace Munshi.Tests.Responder;

/// <summary>Conversations run through the policy as <c>munshi responder replay</c> does, on the demo shop's FAQ.</summary>
internal static class PolicyBench
{
    public static IReadOnlyList<ReplayStep> Run(params object[] lines)
    {
        StringBuilder text = new();
        foreach (object line in lines)
        {
            text.AppendLine(JsonSerializer.Serialize(line is string words ? new { text = words } : line));
        }

        return [.. ResponderVerbs.Steps(ReplayReader.Read(text.ToString()), SampleFaq.Entries, "Aparajita Sarees")];
    }

    public static string Outcome(ReplayStep step) => $"{step.Decision} {step.Reason} {string.Join(',', step.Sources)}".TrimEnd();
}
