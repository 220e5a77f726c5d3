namespace Munshi.Sandbox.Media;

/// <summary>A file under a media id.</summary>
/// <param name="Id">Digits.</param>
/// <param name="PhoneNumberId">The business number it belongs to.</param>
/// <param name="Name">As its sender named it.</param>
/// <param name="ContentType">As its sender named it.</param>
/// <param name="Content">Whole.</param>
/// <param name="Sha256">Of the content, lower-case hex.</param>
internal sealed record KeptFile(string Id, string PhoneNumberId, string Name, string ContentType, byte[] Content, string Sha256);
