using System.Buffers;
using System.Text;

namespace Munshi.Ledger;

/// <summary>Reads a leaf line by line, each after its name and a space; the first departure from the canonical form is its answer.</summary>
internal ref struct LeafReader(ReadOnlySpan<byte> leaf)
{
    private static readonly SearchValues<byte> Printable = SearchValues.Create([(byte)'\n', .. Enumerable.Range(0x20, 0x7F - 0x20).Select(value => (byte)value)]);
    private static readonly SearchValues<byte> LowerUuid = SearchValues.Create("0123456789abcdef-"u8);

    private readonly ReadOnlySpan<byte> _leaf = leaf;
    private ReadOnlySpan<byte> _rest = leaf;
    private string? _refusal;

    public LeafParse Read()
    {
        if (TryRead(out LeafView view))
        {
            return new LeafParse.Parsed(view.ToLeaf());
        }

        string? ofField = _refusal;
        return new LeafParse.Refused(ReadForm() ? ofField! : _refusal!);
    }

    /// <remarks>Every byte belongs to a field that says which it may be, so that a leaf's bytes are not gone through for themselves.</remarks>
    public bool TryRead(out LeafView view)
    {
        if (_leaf.Length <= LedgerLeaf.MaxLength && ReadVersion()
            && Guid("log "u8, out Guid log)
            && Seq(out long seq)
            && Time(out DateTimeOffset time)
            && Word("actor "u8, LeafWord.Actor, out ReadOnlySpan<byte> actor)
            && Word("action "u8, LeafWord.Action, out ReadOnlySpan<byte> action)
            && Word("object "u8, LeafWord.Object, out ReadOnlySpan<byte> target)
            && OptionalDigest("commitment "u8, out Digest? commitment)
            && OptionalDigest("ciphertext "u8, out Digest? ciphertext)
            && RequiredDigest("previous "u8, out Digest previous)
            && ReadEnd())
        {
            view = new LeafView
            {
                Log = log,
                Seq = seq,
                Time = time,
                Actor = actor,
                Action = action,
                Target = target,
                Commitment = commitment,
                CiphertextHash = ciphertext,
                Previous = previous,
            };
            return true;
        }

        view = default;
        return false;
    }

    private bool ReadForm()
    {
        if (_leaf.Length > LedgerLeaf.MaxLength)
        {
            return Refuse($"longer than {LedgerLeaf.MaxLength} bytes");
        }

        int other = _leaf.IndexOfAnyExcept(Printable);
        return other < 0 || Refuse(_leaf[other] == '\r' ? "a carriage return" : "a byte that is not printable ASCII");
    }

    private bool ReadVersion() => NextLine("version "u8, out ReadOnlySpan<byte> line)
        && (Ascii.Equals(line, LedgerLeaf.Version) || Refuse("the first line is not munshi-leaf/1"));

    private bool ReadEnd() => _rest.IsEmpty || Refuse("more than the ten lines");

    private bool Guid(ReadOnlySpan<byte> name, out Guid value)
    {
        value = default;
        if (!Value(name, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        return (text.Length == 36
                && !text.ContainsAnyExcept(LowerUuid)
                && System.Guid.TryParse(text, out value)) // of this length and these characters: with its four hyphens in their places
            || Refuse($"{Text(name)} is not a lower-case UUID");
    }

    private bool Seq(out long value)
    {
        value = 0;
        if (!Value("seq "u8, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        if (text.Length is < 1 or > 19 || (text[0] == '0' && text.Length > 1))
        {
            return Refuse("seq is not a canonical number");
        }

        ulong number = 0;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return Refuse("seq is not a canonical number");
            }

            number = (number * 10) + (ulong)(digit - '0');
        }

        value = unchecked((long)number);
        return number <= long.MaxValue || Refuse("seq is above 2^63-1");
    }

    private bool Time(out DateTimeOffset value)
    {
        value = default;
        return Value("time "u8, out ReadOnlySpan<byte> text)
            && (LedgerTime.TryParse(text, out value) || Refuse("time is not UTC with six decimals and Z"));
    }

    private bool Word(ReadOnlySpan<byte> name, LeafWord kind, out ReadOnlySpan<byte> value) =>
        Value(name, out value) && (LeafGrammar.Is(kind, value) || Refuse($"{Text(name)} is not of its form"));

    private bool OptionalDigest(ReadOnlySpan<byte> name, out Digest? value)
    {
        value = null;
        if (!Value(name, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        if (text.SequenceEqual("-"u8))
        {
            return true;
        }

        bool parsed = Digest.TryParse(text, out Digest digest);
        value = digest;
        return parsed || Refuse($"{Text(name)} is neither - nor 64 lower-case hexadecimal digits");
    }

    private bool RequiredDigest(ReadOnlySpan<byte> name, out Digest value)
    {
        value = default;
        return Value(name, out ReadOnlySpan<byte> text)
            && (Digest.TryParse(text, out value) || Refuse($"{Text(name)} is not 64 lower-case hexadecimal digits"));
    }

    private bool Value(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!NextLine(name, out ReadOnlySpan<byte> line))
        {
            return false;
        }

        if (!line.StartsWith(name))
        {
            return Refuse($"the line '{Text(name)}' is not where it belongs");
        }

        value = line[name.Length..];
        return true;
    }

    private bool NextLine(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> line)
    {
        int end = _rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            line = default;
            return Refuse(_rest.IsEmpty ? $"the line '{Text(name)}' is missing" : $"the line '{Text(name)}' does not end with a line feed");
        }

        line = _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    private static string Text(ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name[..^1]);

    private bool Refuse(string reason)
    {
        _refusal = reason;
        return false;
    }
}
