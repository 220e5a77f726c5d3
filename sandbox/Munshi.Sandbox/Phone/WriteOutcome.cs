namespace Munshi.Sandbox.Phone;

/// <summary>What became of a customer's message.</summary>
internal abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    internal sealed record Written(PhoneMessageView Message) : WriteOutcome;

    internal sealed record Refused(string Reason) : WriteOutcome;
}
