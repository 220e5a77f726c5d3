namespace Munshi.Vault.Pages.Details;

/// <summary>What a message said before it was edited.</summary>
/// <param name="At">When that was written.</param>
/// <param name="Text">Null where there were no words.</param>
public sealed record EarlierWording(DateTimeOffset At, string? Text)
{
    public override string ToString() => nameof(EarlierWording);
}
