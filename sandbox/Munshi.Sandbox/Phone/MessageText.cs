using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Munshi.Sandbox.Phone;

/// <summary>A message's text: addresses of the web can be followed but are never fetched, and a long text is folded.</summary>
public sealed partial class MessageText : ComponentBase
{
    /// <summary>What is shown of a folded text, in UTF-16 code units, up to the end of a character as people see it.</summary>
    private const int FoldedLength = 700;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        int cut = Text.Length <= FoldedLength * 3 / 2 ? Text.Length : EndOfCharacter(Text, FoldedLength);
        Paragraph(builder, Text[..cut]);
        if (cut < Text.Length)
        {
            builder.OpenElement(0, "details");
            builder.AddAttribute(1, "class", "more");
            builder.OpenElement(2, "summary");
            builder.AddContent(3, "Read more");
            builder.CloseElement();
            Paragraph(builder, Text[cut..]);
            builder.CloseElement();
        }
    }

    private static void Paragraph(RenderTreeBuilder builder, string text)
    {
        builder.OpenElement(4, "p");
        builder.AddAttribute(5, "dir", "auto");
        int done = 0;
        foreach (Match address in Addresses().Matches(text))
        {
            builder.AddContent(6, text[done..address.Index]);
            builder.OpenElement(7, "a");
            builder.AddAttribute(8, "href", address.Value);
            builder.AddAttribute(9, "target", "_blank");
            builder.AddAttribute(10, "rel", "noopener noreferrer nofollow");
            builder.AddContent(11, address.Value);
            builder.CloseElement();
            done = address.Index + address.Length;
        }

        builder.AddContent(12, text[done..]);
        builder.CloseElement();
    }

    private static int EndOfCharacter(string text, int atLeast)
    {
        int end = Math.Max(0, atLeast - 100);
        end += char.IsLowSurrogate(text[end]) ? 1 : 0;
        while (end < atLeast)
        {
            end += StringInfo.GetNextTextElementLength(text.AsSpan(end));
        }

        return end;
    }

    [GeneratedRegex("""https?://[^\s<>"']+[^\s<>"'.,;:!?)\]]""", RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();
}
