using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Localization;
using Munshi.Ledger.Transcripts;

namespace Munshi.Vault.Transcripts;

/// <summary>HTML of which only what stands in the source is markup: every value that is put in is encoded.</summary>
[InterpolatedStringHandler]
internal readonly struct Markup
{
    private readonly StringBuilder _text;

    public Markup(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(string? value) => _text.Append(TranscriptText.Encode(value ?? ""));

    public void AppendFormatted(LocalizedString value) => _text.Append(TranscriptText.Encode(value.Value));

    public void AppendFormatted(long value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    public void AppendFormatted(Guid value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    public override string ToString() => _text.ToString();
}
