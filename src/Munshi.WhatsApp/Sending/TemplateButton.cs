namespace Munshi.WhatsApp.Sending;

/// <summary>What a button of a template needs when it is sent; buttons without an open place need nothing.</summary>
/// <param name="Index">Its place among the template's buttons, from 0 to 9.</param>
/// <param name="SubType"><c>quick_reply</c> with its payload, <c>url</c> with the end of its address, <c>copy_code</c> with its code.</param>
/// <param name="Value">1 to 1,024 units.</param>
public sealed record TemplateButton(int Index, string SubType, string Value)
{
    /// <summary>Its words belong to no log.</summary>
    public override string ToString() => nameof(TemplateButton);

    internal bool Fits => Index is >= 0 and <= 9 && SubType is "quick_reply" or "url" or "copy_code" && Value is { Length: >= 1 and <= 1024 };
}
