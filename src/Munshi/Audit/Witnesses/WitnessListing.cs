using Munshi.Database;

namespace Munshi.Audit.Witnesses;

/// <summary>How the witnesses stand by what is stored, whoever asks.</summary>
/// <param name="Origin">The instance log's; null before the first signature was prepared.</param>
/// <param name="Vkey">What a witness must know the log by.</param>
/// <param name="Size">The newest published checkpoint's; 0 before the first.</param>
/// <param name="CosignedSize">The newest that the quorum cosigned; null where there is none.</param>
/// <param name="Quorum">How many must cosign.</param>
/// <param name="Witnesses">The configured ones.</param>
internal sealed record WitnessListing(string? Origin, string? Vkey, long Size, long? CosignedSize, int Quorum, IReadOnlyList<ListedWitness> Witnesses)
{
    private const string ReadIdentity = "SELECT origin, vkey FROM ledger.identity ORDER BY generation DESC LIMIT 1";
    private const string ReadSize = "SELECT coalesce(max(size), 0) FROM ledger.instance_checkpoint";

    private static readonly string ReadLast = Sql.Read("Audit/Witnesses/last_cosigned.sql");

    public static async Task<WitnessListing> ReadAsync(InstallationDatabase reader, WitnessPolicy policy, CancellationToken cancellationToken)
    {
        (string? origin, string? vkey) = await reader.RowAsync<(string?, string?)>(
            new Statement(ReadIdentity), row => (row.GetString(0), row.GetString(1)), cancellationToken);
        IReadOnlyList<(string Name, long? Size)> last = await reader.RowsAsync(
            new Statement(ReadLast).Texts([.. policy.Witnesses.Select(witness => witness.Key.Name)]),
            row => (row.GetString(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1)),
            cancellationToken);
        PublishedCheckpoint? served = await PublishedCheckpoint.ReadAsync(reader, policy, cancellationToken);
        return new WitnessListing(
            origin,
            vkey,
            await reader.RowAsync(new Statement(ReadSize), row => row.GetInt64(0), cancellationToken),
            served is { IsQuorumMet: true } ? served.Size : null,
            policy.Quorum,
            [.. policy.Witnesses.Select(witness => new ListedWitness(
                witness.Key.Name, witness.Key.ToString(), last.FirstOrDefault(one => one.Name == witness.Key.Name).Size))]);
    }
}
