using System.Text;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary><c>GET /{waba_id}/message_templates</c>, page after page. It never throws for what the network or Meta does.</summary>
/// <remarks>Safe for concurrent use. The same demands on the handler as <see cref="GraphClient"/>. The address of the next page is made here, never followed.</remarks>
public sealed class GraphTemplates
{
    /// <summary>An account has 250 templates, or 6,000 when it is verified.</summary>
    public const int Most = 6000;

    private const int MaxAnswerBytes = 4 * 1024 * 1024;
    private const int MaxPages = 100;
    private const int MaxCursorLength = 1024;

    private readonly GraphCall _graph;

    public GraphTemplates(HttpClient http, GraphOptions options, TimeProvider clock) => _graph = new GraphCall(http, options, clock, MaxAnswerBytes);

    /// <exception cref="ArgumentException">The id is not 1 to 32 digits, or the token not visible ASCII.</exception>
    public async Task<TemplateListOutcome> ListAsync(string wabaId, string accessToken, CancellationToken cancellationToken)
    {
        if (wabaId is not { Length: > 0 and <= 32 } || wabaId.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException("The id must be 1 to 32 digits.", nameof(wabaId));
        }

        List<TemplateInfo> templates = [];
        string? after = null;
        for (int page = 0; page < MaxPages && templates.Count < Most; page++)
        {
            string path = $"{wabaId}/message_templates?fields=name,language,status,category,components&limit=100{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}";
            (byte[]? answer, int status) = await _graph.SendAsync(HttpMethod.Get, path, accessToken, cancellationToken).ConfigureAwait(false);
            if (answer is null || !JsonFields.TryParse(answer, out JsonDocument? document))
            {
                return status is >= 300 and <= 499 ? new TemplateListOutcome.Refused(GraphErrorClass.NoCode) : new TemplateListOutcome.Unreachable();
            }

            using (document)
            {
                JsonElement root = document.RootElement;
                if (root.Field("error"u8).Field("code"u8).Int32() is { } code)
                {
                    return new TemplateListOutcome.Refused(code);
                }

                if (status is < 200 or > 299 || root.Field("data"u8).ValueKind != JsonValueKind.Array)
                {
                    return new TemplateListOutcome.Unreachable();
                }

                templates.AddRange(root.Field("data"u8).EnumerateArray().Select(Read).OfType<TemplateInfo>());
                JsonElement paging = root.Field("paging"u8);
                after = paging.Field("next"u8).ValueKind == JsonValueKind.String ? paging.Field("cursors"u8).Field("after"u8).Text(MaxCursorLength) : null;
            }

            if (after is null)
            {
                return new TemplateListOutcome.Listed(templates);
            }
        }

        return new TemplateListOutcome.Listed(templates);
    }

    /// <summary>Null for one whose name, language or words are not of the form known.</summary>
    private static TemplateInfo? Read(JsonElement template) =>
        template.Field("name"u8).Id(512) is { } name && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
        && template.Field("language"u8).Id(16) is { Length: >= 2 } language && language.All(c => char.IsAsciiLetter(c) || c == '_')
        && Word(template.Field("category"u8).Id(64)) is { } category
        && Word(template.Field("status"u8).Id(64)) is { } status
        && template.Field("components"u8) is { ValueKind: JsonValueKind.Array } components
            ? new TemplateInfo(name, language, category, status, WithoutExamples(components))
            : null;

    private static string? Word(string? word) => word is { Length: > 0 } && word.All(c => char.IsAsciiLetterUpper(c) || c == '_') ? word : null;

    /// <summary>An example may hold a real person's name.</summary>
    private static string WithoutExamples(JsonElement components) =>
        $"[{string.Join(',', components.EnumerateArray().Select(component => Encoding.UTF8.GetString(component.Only(member => member.Name != "example"))).Where(json => json.Length > 0))}]";
}
