namespace Munshi.WhatsApp.Sending;

/// <summary>Up to ten rows behind one button (<c>interactive</c> of type <c>list</c>), in a single section.</summary>
public sealed record ReplyList : ReplyOptions
{
    public const int MaxCount = 10;
    public const int MaxBodyLength = 4096;
    public const int MaxTitleLength = 24;
    public const int MaxDescriptionLength = 72;
    public const int MaxIdLength = 200;
    public const int MaxLabelLength = 20;

    /// <summary>The words on the button that opens the list, 1 to <see cref="MaxLabelLength"/> units.</summary>
    public required string Label { get; init; }

    private protected override bool FitsKind(string body) =>
        IsWithin(body, MaxBodyLength)
        && IsWithin(Label, MaxLabelLength)
        && Options.Count is >= 1 and <= MaxCount
        && Options.All(option => IsWithin(option.Id, MaxIdLength)
            && IsWithin(option.Title, MaxTitleLength)
            && (option.Description is null || IsWithin(option.Description, MaxDescriptionLength)));
}
