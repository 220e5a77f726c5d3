using Munshi.Database;
using Npgsql;

namespace Munshi.Audit;

/// <summary>Streams evidence. A row that cannot even be read, such as one of the year 20000, is evidence that does not hold; it hides none of the others.</summary>
internal static class EvidenceRows
{
    /// <param name="reader">As <c>munshi_reader</c>.</param>
    /// <param name="statement">Its first column is the row's id.</param>
    /// <param name="recompute">Reads one row.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static IAsyncEnumerable<Evidence> EvidenceAsync(
        this InstallationDatabase reader, Statement statement, Func<NpgsqlDataReader, Evidence> recompute, CancellationToken cancellationToken) =>
        reader.StreamAsync(statement, row => Read(row, recompute), cancellationToken);

    private static Evidence Read(NpgsqlDataReader row, Func<NpgsqlDataReader, Evidence> recompute)
    {
        try
        {
            return recompute(row);
        }
        catch (Exception unreadable) when (unreadable is InvalidCastException or ArgumentException or FormatException or OverflowException)
        {
            return new Evidence(row.GetGuid(0), CiphertextHash: null, Commitment: null, KeyPresent: true);
        }
    }
}
