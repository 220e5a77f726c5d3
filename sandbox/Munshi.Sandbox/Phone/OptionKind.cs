namespace Munshi.Sandbox.Phone;

/// <summary>What a tap on an option becomes on the wire.</summary>
public enum OptionKind
{
    /// <summary><c>interactive.button_reply</c>.</summary>
    Button,

    /// <summary><c>interactive.list_reply</c>.</summary>
    List,

    /// <summary><c>button</c>, a template's quick reply.</summary>
    QuickReply,
}
