using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary>
/// A change of account, number or template, not of a conversation: <see cref="AccountChanged"/>, <see cref="AccountReviewed"/>,
/// <see cref="AccountAlert"/>, <see cref="CapabilityChanged"/>, <see cref="NumberQualityChanged"/>, <see cref="NumberNameChanged"/>,
/// <see cref="TemplateStatusChanged"/>, <see cref="TemplateQualityChanged"/>, <see cref="TemplateCategoryChanged"/> or <see cref="OtherAccountEvent"/>.
/// Words that Meta sends stand as they came, at most 64 characters; new ones appear.
/// </summary>
public abstract record AccountEvent : PayloadPart
{
    private protected AccountEvent()
    {
    }

    /// <summary><c>changes[].field</c>; empty where it is missing.</summary>
    public string Field { get; internal init; } = "";

    /// <summary>The business account it is about; such changes name no <c>phone_number_id</c>.</summary>
    public string? WabaId { get; internal init; }

    /// <summary>When Meta sent it (<c>entry[].time</c>).</summary>
    public ProviderTime At { get; internal init; }

    public PayloadFlaws Flaws { get; internal init; }

    /// <param name="json">
    /// The <see cref="WebhookUpdate.Json"/> of <see cref="UpdateKind.Account"/>, <see cref="UpdateKind.Number"/>, <see cref="UpdateKind.Template"/>,
    /// <see cref="UpdateKind.Standby"/> or <see cref="UpdateKind.Unknown"/>: the field decides, not the kind. Anything else is an
    /// <see cref="OtherAccountEvent"/>, with <see cref="PayloadFlaws.Unreadable"/> where it holds no change.
    /// </param>
    public static AccountEvent Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return new OtherAccountEvent { Flaws = PayloadFlaws.Unreadable };
        }

        using (document)
        {
            return AccountEventReader.Read(document.RootElement);
        }
    }
}
