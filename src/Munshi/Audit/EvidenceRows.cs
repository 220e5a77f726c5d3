using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Munshi.Database;
using Npgsql;

namespace Munshi.Audit;

/// <summary>Streams evidence. A row that cannot even be read, such as one of the year 20000, is evidence that does not hold; it hides none of the others.</summary>
internal static class EvidenceRows
{
    private const int AtOnce = 20_000;

    /// <param name="reader">As <c>munshi_reader</c>.</param>
    /// <param name="statement">Its first column is the row's id.</param>
    /// <param name="recompute">Reads one row.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static IAsyncEnumerable<Evidence> EvidenceAsync(
        this InstallationDatabase reader, Statement statement, Func<NpgsqlDataReader, Evidence> recompute, CancellationToken cancellationToken) =>
        reader.StreamAsync(statement, row => Read(row, recompute), cancellationToken);

    /// <summary>All rows of a workspace in a table, by ranges of their ids: a snapshot that were kept through all of them would keep what the server deletes meanwhile from being cleared away.</summary>
    /// <remarks>A row that comes meanwhile may be in it or not.</remarks>
    /// <param name="reader">As <c>munshi_reader</c>.</param>
    /// <param name="bound"><c>$1</c> uuid workspace, <c>$2</c> uuid the range's first, <c>$3</c> int how many ids to pass over: the id then.</param>
    /// <param name="page"><c>$1</c> uuid workspace, <c>$2</c> and <c>$3</c> uuid the range's first and last; the first column is the row's id.</param>
    /// <param name="clientId">The workspace.</param>
    /// <param name="recompute">Reads one row.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <param name="atOnce">Rows of a page, at most.</param>
    public static async IAsyncEnumerable<Evidence> EvidencePagesAsync(
        this InstallationDatabase reader, string bound, string page, Guid clientId, Func<NpgsqlDataReader, Evidence> recompute, [EnumeratorCancellation] CancellationToken cancellationToken, int atOnce = AtOnce)
    {
        UInt128 first = 0;
        while (true)
        {
            Guid from = IdOf(first);
            Guid found = await reader.RowAsync(new Statement(bound).Uuid(clientId).Uuid(from).Int(atOnce - 1), row => row.GetGuid(0), cancellationToken);
            Guid last = found == Guid.Empty ? Guid.AllBitsSet : found;
            await foreach (Evidence evidence in reader.EvidenceAsync(new Statement(page).Uuid(clientId).Uuid(from).Uuid(last), recompute, cancellationToken))
            {
                yield return evidence;
            }

            if (last == Guid.AllBitsSet)
            {
                yield break;
            }

            first = BinaryPrimitives.ReadUInt128BigEndian(last.ToByteArray(bigEndian: true)) + 1;
        }
    }

    private static Guid IdOf(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new Guid(bytes, bigEndian: true);
    }

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
