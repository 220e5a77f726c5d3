namespace Munshi.Sandbox.Phone;

/// <summary>What became of a customer's message.</summary>
internal abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    /// <param name="Customer">The number that the customer has now.</param>
    internal sealed record Written(CustomerNumber Customer, PhoneMessageView Message) : WriteOutcome;

    internal sealed record Refused(string Reason) : WriteOutcome;
}
