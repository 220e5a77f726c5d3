namespace Munshi.Vault;

/// <summary>A phone number of which only the country and the last three digits are shown, or a user id of WhatsApp.</summary>
internal static class MaskedNumber
{
    private const int ShownDigits = 3;
    private const int IndianLength = 12;

    /// <param name="digits">With country code, without plus.</param>
    /// <returns><c>+91 ••••• ••101</c>; elsewhere the length of the country code is not known, so that it is masked too.</returns>
    public static string Of(string digits)
    {
        string shown = digits.Length > ShownDigits ? digits[^ShownDigits..] : "";
        return digits.Length == IndianLength && digits.StartsWith("91", StringComparison.Ordinal)
            ? $"+91 ••••• ••{shown}"
            : $"+{new string('•', digits.Length - shown.Length)}{shown}";
    }

    /// <param name="userId">As WhatsApp gave it.</param>
    /// <returns><c>•••••101</c>: as long for each.</returns>
    public static string OfUser(string userId) => $"•••••{(userId.Length > ShownDigits ? userId[^ShownDigits..] : "")}";
}
