namespace Munshi.WhatsApp.Sending;

/// <summary>What a file is shown as. The values are stable and may be stored.</summary>
public enum OutboundMediaType
{
    Document = 0,
    Image = 1,
    Video = 2,
    Audio = 3,
    Sticker = 4,
}
