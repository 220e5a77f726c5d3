using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Munshi.Ledger;

/// <summary>Reads a leaf line by line; the first departure from the canonical form is its answer.</summary>
internal ref struct LeafReader(ReadOnlySpan<byte> leaf)
{
    private readonly ReadOnlySpan<byte> _leaf = leaf;
    private ReadOnlySpan<byte> _rest = leaf;
    private string? _refusal;

    public LeafParse Read()
    {
        if (ReadForm() && ReadVersion()
            && Guid("log", out Guid log)
            && Seq(out long seq)
            && Time(out DateTimeOffset time)
            && Word("actor", LeafGrammar.IsActor, out string? actor)
            && Word("action", LeafGrammar.IsAction, out string? action)
            && Word("object", LeafGrammar.IsObject, out string? target)
            && OptionalDigest("commitment", out Digest? commitment)
            && OptionalDigest("ciphertext", out Digest? ciphertext)
            && RequiredDigest("previous", out Digest previous)
            && ReadEnd())
        {
            return new LeafParse.Parsed(new LedgerLeaf
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
            });
        }

        return new LeafParse.Refused(_refusal!);
    }

    private bool ReadForm()
    {
        if (_leaf.Length > LedgerLeaf.MaxLength)
        {
            return Refuse($"longer than {LedgerLeaf.MaxLength} bytes");
        }

        foreach (byte value in _leaf)
        {
            if (value is not ((byte)'\n' or (>= 0x20 and <= 0x7E)))
            {
                return Refuse(value == '\r' ? "a carriage return" : "a byte that is not printable ASCII");
            }
        }

        return true;
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

        Span<byte> canonical = stackalloc byte[36];
        return (System.Guid.TryParseExact(Encoding.ASCII.GetString(text), "D", out value)
                && value.TryFormat(canonical, out _)
                && text.SequenceEqual(canonical))
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

    private bool Word(string name, Func<ReadOnlySpan<char>, bool> isWellFormed, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!Value(name, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        value = Encoding.ASCII.GetString(text);
        return isWellFormed(value) || Refuse($"{name} is not of its form");
    }

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
