namespace Munshi.Vault.Pages.Details;

/// <summary>Something that WhatsApp does not pass on.</summary>
/// <param name="IsOnOwnersPhone">Whether the phone that shares the number has it.</param>
public sealed record GapDetail(bool IsOnOwnersPhone) : MessageDetail;
