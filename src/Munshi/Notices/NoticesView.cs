namespace Munshi.Notices;

/// <summary>Everything the page shows.</summary>
public sealed record NoticesView
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<NoticeRow> Rows { get; init; }

    /// <summary>Leads to older ones; null when there are none.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Whether the page begins with the newest.</summary>
    public bool IsFirst { get; init; } = true;

    /// <summary>Whether a mail server is set up.</summary>
    public required bool HasServer { get; init; }

    public required NoticesForm Form { get; init; }

    /// <summary>Whether the viewer has an address that mail can go to.</summary>
    public bool HasAddress { get; init; }

    public bool Saved { get; init; }

    public bool Tested { get; init; }
}
