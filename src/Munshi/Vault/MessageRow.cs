using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Pages;
using Munshi.Vault.Pages.Details;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Vault;

/// <summary>A message as <c>conversation_messages.sql</c> gives it, its words opened.</summary>
internal sealed record MessageRow
{
    /// <summary>The first column that is not the row's.</summary>
    public const int Columns = 18;

    public required Guid Id { get; init; }

    public required bool Outbound { get; init; }

    /// <summary>A pseudonym.</summary>
    public required string Author { get; init; }

    public required string Kind { get; init; }

    public required long Turn { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Words Text { get; init; }

    public required Words Quoted { get; init; }

    /// <summary>Whether the customer deleted what it quotes.</summary>
    public required bool QuotesRevoked { get; init; }

    /// <summary>Whether its customer is another contact by now.</summary>
    public bool OfAnother { get; init; }

    /// <summary>What a message of ours offered.</summary>
    public ReplyOptions? Options { get; init; }

    /// <summary>What a received one holds beside its words.</summary>
    public MessageDetail? Detail { get; init; }

    public MessageMarks Marks { get; init; } = MessageMarks.None;

    /// <summary>Null while nothing is known of it.</summary>
    public required string? Status { get; init; }

    public required int? ErrorCode { get; init; }

    public required string? Reason { get; init; }

    public required MessageOrigin Origin { get; init; }

    public static MessageRow Read(Guid clientId, NpgsqlDataReader reader, WordOpener opener)
    {
        Words Open(int id, int key, int text) => reader.ValueOrNull<Guid>(id) is { } rowId
            ? opener.Open(reader.GetGuid(key), new SealContext(clientId, rowId, MessageRecord.TextColumn), reader.OrNull<byte[]>(text))
            : Words.None;
        bool outbound = reader.GetString(1) == "out";
        byte[]? raw = opener.OpenBytes(reader.GetGuid(6), new SealContext(clientId, reader.GetGuid(0), MessageRecord.RawColumn), reader.OrNull<byte[]>(14)).Value;
        MessageOrigin origin = Named(reader.GetString(15));
        bool composed = outbound && origin is MessageOrigin.Channel;
        (MessageDetail? detail, MessageMarks marks) = ReceivedDetails.Of(composed ? null : raw);
        return new MessageRow
        {
            Id = reader.GetGuid(0),
            Outbound = outbound,
            Author = reader.GetString(2),
            Kind = reader.GetString(3),
            Turn = reader.GetInt64(4),
            At = reader.GetFieldValue<DateTimeOffset>(5),
            Text = Open(0, 6, 7),
            Quoted = Open(8, 9, 10),
            Status = reader.OrNull<string>(11),
            ErrorCode = reader.ValueOrNull<int>(12),
            Reason = reader.OrNull<string>(13),
            Options = composed && raw is not null ? InteractiveJson.Read(raw) : null,
            Origin = origin,
            QuotesRevoked = reader.GetBoolean(16),
            OfAnother = reader.GetBoolean(17),
            Detail = composed && raw is not null ? DetailOf(OutboundJson.Read(raw, out _)) : detail,
            Marks = marks,
        };
    }

    private static MessageDetail? DetailOf(OutboundContent? content) => content switch
    {
        OutboundLink link => new LinkDetail(link.Label, link.Address),
        OutboundMedia file => new FileDetail(file.FileName, MimeType: null, file.Voice, IsMissing: false),
        _ => null,
    };

    private static MessageOrigin Named(string source) => source switch
    {
        "import" => MessageOrigin.Import,
        PhoneMessages.Echo => MessageOrigin.Phone,
        PhoneMessages.History => MessageOrigin.History,
        PhoneMessages.Standby => MessageOrigin.Standby,
        _ => MessageOrigin.Channel,
    };

    public override string ToString() => $"{nameof(MessageRow)} {Id}";
}
