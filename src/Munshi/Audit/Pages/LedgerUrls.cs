using System.Globalization;

namespace Munshi.Audit.Pages;

/// <summary>Addresses of the ledger's pages.</summary>
internal static class LedgerUrls
{
    public const string List = "/ledger";
    public const string Checkpoints = "/ledger/checkpoints";
    public const string Note = "/ledger/checkpoints/newest";
    public const string Verifications = "/ledger/verifications";
    public const string InstanceCheckpoint = "/ledger/checkpoint";

    public static string Entry(long seq) => string.Create(CultureInfo.InvariantCulture, $"/ledger/entries/{seq}");

    public static string Proof(long seq) => $"{Entry(seq)}/proof";

    public static string HeadProof(long seq) => $"{Entry(seq)}/head-proof";

    /// <summary>Leads to the entry of a message.</summary>
    public static string OfMessage(Guid message) => $"/ledger/of/{message}";

    /// <summary>Entries below a number; null for the newest.</summary>
    public static string Of(LedgerFilter filter, long? before)
    {
        QueryString query = default;
        query = filter.Group is { } group ? query.Add("group", group.ToString().ToLowerInvariant()) : query;
        query = filter.Actor is { } actor ? query.Add("actor", actor.ToString().ToLowerInvariant()) : query;
        query = filter.Day is { } day ? query.Add("day", LedgerFilter.Write(day)) : query;
        query = before is { } seq ? query.Add("before", seq.ToString(CultureInfo.InvariantCulture)) : query;
        return List + query;
    }
}
