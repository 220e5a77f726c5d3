using System.Text.Json;
using Munshi.Sandbox.Phone;

namespace Munshi.Sandbox.Graph;

/// <summary>Reads <c>interactive</c> of type button and list with Meta's limits, in UTF-16 code units. Total.</summary>
internal static class InteractiveReader
{
    private const int MaxButtons = 3;
    private const int MaxSections = 10;
    private const int MaxRows = 10;
    private const int MaxFooter = 60;
    private const int MaxHeader = 60;

    public static GraphContent Read(JsonElement interactive)
    {
        if (!interactive.TryText("type", out string? type))
        {
            return Refuse(GraphError.Parameter("The parameter interactive['type'] is required."));
        }

        if (type is not ("button" or "list" or "cta_url" or "location_request_message"))
        {
            return Refuse(GraphError.UnsupportedType($"interactive/{type}"));
        }

        if (!interactive.TryField("action", JsonValueKind.Object, out JsonElement action))
        {
            return Refuse(GraphError.Parameter("The parameter interactive['action'] is required."));
        }

        int maxBody = type == "list" ? 4096 : 1024;
        if (!interactive.TryField("body", JsonValueKind.Object, out JsonElement bodyPart) || !bodyPart.TryText("text", out string? body))
        {
            return Refuse(GraphError.Parameter("The parameter interactive['body']['text'] is required."));
        }

        if (WrongLength("Body text", body, maxBody) is { } wrongBody)
        {
            return wrongBody;
        }

        string? footer = null;
        if (interactive.Has("footer")
            && WrongLength("Footer text", interactive.GetProperty("footer").TryText("text", out footer) ? footer : "", MaxFooter) is { } wrongFooter)
        {
            return wrongFooter;
        }

        string? header = null;
        if (interactive.Has("header") && interactive.GetProperty("header").TryText("text", out header)
            && WrongLength("Header text", header, MaxHeader) is { } wrongHeader)
        {
            return wrongHeader;
        }

        if (type is "cta_url" or "location_request_message")
        {
            return (GraphContent?)WrongAction(type, action) ?? new GraphContent.Interactive(body, [], header, footer, null, []);
        }

        List<PhoneOption> options = [];
        List<PhoneSection> sections = [];
        GraphContent? wrong = type == "button" ? ReadButtons(action, options) : ReadSections(action, options, sections);
        return wrong
            ?? (options.DistinctBy(option => option.Id).Count() == options.Count
                ? new GraphContent.Interactive(
                    body, options, header, footer, type == "list" && action.TryText("button", out string? label) ? label : null, sections)
                : Refuse(GraphError.Value("The same id is used twice.")));
    }

    private static GraphContent.Refused? WrongAction(string type, JsonElement action)
    {
        string wanted = type == "cta_url" ? "cta_url" : "send_location";
        if (!action.TryText("name", out string? name) || name != wanted)
        {
            return Refuse(GraphError.Parameter($"Param interactive['action']['name'] must be {wanted}."));
        }

        if (type != "cta_url")
        {
            return null;
        }

        return !action.TryField("parameters", JsonValueKind.Object, out JsonElement parameters)
            || !parameters.TryText("display_text", out string? label)
            || !parameters.TryText("url", out string? url)
                ? Refuse(GraphError.Parameter("The parameters display_text and url are required."))
                : WrongLength("Display text", label, 20)
                    ?? (Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? null : Refuse(GraphError.Value("url is not a valid address.")));
    }

    private static GraphContent.Refused? ReadButtons(JsonElement action, List<PhoneOption> options)
    {
        if (!action.TryField("buttons", JsonValueKind.Array, out JsonElement buttons) || buttons.GetArrayLength() is < 1 or > MaxButtons)
        {
            return Refuse(GraphError.Value($"There must be 1 to {MaxButtons} buttons."));
        }

        foreach (JsonElement button in buttons.EnumerateArray())
        {
            if (!button.TryText("type", out string? type) || type != "reply" || !button.TryField("reply", JsonValueKind.Object, out JsonElement reply))
            {
                return Refuse(GraphError.Parameter("Each button must be of type reply with a reply."));
            }

            if (ReadOption(reply, "Button", OptionKind.Button, maxId: 256, maxTitle: 20, options) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static GraphContent.Refused? ReadSections(JsonElement action, List<PhoneOption> options, List<PhoneSection> read)
    {
        const int maxButton = 20;
        const int maxTitle = 24;
        if (WrongLength("Button label", action.TryText("button", out string? label) ? label : "", maxButton) is { } wrongLabel)
        {
            return wrongLabel;
        }

        if (!action.TryField("sections", JsonValueKind.Array, out JsonElement sections) || sections.GetArrayLength() is < 1 or > MaxSections)
        {
            return Refuse(GraphError.Value($"There must be 1 to {MaxSections} sections."));
        }

        foreach (JsonElement section in sections.EnumerateArray())
        {
            bool titled = section.Has("title");
            string? title = null;
            if ((titled || sections.GetArrayLength() > 1)
                && WrongLength("Section title", section.TryText("title", out title) ? title : "", maxTitle) is { } wrongTitle)
            {
                return wrongTitle;
            }

            if (!section.TryField("rows", JsonValueKind.Array, out JsonElement rows) || rows.GetArrayLength() == 0)
            {
                return Refuse(GraphError.Value("Each section needs rows."));
            }

            foreach (JsonElement row in rows.EnumerateArray())
            {
                if (ReadOption(row, "Row", OptionKind.List, maxId: 200, maxTitle, options) is { } wrong)
                {
                    return wrong;
                }
            }

            read.Add(new PhoneSection(title, rows.GetArrayLength()));
        }

        return options.Count > MaxRows ? Refuse(GraphError.Value($"There may be at most {MaxRows} rows in all.")) : null;
    }

    private static GraphContent.Refused? ReadOption(JsonElement part, string name, OptionKind kind, int maxId, int maxTitle, List<PhoneOption> options)
    {
        const int maxDescription = 72;
        string id = part.TryText("id", out string? givenId) ? givenId : "";
        string title = part.TryText("title", out string? givenTitle) ? givenTitle : "";
        string? description = part.TryText("description", out string? given) && given.Length > 0 ? given : null;
        GraphContent.Refused? wrong = WrongLength($"{name} id", id, maxId)
            ?? WrongLength($"{name} title", title, maxTitle)
            ?? (description is null ? null : WrongLength($"{name} description", description, maxDescription));
        options.Add(new PhoneOption(id, title, kind, description));
        return wrong;
    }

    private static GraphContent.Refused? WrongLength(string name, string value, int max) =>
        value.Length >= 1 && value.Length <= max ? null : Refuse(GraphError.Value($"{name} length invalid. Min length: 1, Max length: {max}."));

    private static GraphContent.Refused Refuse(GraphError error) => new(error);
}
