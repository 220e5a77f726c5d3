using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Munshi.Ledger;

namespace Munshi.Archives.Importing;

/// <summary>One line of an archive's data, read member by member in the one order of <c>docs/data-format.md</c>. Not safe for concurrent use.</summary>
internal sealed class ArchiveLine
{
    private JsonElement.ObjectEnumerator _members;
    private JsonProperty? _present;

    /// <exception cref="LineFormException">It is no object.</exception>
    public ArchiveLine(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            throw new LineFormException("an object is expected");
        }

        _members = line.EnumerateObject();
        Advance();
    }

    public Guid Id(string name) => OptionalId(name) ?? throw Expected(name, "an id");

    public Guid? OptionalId(string name) => OptionalText(name) switch
    {
        null => null,
        { } text when Guid.TryParseExact(text, "D", out Guid id) && id.ToString() == text && id != Guid.Empty => id,
        _ => throw Expected(name, "an id"),
    };

    public IReadOnlyList<Guid> Ids(string name, int most)
    {
        JsonElement value = Take(name);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most)
        {
            throw Expected(name, $"a list of at most {most} ids");
        }

        Guid[] ids = [.. value.EnumerateArray().Select(one =>
            one.ValueKind == JsonValueKind.String && one.GetString() is { } text && Guid.TryParseExact(text, "D", out Guid id) && id.ToString() == text && id != Guid.Empty ? id : throw Expected(name, "a list of ids"))];
        return ids.Distinct().Count() == ids.Length ? ids : throw Expected(name, "each id once");
    }

    public string Text(string name) => OptionalText(name) ?? throw Expected(name, "a text");

    public string? OptionalText(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => throw Expected(name, "a text or null"),
        };
    }

    /// <param name="name">The member.</param>
    /// <param name="most">UTF-16 code units.</param>
    public string? OptionalText(string name, int most) => OptionalText(name) is not { } text ? null
        : text.Length <= most ? text
        : throw Expected(name, FormattableString.Invariant($"at most {most} characters long"));

    /// <summary>One of a few words.</summary>
    public string Word(string name, params ReadOnlySpan<string> allowed)
    {
        string word = Text(name);
        return allowed.Contains(word) ? word : throw Expected(name, $"one of {string.Join(", ", allowed.ToArray())}");
    }

    /// <summary>A text of a form.</summary>
    public string Shaped(string name, Regex form) => OptionalShaped(name, form) ?? throw Expected(name, "a text");

    public string? OptionalShaped(string name, Regex form) =>
        OptionalText(name) is not { } text ? null : form.IsMatch(text) ? text : throw Expected(name, $"a text of the form {form}");

    public DateTimeOffset Time(string name) => OptionalTime(name) ?? throw Expected(name, "a time");

    public DateTimeOffset? OptionalTime(string name) => OptionalText(name) switch
    {
        null => null,
        { } text when LedgerTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTimeOffset at) => at,
        _ => throw Expected(name, "a time in UTC with microseconds"),
    };

    /// <summary>From zero up.</summary>
    public long Number(string name) => OptionalNumber(name) is { } number and >= 0 ? number : throw Expected(name, "a whole number from 0 up");

    public long? OptionalNumber(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number when value.TryGetInt64(out long number) => number,
            _ => throw Expected(name, "a whole number or null"),
        };
    }

    public bool Flag(string name) => Take(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Expected(name, "true or false"),
    };

    public byte[]? OptionalBytes(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String when value.TryGetBytesFromBase64(out byte[]? bytes) => bytes,
            _ => throw Expected(name, "base64 or null"),
        };
    }

    /// <summary>An object as it stands; null where there is none.</summary>
    public string? OptionalObject(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object => value.GetRawText(),
            _ => throw Expected(name, "an object or null"),
        };
    }

    /// <summary>A list as it stands.</summary>
    public string List(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind == JsonValueKind.Array ? value.GetRawText() : throw Expected(name, "a list");
    }

    /// <summary>Whether a member stands here that is there only where it is true.</summary>
    public bool Mark(string name)
    {
        if (!Has(name))
        {
            return false;
        }

        return Take(name).ValueKind == JsonValueKind.True ? true : throw Expected(name, "true where it stands");
    }

    public bool Has(string name) => _present is { } present && present.NameEquals(name);

    /// <summary>Passes over what says that words are lost, and holds the line to its end.</summary>
    public void End()
    {
        Mark("erased");
        Mark("damaged");
        if (_present is not null)
        {
            throw new LineFormException("no further member is expected");
        }
    }

    private JsonElement Take(string name)
    {
        if (!Has(name))
        {
            throw new LineFormException($"\"{name}\" is expected in its place");
        }

        JsonElement value = _present!.Value.Value;
        Advance();
        return value;
    }

    private void Advance() => _present = _members.MoveNext() ? _members.Current : null;

    private static LineFormException Expected(string name, string what) => new($"\"{name}\" must be {what}");
}
