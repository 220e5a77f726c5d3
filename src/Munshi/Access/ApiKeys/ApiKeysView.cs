namespace Munshi.Access.ApiKeys;

/// <summary>The keys of a workspace, and what the last act on them came to.</summary>
public sealed record ApiKeysView
{
    public required IReadOnlyList<ApiKeyRow> Keys { get; init; }

    /// <summary>The id of the key that the form will make, so that the form sent twice makes one.</summary>
    public required Guid NextId { get; init; }

    /// <summary>The secret of the key just made; null on every other answer.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether the form that was sent had made its key before.</summary>
    public bool IsMadeBefore { get; init; }

    public bool IsRevoked { get; init; }

    /// <summary>The name as it was sent, where no key was made.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name of the text that says why no key was made.</summary>
    public string? Problem { get; init; }

    public override string ToString() => nameof(ApiKeysView);
}
