namespace Munshi.WhatsApp.Sending;

/// <summary>An open place of a template.</summary>
/// <param name="Part">Where it stands.</param>
/// <param name="Name">A number from 1, or a name.</param>
/// <param name="Index">Of a button: its place among the buttons.</param>
public sealed record TemplatePlace(TemplatePart Part, string Name, int Index)
{
    public bool IsNamed => !Name.All(char.IsAsciiDigit);
}
