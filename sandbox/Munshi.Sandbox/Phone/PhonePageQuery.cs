using Microsoft.AspNetCore.Mvc;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Phone;

/// <summary>What the address of the phone page says.</summary>
/// <param name="Phones">The customers side by side, at most <see cref="PhonePageView.MaxOpen"/>.</param>
/// <param name="Number">The business number's id; the last registered without it.</param>
/// <param name="As">Who writes; the first without it.</param>
/// <param name="Reply">The id of the message that is being replied to.</param>
/// <param name="Edit">The id of the message whose words are being changed.</param>
/// <param name="Seen">Whose phone is looked at; the first without it.</param>
/// <param name="All">Whether old messages are shown too.</param>
internal sealed record PhonePageQuery(
    [FromQuery(Name = "phone")] string[]? Phones,
    [FromQuery(Name = "number")] string? Number,
    [FromQuery(Name = "as")] string? As,
    [FromQuery(Name = "reply")] string? Reply,
    [FromQuery(Name = "edit")] string? Edit,
    [FromQuery(Name = "seen")] string[]? Seen,
    [FromQuery(Name = "all")] bool? All)
{
    private const int FirstOpen = 2;

    public BusinessNumber? Business(BusinessNumbers numbers) => string.IsNullOrEmpty(Number) ? numbers.Current : numbers.Find(Number);

    /// <summary>Each once; none when one of them is no phone number.</summary>
    public List<CustomerNumber> Customers()
    {
        string[] given = [.. (Phones ?? []).Where(phone => !string.IsNullOrWhiteSpace(phone))];
        List<CustomerNumber> customers = [];
        foreach (string phone in given.Length > 0 ? given : PresetCustomer.All.Take(FirstOpen).Select(preset => preset.Number))
        {
            if (CustomerNumber.TryCreateWritten(phone) is not { } customer)
            {
                return [];
            }

            if (!customers.Contains(customer) && customers.Count < PhonePageView.MaxOpen)
            {
                customers.Add(customer);
            }
        }

        return customers;
    }
}
