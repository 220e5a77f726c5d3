namespace Munshi.Vault.Labels;

/// <summary>How an act on a workspace's labels ended.</summary>
internal enum LabelOutcome
{
    /// <summary>It is so now; also when it was so before.</summary>
    Done,

    /// <summary>This workspace has no such label, or no such conversation.</summary>
    Unknown,

    /// <summary>Another label of this workspace is called so, but for large and small letters, spaces and forms of the same letters.</summary>
    NameTaken,

    /// <summary>The workspace has <see cref="LabelBook.Most"/> labels, or the conversation wears <see cref="ConversationLabels.Most"/>.</summary>
    TooMany,
}
