using System.Buffers;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>What a whole file tells of one name that stands before a colon.</summary>
internal sealed class NameTally(byte[] label)
{
    /// <summary>So often a name must stand alike to be one.</summary>
    private const int Proof = 3;

    private static readonly SearchValues<char> Quotes = SearchValues.Create("“”„«»「」『』\"");

    private byte[]? _longer;
    private long _longerCount;
    private string? _name;
    private bool? _opensAQuote;

    /// <summary>As it stands in the file, in UTF-8.</summary>
    public byte[] Label { get; } = label;

    /// <summary>How often a colon and a space follow, or a colon and nothing.</summary>
    public long Count { get; set; }

    /// <summary>How often a colon follows, and text right behind it.</summary>
    public long LooseCount { get; set; }

    public bool IsSender => Count > 0 || LooseCount >= Proof;

    /// <summary>Decoded, without marks, without the tilde of those who are not in the address book.</summary>
    public string Name => _name ??= Shown(Label);

    /// <summary>Whether a quotation begins before the colon and ends behind it: no name does so, in any language.</summary>
    public bool OpensAQuote => _opensAQuote ??= BeginsAQuote(Encoding.UTF8.GetString(Label));

    /// <param name="longer">The name with a colon that this one would begin.</param>
    public void AddLonger(ReadOnlySpan<byte> longer)
    {
        _longer ??= longer.ToArray();
        _longerCount += longer.SequenceEqual(_longer) ? 1 : 0;
    }

    /// <summary>The name with a colon that stands wherever its first part does: at least three times, or if the chat is called so; else empty.</summary>
    public ReadOnlySpan<byte> Longer(string? chatName) =>
        _longer is not null && _longerCount == Count && (_longerCount >= Proof || (chatName is not null && Shown(_longer) == chatName)) ? _longer : default;

    public static string Shown(ReadOnlySpan<byte> label)
    {
        string name = Marks.Plain(Encoding.UTF8.GetString(label)).Replace('\u2011', '-');
        return name.StartsWith("~ ", StringComparison.Ordinal) ? name[2..] : name.Length > 1 && name[0] == '~' ? name[1..] : name;
    }

    private static bool BeginsAQuote(string label)
    {
        int last = label.AsSpan().LastIndexOfAny(Quotes);
        return last > 0 && label[last] switch
        {
            '“' => !label.Contains('„', StringComparison.Ordinal), // German closes with it
            '„' or '«' or '「' or '『' => true,
            '"' => label.Count(character => character == '"') % 2 == 1,
            _ => false,
        };
    }
}
