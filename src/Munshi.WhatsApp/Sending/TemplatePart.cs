namespace Munshi.WhatsApp.Sending;

/// <summary>The parts of a template that may have open places, in the order in which they are read.</summary>
public enum TemplatePart
{
    Header,
    Body,
    Button,
}
