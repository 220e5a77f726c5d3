namespace Munshi.Import.Backups;

/// <summary>Times as the app keeps them: milliseconds since 1970, UTC.</summary>
internal static class BackupTime
{
    /// <summary>1 January 2009: the app is not older.</summary>
    private const long Least = 1_230_768_000_000;

    /// <summary>1 January 3000.</summary>
    private const long Most = 32_503_680_000_000;

    /// <summary>Null for a time that no message can have.</summary>
    public static DateTimeOffset? Of(long milliseconds) => milliseconds is >= Least and < Most ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
