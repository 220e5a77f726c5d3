namespace Munshi.WhatsApp.Webhooks;

/// <summary>Something read from a payload. Any member may be missing: the update's JSON stays the source.</summary>
public abstract record PayloadPart
{
    private protected PayloadPart()
    {
    }

    /// <summary>The type's name only: what people wrote, their names and numbers never reach a log by way of a format string.</summary>
    public sealed override string ToString() => GetType().Name;
}
