namespace Munshi.Vault;

/// <summary>Whether a name may stand in a list.</summary>
internal enum NameVerdict
{
    Free,

    /// <summary>Another is called so, but for large and small letters, spaces and forms of the same letters.</summary>
    Taken,

    /// <summary>The list is full.</summary>
    TooMany,
}
