using System.Text;
using AngleSharp.Dom;
using Munshi.Tests.Web;

namespace Munshi.Tests.Vault.Transcripts;

/// <param name="Conversation">Its id.</param>
/// <param name="Path">The file.</param>
/// <param name="Answer">With which it came; its content is read.</param>
internal sealed record SavedConversation(Guid Conversation, string Path, HttpResponseMessage Answer)
{
    public byte[] Bytes { get; } = File.ReadAllBytes(Path);

    public string Html => Encoding.UTF8.GetString(Bytes);

    public IDocument Document => PageRenderer.Parse(Html);

    /// <summary>A value of the seal.</summary>
    public string Sealed(string name) => Html[Html.LastIndexOf("<pre id=\"seal\">", StringComparison.Ordinal)..].Split('\n').First(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..];
}
