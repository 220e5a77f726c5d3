namespace Munshi.Import;

/// <summary>Who of those who wrote in a chat is the business, and who the customer.</summary>
internal abstract record Participants
{
    private Participants()
    {
    }

    /// <param name="Business">Its name in the export; null when it never wrote.</param>
    /// <param name="Customer">Their name in the export; null when they never wrote.</param>
    internal sealed record Known(string? Business, string? Customer) : Participants
    {
        public override string ToString() => nameof(Known);
    }

    /// <param name="Reason">What is missing.</param>
    /// <param name="Sentence">The same for the command line, and how to say it.</param>
    internal sealed record Undecided(ImportRefusal Reason, string Sentence) : Participants;

    /// <summary>
    /// In this order: the name that was asked for; the workspace's name; the customer's number as a name; the name of the exported
    /// file (it is that of the other side); a number as a name (somebody whom the phone does not know is the customer).
    /// </summary>
    /// <param name="names">Of all who wrote.</param>
    /// <param name="asked">The business's name in the export, if told.</param>
    /// <param name="workspaceName">The business's own name.</param>
    /// <param name="digits">The customer's number, if told.</param>
    /// <param name="chatName">Whom the chat is with, by the name of the file, if it tells.</param>
    public static Participants Decide(IReadOnlyList<string> names, string? asked, string workspaceName, string? digits, string? chatName)
    {
        if (names.Count is 0 or > 2)
        {
            return new Undecided(names.Count == 0 ? ImportRefusal.NobodyWrote : ImportRefusal.Group, names.Count == 0
                ? "Nobody wrote in this chat; there is nothing to import."
                : $"{names.Count} people wrote in this chat: it is a group's, and only chats with one customer can be imported.");
        }

        string listed = string.Join(" and ", names.Select(name => $"'{TerminalText.Line(name)}'"));
        if (asked is not null)
        {
            return Find(names, name => Same(name, asked)) is { } business
                ? WithBusiness(names, business)
                : new Undecided(ImportRefusal.BusinessNotFound, $"Nobody called '{asked}' wrote in this chat; those who did are {listed}.");
        }

        return Find(names, name => Same(name, workspaceName)) is { } own ? WithBusiness(names, own)
            : Find(names, name => digits is not null && PhoneDigits.Of(name) == digits) is { } numbered ? WithCustomer(names, numbered)
            : Find(names, name => chatName is not null && Same(name, chatName)) is { } named ? WithCustomer(names, named)
            : Find(names, name => PhoneDigits.Of(name) is not null) is { } unnamed ? WithCustomer(names, unnamed)
            : new Undecided(ImportRefusal.BusinessUnclear, $"Which of {listed} is the business? Say it with --business NAME.");
    }

    private static Known WithBusiness(IReadOnlyList<string> names, string business) => new(business, names.FirstOrDefault(name => name != business));

    private static Known WithCustomer(IReadOnlyList<string> names, string customer) => new(names.FirstOrDefault(name => name != customer), customer);

    /// <summary>The only one; null when none or both are.</summary>
    private static string? Find(IReadOnlyList<string> names, Func<string, bool> isIt) =>
        names.Where(isIt).ToArray() is [string only] ? only : null;

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
