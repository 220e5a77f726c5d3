namespace Munshi.Vault.Fields;

/// <summary>How an act on a field or on a customer's value of it ended.</summary>
internal enum FieldOutcome
{
    /// <summary>It is so now; also when it was so before.</summary>
    Done,

    /// <summary>This workspace has no such field, or no such conversation.</summary>
    Unknown,

    /// <summary>Another field of this workspace is called so, but for large and small letters, spaces and forms of the same letters.</summary>
    NameTaken,

    /// <summary>The workspace has <see cref="FieldBook.Most"/> fields.</summary>
    TooMany,

    /// <summary>Somebody else changed the value since the person looked.</summary>
    Overtaken,
}
