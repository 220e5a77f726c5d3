namespace Munshi.WhatsApp.Sending;

/// <summary>What the customer may choose from under a text, which is then the body: <see cref="ReplyButtons"/> or a <see cref="ReplyList"/>.</summary>
public abstract record ReplyOptions
{
    public const int MaxFooterLength = 60;

    private protected ReplyOptions()
    {
    }

    public required IReadOnlyList<ReplyOption> Options { get; init; }

    /// <summary>A small line below the body, 1 to <see cref="MaxFooterLength"/> units.</summary>
    public string? Footer { get; init; }

    /// <summary>The kind only.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Whether Meta's limits allow it under that body.</summary>
    public bool Fits(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return FitsKind(body)
            && (Footer is null || IsWithin(Footer, MaxFooterLength))
            && Options.DistinctBy(option => option.Id, StringComparer.Ordinal).Count() == Options.Count;
    }

    private protected abstract bool FitsKind(string body);

    private protected static bool IsWithin(string value, int most) => value.Length >= 1 && value.Length <= most;
}
