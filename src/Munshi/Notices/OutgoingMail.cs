namespace Munshi.Notices;

/// <summary>One mail, in plain text.</summary>
/// <param name="DeliveryId">Names it: a repeat has the same <c>Message-ID</c>.</param>
/// <param name="To">One address, checked by <see cref="EmailAddress"/>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Lines parted by LF.</param>
internal sealed record OutgoingMail(Guid DeliveryId, string To, string Subject, string Body)
{
    public override string ToString() => $"{nameof(OutgoingMail)} {DeliveryId}";
}
