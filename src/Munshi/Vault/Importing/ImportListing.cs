namespace Munshi.Vault.Importing;

/// <summary>An import as it is listed.</summary>
/// <param name="Id">The import.</param>
/// <param name="ConversationId">The conversation that it went into.</param>
/// <param name="At">When it began.</param>
/// <param name="File">The file's name, without a path; null where it cannot be opened any more.</param>
/// <param name="New">Messages that it added.</param>
/// <param name="Same">Messages that stood already.</param>
/// <param name="Changed">Edits and deletions that it showed.</param>
/// <param name="IsWithdrawn">Whether it was taken back.</param>
public sealed record ImportListing(Guid Id, Guid ConversationId, DateTimeOffset At, string? File, long New, long Same, long Changed, bool IsWithdrawn)
{
    /// <summary>Files that it brought, also those that another brought before.</summary>
    public long Files { get; init; }

    public override string ToString() => $"{nameof(ImportListing)} {Id}";
}
