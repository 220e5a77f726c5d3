namespace Munshi.Responder;

/// <summary>The ids of what is offered: words of our own and handles of entries, never anything of a person.</summary>
internal static class OptionIds
{
    public const string Person = "person";
    public const string Yes = "yes";
    public const string No = "no";

    private const string EntryPrefix = "entry:";

    public static string Of(string entryId) => EntryPrefix + entryId;

    /// <returns>Null for another kind of option.</returns>
    public static string? EntryOf(string optionId) =>
        optionId.StartsWith(EntryPrefix, StringComparison.Ordinal) ? optionId[EntryPrefix.Length..] : null;
}
