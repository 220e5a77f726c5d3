namespace Munshi.Web;

/// <summary>What every component knows of the response it is part of.</summary>
public sealed record PageContext
{
    /// <summary>See <see cref="ContentSecurityPolicy.Nonce"/>.</summary>
    public required string Nonce { get; init; }

    public required FormToken FormToken { get; init; }

    public required Language Language { get; init; }

    public required Theme Theme { get; init; }

    public required TimeText Times { get; init; }

    /// <summary>Path and query of this page, where a change of language or theme leads back to.</summary>
    public required string Path { get; init; }

    public required AssetUrls Assets { get; init; }

    /// <summary>Absent on the pages before sign-in.</summary>
    public Viewer? Viewer { get; init; }
}
