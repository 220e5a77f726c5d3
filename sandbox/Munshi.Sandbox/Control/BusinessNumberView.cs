namespace Munshi.Sandbox.Control;

/// <summary>A registered number as the control API shows it: without its secrets.</summary>
public sealed record BusinessNumberView(string PhoneNumberId, string DisplayPhoneNumber, string WabaId, string BusinessName, string Callback)
{
    internal static BusinessNumberView Of(BusinessNumber number) =>
        new(number.PhoneNumberId, number.DisplayPhoneNumber, number.WabaId, number.BusinessName, number.Callback.OriginalString);
}
