using System.Text;
using Munshi.Database;
using Munshi.Ledger.Notes;
using Npgsql;

namespace Munshi.Audit.Witnesses;

/// <summary>The checkpoint of the instance log as it is served: signed by the log, with the lines of its witnesses.</summary>
/// <param name="Size">The number of ticks.</param>
/// <param name="Note">Its last lines are the cosignatures that hold, in the order of the witnesses' names.</param>
/// <param name="At">When it was published, by this machine's clock.</param>
/// <param name="Cosigners">The configured witnesses whose lines it bears.</param>
/// <param name="IsQuorumMet">Whether they are enough; never without a configured witness.</param>
internal sealed record PublishedCheckpoint(long Size, SignedNote Note, DateTimeOffset At, IReadOnlyList<VerifierKey> Cosigners, bool IsQuorumMet)
{
    private static readonly string ReadServed = Sql.Read("Audit/Witnesses/served_checkpoint.sql");

    /// <summary>The newest that the quorum has cosigned, or, where there is none, the newest; null where nothing was published.</summary>
    public static async Task<PublishedCheckpoint?> ReadAsync(InstallationDatabase reader, WitnessPolicy policy, CancellationToken cancellationToken)
    {
        IReadOnlyList<PublishedCheckpoint?> rows = await reader.RowsAsync(
            new Statement(ReadServed).Texts([.. policy.Witnesses.Select(witness => witness.Key.Name)]).Int(policy.Quorum), row => Compose(row, policy), cancellationToken);
        return rows.FirstOrDefault(checkpoint => checkpoint?.IsQuorumMet == true) ?? rows.FirstOrDefault(checkpoint => checkpoint is not null);
    }

    /// <summary>Null where the row is no signed note: whoever changed it is found by verification.</summary>
    private static PublishedCheckpoint? Compose(NpgsqlDataReader row, WitnessPolicy policy)
    {
        if (SignedNote.Parse(Encoding.UTF8.GetBytes(row.GetString(1))) is not SignedNoteParse.Parsed { Note: { } note })
        {
            return null;
        }

        List<VerifierKey> cosigners = [];
        foreach (string text in row.GetFieldValue<string[]>(3))
        {
            if (AddCheckpointResponse.Parse(Encoding.UTF8.GetBytes($"{text}\n")) is CosignatureLinesParse.Parsed { Lines: [{ } line] }
                && policy.Witnesses.FirstOrDefault(witness => witness.Key.Name == line.Name && witness.Key.KeyId == line.KeyId) is { Key: { } key }
                && Cosignature.Parse(line) is CosignatureParse.Parsed { Cosignature: { } cosignature }
                && cosignature.IsValid(key, note.Text.Span))
            {
                note = note.With(line);
                cosigners.Add(key);
            }
        }

        return new PublishedCheckpoint(row.GetInt64(0), note, row.GetFieldValue<DateTimeOffset>(2), cosigners, policy.IsMet(cosigners.Count));
    }
}
