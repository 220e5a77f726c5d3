namespace Munshi.Knowledge;

/// <summary>An entry as it stands, to be looked at and changed.</summary>
/// <param name="Entry">Its content.</param>
/// <param name="Revision">1 upwards; a change names the revision it was made from.</param>
/// <param name="ChangedAt">UTC.</param>
public sealed record EditableEntry(FaqEntry Entry, int Revision, DateTimeOffset ChangedAt);
