using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Pages.Details;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Vault.Searching;

/// <summary>A message with what can be searched of it.</summary>
internal sealed record SearchedMessage
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid ConversationId { get; init; }

    public required string Kind { get; init; }

    public required bool Outbound { get; init; }

    /// <summary>A pseudonym.</summary>
    public required string Author { get; init; }

    /// <summary>What is shown in front first: the newest wording, those before it, then file names, places, cards and answers.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>Whether it was deleted for everyone, or is shown as a part of the message it was done to.</summary>
    public required bool IsHidden { get; init; }

    /// <summary>The columns of <c>searched_page.sql</c> and its likes.</summary>
    public static SearchedMessage Read(Guid clientId, NpgsqlDataReader reader, WordOpener opener)
    {
        Guid id = reader.GetGuid(0);
        Guid keyId = reader.GetGuid(7);
        bool outbound = reader.GetString(4) == "out";
        string? text = opener.Open(keyId, new SealContext(clientId, id, MessageRecord.TextColumn), reader.OrNull<byte[]>(8)).Text;
        byte[]? raw = opener.OpenBytes(keyId, new SealContext(clientId, id, MessageRecord.RawColumn), reader.OrNull<byte[]>(9)).Value;
        bool composed = outbound && reader.GetString(6) is "dashboard" or "responder" or "api";
        return new SearchedMessage
        {
            Id = id,
            At = reader.GetFieldValue<DateTimeOffset>(1),
            ConversationId = reader.GetGuid(2),
            Kind = reader.GetString(3),
            Outbound = outbound,
            Author = reader.GetString(5),
            Texts = [.. string.IsNullOrEmpty(text) ? [] : (string[])[text], .. raw is null ? [] : composed ? Composed(raw) : Received(raw)],
            IsHidden = reader.GetBoolean(10),
        };
    }

    /// <summary>As it stands after what was done to it.</summary>
    public SearchedMessage After(IEnumerable<MessageChange> changes)
    {
        MessageChange[] all = [.. changes];
        return all.Length == 0 ? this : this with
        {
            IsHidden = IsHidden || all.Any(change => change.IsRevocation),
            Texts = [.. all.Where(change => !change.IsRevocation).Reverse().Select(change => change.Text.Text).OfType<string>(), .. Texts],
        };
    }

    public override string ToString() => $"{nameof(SearchedMessage)} {Id}";

    private static IEnumerable<string> Composed(byte[] raw) => OutboundJson.Read(raw, out _) is OutboundMedia { FileName: { } name } ? [name] : [];

    private static IEnumerable<string> Received(byte[] raw) => (ReceivedDetails.Of(raw).Detail switch
    {
        FileDetail file => [file.FileName],
        PlaceDetail place => [place.Name, place.Address],
        CardsDetail cards => cards.Cards.SelectMany(card => (string?[])[card.Name, card.Organization, .. card.Lines]),
        BasketDetail basket => basket.Rows.Select(row => row.Product),
        FormDetail form => form.Answers.Select(answer => answer.Value),
        ChoiceDetail choice => [choice.Description],
        _ => Enumerable.Empty<string?>(),
    }).OfType<string>().Where(text => text.Length > 0);
}
