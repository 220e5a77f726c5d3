using Munshi.Ledger.Notes;

namespace Munshi.Verifier;

/// <summary>Whose log an export is of, and up to where, as signed.</summary>
/// <param name="Log">The workspace.</param>
/// <param name="Checkpoint">Its size and root.</param>
/// <param name="InstanceOrigin">The name of the instance log: the log's own without <c>/w/{workspace}</c>.</param>
/// <param name="Key">What signs both, under the log's name; null where no trusted key is told.</param>
internal sealed record SignedLog(Guid Log, Checkpoint Checkpoint, string InstanceOrigin, VerifierKey? Key)
{
    private const string Between = "/w/";

    /// <summary>The same key under the instance log's name.</summary>
    public VerifierKey? InstanceKey => Key is null ? null : new VerifierKey(InstanceOrigin, NoteKeyType.Ed25519, Key.PublicKey.Span);

    /// <summary>A log's name.</summary>
    public static string Join(string instance, Guid log) => instance + Between + log;

    /// <summary>The workspace and the instance log's name in a log's name; null where it is not of that form.</summary>
    public static (Guid Log, string Instance)? Split(string origin)
    {
        int end = origin.Length - 36;
        return end > Between.Length
            && origin.AsSpan(0, end).EndsWith(Between)
            && Guid.TryParseExact(origin[end..], "D", out Guid log)
            && log.ToString() == origin[end..]
            && KeyName.IsValid(origin)
            ? (log, origin[..(end - Between.Length)])
            : null;
    }
}
