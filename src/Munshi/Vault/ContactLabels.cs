using Microsoft.Extensions.Localization;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Web.Resources;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Reads what a contact is called by from the first six columns of a query: identifier, sealed value and key of the name, then of the number.</summary>
internal sealed class ContactLabels(WordOpener opener, IStringLocalizer<Text> text)
{
    /// <summary>The first column that is not the label's.</summary>
    public const int Columns = 6;

    public ContactLabel Read(Guid clientId, NpgsqlDataReader reader)
    {
        Words name = Open(clientId, reader, 0, Correspondents.NameColumn);
        Words number = reader.ValueOrNull<Guid>(3) is { } id ? ErasedIdentifier.Told(id, Open(clientId, reader, 3, Correspondents.ValueColumn)) : Words.None;
        string? masked = number.Text is { } digits ? MaskedNumber.Of(digits) : null;
        if (!string.IsNullOrWhiteSpace(name.Text))
        {
            return new ContactLabel(name.Text, masked);
        }

        return new ContactLabel(masked ?? Unnamed(name, number), null);
    }

    private string Unnamed(Words name, Words number) => name.Loss != WordsLoss.None || number.Loss != WordsLoss.None
        ? text["Contact.Erased"].Value
        : text["Author.Customer"].Value;

    private Words Open(Guid clientId, NpgsqlDataReader reader, int ordinal, string column) => reader.ValueOrNull<Guid>(ordinal) is { } id
        ? opener.Open(reader.GetGuid(ordinal + 2), new SealContext(clientId, id, column), reader.GetFieldValue<byte[]>(ordinal + 1))
        : Words.None;
}
