using System.Text;

namespace Munshi.Ledger.Transcripts;

/// <summary>The fields of a canonical record, read in the one form in which they are written (<c>docs/data-format.md</c>, "Commitment").</summary>
public sealed class RecordFields
{
    private readonly Dictionary<string, byte[]?> _values = [];

    private RecordFields()
    {
    }

    /// <summary>A field as text; null where it has no value, or there is no such field.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name) is { } value ? Encoding.UTF8.GetString(value) : null;

    /// <summary>The fields, or null where the bytes are no record, or a field stands there twice.</summary>
    public static RecordFields? Parse(ReadOnlySpan<byte> record)
    {
        RecordFields fields = new();
        while (!record.IsEmpty)
        {
            int space = record.IndexOf((byte)' ');
            if (space < 1)
            {
                return null;
            }

            string name = Encoding.ASCII.GetString(record[..space]);
            record = record[(space + 1)..];
            if (!TakeValue(ref record, out byte[]? value) || !fields._values.TryAdd(name, value))
            {
                return null;
            }
        }

        return fields;
    }

    private static bool TakeValue(ref ReadOnlySpan<byte> record, out byte[]? value)
    {
        value = null;
        if (record.StartsWith("-\n"u8))
        {
            record = record[2..];
            return true;
        }

        int space = record.IndexOf((byte)' ');
        if (space < 0 || !CanonicalDecimal.TryParse(record[..space], out long length) || length >= record.Length - space - 1 || record[space + 1 + (int)length] != (byte)'\n')
        {
            return false;
        }

        value = record.Slice(space + 1, (int)length).ToArray();
        record = record[(space + (int)length + 2)..];
        return true;
    }
}
