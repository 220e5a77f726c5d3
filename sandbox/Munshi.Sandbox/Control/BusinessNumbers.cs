using Microsoft.Extensions.Options;

namespace Munshi.Sandbox.Control;

/// <summary>Every registered number by its <c>phone_number_id</c>. Safe for concurrent use.</summary>
internal sealed class BusinessNumbers
{
    private readonly Lock _gate = new();
    private readonly List<BusinessNumber> _numbers = [];

    public BusinessNumbers(IOptions<SandboxOptions> options)
    {
        if (options.Value.App is { } app)
        {
            Register(app.WithDefaults().ToNumber());
        }
    }

    /// <summary>Oldest registration first; phones talk to the last.</summary>
    public IReadOnlyList<BusinessNumber> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _numbers];
            }
        }
    }

    public BusinessNumber? Current => All is [.., BusinessNumber last] ? last : null;

    public void Register(BusinessNumber number)
    {
        lock (_gate)
        {
            _numbers.RemoveAll(known => known.PhoneNumberId == number.PhoneNumberId);
            _numbers.Add(number);
        }
    }

    public BusinessNumber? Find(string phoneNumberId) => All.FirstOrDefault(number => number.PhoneNumberId == phoneNumberId);
}
