using Munshi.Sandbox.Control;
using Munshi.Sandbox.Pages;

namespace Munshi.Sandbox.Phone;

/// <summary>Makes the phone page: the list of customers and the phones that are open.</summary>
internal sealed class PhonePages(BusinessNumbers numbers, Phones phones, ReadReceipts receipts, TimeProvider clock)
{
    private const int MaxCustomers = 50;
    private const int MaxMessages = 200;

    /// <param name="problem">Why the last request was refused.</param>
    /// <param name="draft">What was typed in it.</param>
    public PageResult<PhonePage> Show(HttpContext context, PhonePageQuery query, string? problem = null, string draft = "")
    {
        long version = phones.Version; // before anything is read: what changes meanwhile is newer
        BusinessNumber? business = query.Business(numbers);
        List<CustomerNumber> chosen = query.Customers();
        if (chosen.Count == 0)
        {
            problem = CustomerNumber.Rule;
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        problem ??= business is null ? ControlCapability.NoSuchNumber : null;
        List<OpenPhone> open = business is null ? [] : [.. chosen.Select((customer, index) => Open(business, customer, index == 0, query, draft))];
        string nonce = PagePolicy.Apply(context.Response);
        return new PageResult<PhonePage>(new PhonePageView(
            business?.PhoneNumberId,
            business?.BusinessName ?? "",
            open,
            business is null ? [] : Customers(business, open),
            [.. numbers.All.Select(known => KeyValuePair.Create(known.PhoneNumberId, known.BusinessName))],
            problem,
            PageTheme.Of(context.Request),
            nonce,
            IndianTime.Day(clock.GetUtcNow()),
            version));
    }

    private OpenPhone Open(BusinessNumber business, CustomerNumber customer, bool first, PhonePageQuery query, string draft)
    {
        PhoneThread thread = phones.Thread(business.PhoneNumberId, customer);
        bool seen = query.Seen is { Length: > 0 } shown ? shown.Contains(customer.Digits) : first;
        (IReadOnlyList<PhoneMessageView> all, long version) = seen ? receipts.Open(business, thread) : thread.Peek();
        bool writes = query.As is null ? first : query.As == customer.Digits;
        PhoneMessageView? reply = writes && query.Reply is { } id ? all.FirstOrDefault(message => message.Id == id) : null;
        PhoneMessageView? edited = writes && query.Edit is { } changed ? all.FirstOrDefault(message => message.Id == changed && message.CanBeEdited) : null;
        CustomerIdentity identity = thread.Identity;
        int earlier = query.All == true ? 0 : Math.Max(0, all.Count - MaxMessages);
        return new OpenPhone(
            customer.Digits,
            NameOf(customer.Digits, identity.ProfileName, customer.DefaultName),
            [.. all.Skip(earlier)],
            earlier,
            thread.Typing,
            reply is null ? null : new QuotedMessage(reply.Id, reply.Direction, reply.Text),
            edited?.Id,
            identity.Username,
            identity.IsPhoneKeptBack,
            draft.Length == 0 && edited is not null ? edited.Text : writes ? draft : "",
            version);
    }

    /// <summary>Those who wrote, newest first, then those offered and those open.</summary>
    private List<Conversation> Customers(BusinessNumber business, List<OpenPhone> open)
    {
        List<Conversation> customers =
            [.. phones.Newest(business.PhoneNumberId, MaxCustomers).Select(row => row with { Name = NameOf(row.Phone, row.Name, DefaultName(row.Phone)) })];
        foreach ((string digits, string name) in open.Select(phone => (phone.Digits, phone.Name)).Concat(PresetCustomer.All.Select(preset => (preset.Number, preset.Name))))
        {
            if (!customers.Exists(known => known.Phone == digits))
            {
                customers.Add(new Conversation(digits, name, 0, null, 0));
            }
        }

        return customers;
    }

    private static string DefaultName(string digits) => CustomerNumber.TryCreate(digits)!.DefaultName;

    /// <summary>Who has no profile name yet is called as the page offers them.</summary>
    private static string NameOf(string digits, string profileName, string defaultName) =>
        profileName == defaultName ? PresetCustomer.All.FirstOrDefault(preset => preset.Number == digits)?.Name ?? profileName : profileName;
}
