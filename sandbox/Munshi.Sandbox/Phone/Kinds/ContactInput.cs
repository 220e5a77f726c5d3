using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>A contact card. Only the name must be there.</summary>
/// <param name="Phone">As people write it.</param>
/// <param name="Birthday"><c>YYYY-MM-DD</c>.</param>
internal sealed record ContactInput(string? Name, string? Phone = null, string? Email = null, string? Company = null, string? Birthday = null)
{
    public const int MaxLength = 500;

    public IEnumerable<string> Lines => new[] { Phone, Email, Company }.OfType<string>();

    public bool IsGood => !string.IsNullOrWhiteSpace(Name) && new[] { Name, Phone, Email, Company, Birthday }.All(text => text is not { Length: 0 or > MaxLength });

    /// <param name="isOwn">The sender's own card: its number is on WhatsApp for sure, and a vCard comes with it.</param>
    public JsonObject ToJson(bool isOwn)
    {
        JsonObject card = new() { ["name"] = new JsonObject { ["formatted_name"] = Name, ["first_name"] = Name!.Split(' ')[0] } };
        if (Phone is not null)
        {
            JsonObject phone = new() { ["phone"] = Phone };
            if (CustomerNumber.TryCreateWritten(Phone) is { } number)
            {
                phone["wa_id"] = number.Digits;
            }

            phone["type"] = "CELL";
            card["phones"] = new JsonArray(phone);
        }

        if (Email is not null)
        {
            card["emails"] = new JsonArray(new JsonObject { ["email"] = Email, ["type"] = "HOME" });
        }

        if (Company is not null)
        {
            card["org"] = new JsonObject { ["company"] = Company };
        }

        if (Birthday is not null)
        {
            card["birthday"] = Birthday;
        }

        if (isOwn)
        {
            card["vcard"] = $"BEGIN:VCARD\nVERSION:3.0\nFN:{Escaped(Name)}\nTEL;type=CELL:{Escaped(Phone ?? "")}\nEND:VCARD";
        }

        return card;
    }

    /// <summary>RFC 2426, section 4: backslash, comma, semicolon and line break are escaped.</summary>
    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");
}
