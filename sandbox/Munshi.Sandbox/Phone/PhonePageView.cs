namespace Munshi.Sandbox.Phone;

/// <summary>Everything the phone page shows.</summary>
/// <param name="Customer">The digits; null while no phone is chosen or no number is registered.</param>
/// <param name="BusinessId">The <c>phone_number_id</c> talked to.</param>
/// <param name="Problem">Why the last request was refused.</param>
public sealed record PhonePageView(
    string? Customer,
    string CustomerName,
    string? BusinessId,
    string BusinessName,
    IReadOnlyList<PresetCustomer> Presets,
    IReadOnlyList<KeyValuePair<string, string>> Businesses,
    IReadOnlyList<PhoneMessageView> Messages,
    long Version,
    string? Problem,
    string Nonce);
