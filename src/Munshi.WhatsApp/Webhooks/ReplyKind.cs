namespace Munshi.WhatsApp.Webhooks;

/// <summary>What a customer's choice was made on.</summary>
public enum ReplyKind
{
    /// <summary>A reply button of an interactive message (<c>button_reply</c>).</summary>
    Button,

    /// <summary>A row of an interactive list (<c>list_reply</c>).</summary>
    ListRow,

    /// <summary>A quick-reply button of a template (message type <c>button</c>).</summary>
    TemplateButton,
}
