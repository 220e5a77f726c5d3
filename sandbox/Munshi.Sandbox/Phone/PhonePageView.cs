namespace Munshi.Sandbox.Phone;

/// <summary>Everything the phone page shows.</summary>
/// <param name="BusinessId">The <c>phone_number_id</c> talked to; null while no number is registered.</param>
/// <param name="Open">The phones side by side; the first is the one a narrow screen shows.</param>
/// <param name="Customers">Newest conversation first.</param>
/// <param name="Problem">Why the last request was refused.</param>
/// <param name="Version">For <c>GET /phones?changedAfter=</c>.</param>
public sealed record PhonePageView(
    string? BusinessId,
    string BusinessName,
    IReadOnlyList<OpenPhone> Open,
    IReadOnlyList<Conversation> Customers,
    IReadOnlyList<KeyValuePair<string, string>> Businesses,
    string? Problem,
    string Theme,
    string Nonce,
    DateOnly Today,
    long Version)
{
    /// <summary>Most phones that fit side by side.</summary>
    public const int MaxOpen = 4;

    /// <summary>The page with these phones open.</summary>
    public string Address(params IEnumerable<string> phones) =>
        $"/?{string.Join('&', [.. phones.Take(MaxOpen).Select(phone => $"phone={phone}"), $"number={BusinessId}"])}";

    /// <summary>That phone first, the others after it.</summary>
    public string Foremost(string phone) => Address([phone, .. Open.Select(open => open.Digits).Where(digits => digits != phone).Take(1)]);

    public string Beside(string phone) => Address([.. Open.Select(open => open.Digits), phone]);

    public string Without(string phone) => Address(Open.Select(open => open.Digits).Where(digits => digits != phone));

    public string Here => Address(Open.Select(open => open.Digits));
}
