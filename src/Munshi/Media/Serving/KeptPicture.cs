namespace Munshi.Media.Serving;

/// <summary>A picture to be shown.</summary>
/// <param name="Type">One that a browser shows.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsWhole">Whether it is the file itself, not a small picture of it.</param>
internal sealed record KeptPicture(MediaType Type, byte[] Content, bool IsWhole)
{
    public override string ToString() => nameof(KeptPicture);
}
