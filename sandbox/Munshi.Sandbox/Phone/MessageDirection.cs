namespace Munshi.Sandbox.Phone;

/// <summary>Who wrote a message.</summary>
public enum MessageDirection
{
    Customer,
    Business,
}
