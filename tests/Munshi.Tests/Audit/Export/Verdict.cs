using System.Text.Json;

namespace Munshi.Tests.Audit.Export;

/// <summary>What a verifier said with <c>--json</c>.</summary>
internal sealed record Verdict(int ExitCode, IReadOnlyList<(string File, long? Seq, string Kind)> Findings, JsonElement Total)
{
    public bool IsOk => Total.GetProperty("ok").GetBoolean();

    public static Verdict Read(int exitCode, string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement[] read = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
        return new Verdict(
            exitCode,
            [
                .. read[..^1].Select(finding => (
                    finding.GetProperty("file").GetString()!,
                    finding.GetProperty("seq") is { ValueKind: JsonValueKind.Number } seq ? seq.GetInt64() : (long?)null,
                    finding.GetProperty("kind").GetString()!)),
            ],
            read[^1]);
    }
}
