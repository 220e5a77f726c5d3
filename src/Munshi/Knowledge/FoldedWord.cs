namespace Munshi.Knowledge;

/// <param name="Text">The word after <see cref="TextFolding"/>.</param>
/// <param name="Key">The word after <see cref="WordStem"/>: what is compared.</param>
internal readonly record struct FoldedWord(string Text, string Key);
