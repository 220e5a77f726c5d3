namespace Munshi.WhatsApp.Sending;

/// <summary>Up to three buttons (<c>interactive</c> of type <c>button</c>).</summary>
public sealed record ReplyButtons : ReplyOptions
{
    public const int MaxCount = 3;
    public const int MaxBodyLength = 1024;
    public const int MaxTitleLength = 20;
    public const int MaxIdLength = 256;

    private protected override bool FitsKind(string body) =>
        IsWithin(body, MaxBodyLength)
        && Options.Count is >= 1 and <= MaxCount
        && Options.All(option => IsWithin(option.Id, MaxIdLength) && IsWithin(option.Title, MaxTitleLength) && option.Description is null);
}
