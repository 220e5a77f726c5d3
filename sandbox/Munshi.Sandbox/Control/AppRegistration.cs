namespace Munshi.Sandbox.Control;

/// <summary>An app with one number, as the settings or <c>PUT /control/app</c> give it; absent parts are filled in.</summary>
internal sealed record AppRegistration
{
    public string? Callback { get; init; }

    public string? AppSecret { get; init; }

    public string? VerifyToken { get; init; }

    public string? AccessToken { get; init; }

    public string? PhoneNumberId { get; init; }

    public string? DisplayPhoneNumber { get; init; }

    public string? WabaId { get; init; }

    public string? BusinessName { get; init; }

    public AppRegistration WithDefaults(BusinessNumber? known = null) => new()
    {
        Callback = Callback ?? known?.Callback.OriginalString,
        AppSecret = AppSecret ?? known?.AppSecret,
        VerifyToken = VerifyToken ?? known?.VerifyToken,
        AccessToken = AccessToken ?? known?.AccessToken,
        PhoneNumberId = PhoneNumberId ?? BusinessNumber.DefaultPhoneNumberId,
        DisplayPhoneNumber = DisplayPhoneNumber ?? known?.DisplayPhoneNumber ?? BusinessNumber.DefaultDisplayPhoneNumber,
        WabaId = WabaId ?? known?.WabaId ?? BusinessNumber.DefaultWabaId,
        BusinessName = BusinessName ?? known?.BusinessName ?? BusinessNumber.DefaultBusinessName,
    };

    /// <summary>What is wrong, each sentence beginning with the part's name; none when <see cref="ToNumber"/> may be called.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Uri.TryCreate(Callback, UriKind.Absolute, out Uri? callback)
            || callback.Scheme is not ("http" or "https")
            || Callback.Contains('{', StringComparison.Ordinal))
        {
            yield return "Callback must be an absolute http or https address, for example http://127.0.0.1:5080/webhooks/whatsapp/1.";
        }

        foreach ((string part, string? value) in new[] { (nameof(AppSecret), AppSecret), (nameof(VerifyToken), VerifyToken), (nameof(AccessToken), AccessToken) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return $"{part} is missing; the app needs Callback, AppSecret, VerifyToken and AccessToken.";
            }
        }

        foreach ((string part, string? value) in new[] { (nameof(PhoneNumberId), PhoneNumberId), (nameof(DisplayPhoneNumber), DisplayPhoneNumber), (nameof(WabaId), WabaId) })
        {
            if (string.IsNullOrEmpty(value) || value.Length > 20 || !value.All(char.IsAsciiDigit))
            {
                yield return $"{part} must be 1 to 20 digits.";
            }
        }

        if (string.IsNullOrWhiteSpace(BusinessName))
        {
            yield return "BusinessName must not be empty.";
        }
    }

    public BusinessNumber ToNumber() => new()
    {
        Callback = new Uri(Callback!, UriKind.Absolute),
        AppSecret = AppSecret!,
        VerifyToken = VerifyToken!,
        AccessToken = AccessToken!,
        PhoneNumberId = PhoneNumberId!,
        DisplayPhoneNumber = DisplayPhoneNumber!,
        WabaId = WabaId!,
        BusinessName = BusinessName!,
    };
}
