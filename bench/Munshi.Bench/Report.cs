using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Munshi.Bench;

/// <summary>The figures of one row, written as a page for people and as JSON.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Setting">Sizes and sides, a line each.</param>
/// <param name="Measures">The figures.</param>
internal sealed record Report(string Title, IReadOnlyList<string> Setting, IReadOnlyList<Measure> Measures)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public async Task WriteAsync(BenchOptions options)
    {
        Machine machine = await Machine.ReadAsync();
        string command = $"bench/{options.Row}/run{(options.Smoke ? " --smoke" : "")}";
        string page = Page(command, machine);
        Console.WriteLine(page);
        if (options.Out is { } folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "results.md"), page);
            await File.WriteAllTextAsync(Path.Combine(folder, "results.json"), JsonSerializer.Serialize(
                new
                {
                    title = Title,
                    command,
                    machine,
                    setting = Setting,
                    measures = Measures.Select(m => new { m.Name, m.Unit, median = m.Median, m.Runs, m.AtLeast, m.Below, met = m.IsMet }),
                },
                Indented) + "\n");
        }
    }

    private string Page(string command, Machine machine)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# {Title}\n\n`{command}` at {machine.At:yyyy-MM-dd HH:mm} UTC, commit {machine.Commit}. {machine}.\n\n");
        foreach (string line in Setting)
        {
            page.Append(CultureInfo.InvariantCulture, $"- {line}\n");
        }

        page.Append("\n| measure | median | runs | wanted | |\n|---|---|---|---|---|\n");
        foreach (Measure measure in Measures)
        {
            string met = measure.IsMet switch { true => "met", false => "**missed**", null => "" };
            page.Append(CultureInfo.InvariantCulture,
                $"| {measure.Name} | {Text(measure.Median)} {measure.Unit} | {string.Join(" · ", measure.Runs.Select(Text))} | {measure.Wanted} | {met} |\n");
        }

        return page.ToString();
    }

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
