namespace Munshi.Vault.Pages;

/// <summary>How many conversations each view holds.</summary>
public sealed record InboxCounts(int All, int Waiting, int Mine)
{
    /// <summary>Counted no further; one more stands for "more".</summary>
    public const int Most = 9999;

    /// <summary>How many of them hold a message that nobody has read.</summary>
    public ViewUnread Unread { get; init; } = new(0, 0, 0);

    /// <summary>The unread conversations of one view.</summary>
    public int UnreadOf(InboxTab tab) => tab switch
    {
        InboxTab.Waiting => Unread.Waiting,
        InboxTab.Mine => Unread.Mine,
        _ => Unread.All,
    };

    /// <summary>A count as it is shown: grouped as the reader's language does, and no further than <see cref="Most"/>.</summary>
    public static string Shown(int count, System.Globalization.CultureInfo culture) =>
        Math.Min(count, Most).ToString("N0", culture) + (count > Most ? "+" : "");
}
