using System.Text.Json;
using Munshi.Sandbox.Phone;

namespace Munshi.Sandbox.Graph;

/// <summary>Reads <c>template</c>. The sandbox knows no template's wording: the phone shows its name and the text parameters. Total.</summary>
internal static class TemplateReader
{
    public static GraphContent Read(JsonElement template)
    {
        if (!template.TryText("name", out string? name) || name.Length == 0)
        {
            return Refuse("The parameter template['name'] is required.");
        }

        if (!template.TryField("language", JsonValueKind.Object, out JsonElement language) || !language.TryText("code", out _))
        {
            return Refuse("The parameter template['language']['code'] is required.");
        }

        List<string> values = [];
        List<PhoneOption> options = [];
        if (template.Has("components"))
        {
            if (!template.TryField("components", JsonValueKind.Array, out JsonElement components))
            {
                return Refuse("Param template['components'] must be an array.");
            }

            foreach (JsonElement component in components.EnumerateArray())
            {
                if (!component.TryText("type", out string? type))
                {
                    return Refuse("Each component of a template needs a type.");
                }

                bool quickReply = type == "button" && component.TryText("sub_type", out string? subType) && subType == "quick_reply";
                foreach (JsonElement parameter in component.TryField("parameters", JsonValueKind.Array, out JsonElement parameters) ? parameters.EnumerateArray() : [])
                {
                    if (quickReply && parameter.TryText("payload", out string? payload))
                    {
                        options.Add(new PhoneOption(payload, payload, OptionKind.QuickReply));
                    }
                    else if (type == "body" && parameter.TryText("text", out string? value))
                    {
                        values.Add(value);
                    }
                }
            }
        }

        return new GraphContent.Template(values.Count == 0 ? name : $"{name}: {string.Join(", ", values)}", options);
    }

    private static GraphContent.Refused Refuse(string details) => new(GraphError.Parameter(details));
}
