using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Munshi.Ledger;

/// <summary>Reads a leaf line by line; the first departure from the canonical form is its answer.</summary>
internal ref struct LeafReader(ReadOnlySpan<byte> leaf)
{
    private static readonly SearchValues<byte> Printable = SearchValues.Create([(byte)'\n', .. Enumerable.Range(0x20, 0x7F - 0x20).Select(value => (byte)value)]);
    private static readonly SearchValues<byte> LowerUuid = SearchValues.Create("0123456789abcdef-"u8);

    private readonly ReadOnlySpan<byte> _leaf = leaf;
    private ReadOnlySpan<byte> _rest = leaf;
    private string? _refusal;

    public LeafParse Read() => TryRead(out LeafView view) ? new LeafParse.Parsed(view.ToLeaf()) : new LeafParse.Refused(_refusal!);

    public bool TryRead(out LeafView view)
    {
        if (ReadForm() && ReadVersion()
            && Guid("log", out Guid log)
            && Seq(out long seq)
            && Time(out DateTimeOffset time)
            && Word("actor", LeafWord.Actor, out ReadOnlySpan<byte> actor)
            && Word("action", LeafWord.Action, out ReadOnlySpan<byte> action)
            && Word("object", LeafWord.Object, out ReadOnlySpan<byte> target)
            && OptionalDigest("commitment", out Digest? commitment)
            && OptionalDigest("ciphertext", out Digest? ciphertext)
            && RequiredDigest("previous", out Digest previous)
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

    private bool ReadVersion() => NextLine("version", out ReadOnlySpan<byte> line)
        && (Ascii.Equals(line, LedgerLeaf.Version) || Refuse("the first line is not munshi-leaf/1"));

    private bool ReadEnd() => _rest.IsEmpty || Refuse("more than the ten lines");

    private bool Guid(string name, out Guid value)
    {
        value = default;
        if (!Value(name, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        return (text.Length == 36
                && !text.ContainsAnyExcept(LowerUuid)
                && Utf8Parser.TryParse(text, out value, out int read, 'D')
                && read == text.Length)
            || Refuse($"{name} is not a lower-case UUID");
    }

    private bool Seq(out long value)
    {
        value = 0;
        if (!Value("seq", out ReadOnlySpan<byte> text))
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
        return Value("time", out ReadOnlySpan<byte> text)
            && (LedgerTime.TryParse(text, out value) || Refuse("time is not UTC with six decimals and Z"));
    }

    private bool Word(string name, LeafWord kind, out ReadOnlySpan<byte> value) =>
        Value(name, out value) && (LeafGrammar.Is(kind, value) || Refuse($"{name} is not of its form"));

    private bool OptionalDigest(string name, out Digest? value)
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
        return parsed || Refuse($"{name} is neither - nor 64 lower-case hexadecimal digits");
    }

    private bool RequiredDigest(string name, out Digest value)
    {
        value = default;
        return Value(name, out ReadOnlySpan<byte> text)
            && (Digest.TryParse(text, out value) || Refuse($"{name} is not 64 lower-case hexadecimal digits"));
    }

    private bool Value(string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!NextLine(name, out ReadOnlySpan<byte> line))
        {
            return false;
        }

        if (line.Length <= name.Length || !Ascii.Equals(line[..name.Length], name) || line[name.Length] != ' ')
        {
            return Refuse($"the line '{name}' is not where it belongs");
        }

        value = line[(name.Length + 1)..];
        return true;
    }

    private bool NextLine(string name, out ReadOnlySpan<byte> line)
    {
        int end = _rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            line = default;
            return Refuse(_rest.IsEmpty ? $"the line '{name}' is missing" : $"the line '{name}' does not end with a line feed");
        }

        line = _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    private bool Refuse(string reason)
    {
        _refusal = reason;
        return false;
    }
}
