namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>A sticker that the sandbox carries.</summary>
internal sealed record StickerInput(bool Animated = false);
