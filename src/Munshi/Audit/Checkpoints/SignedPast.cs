using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Checkpoints;

/// <summary>Whether the database is the one whose checkpoint was signed last: one rolled back to an older backup is not.</summary>
internal sealed class SignedPast(Databases databases, InstanceCheckpointFile file, CheckpointState state) : IGateCondition
{
    private const string ReadKey = "SELECT vkey FROM ledger.identity ORDER BY generation DESC LIMIT 1";

    public string Name => "ledger";

    public bool HoldsBack => state.AwaitsWitnesses || state.Refusal is not null;

    public async Task<string?> RefusalAsync(CancellationToken cancellationToken)
    {
        if (state.Refusal is { } refusal)
        {
            return refusal;
        }

        byte[]? signed = file.Read();
        string? key = await databases.Reader.RowAsync(new Statement(ReadKey), reader => reader.GetString(0), cancellationToken);
        if (key is null)
        {
            return signed is null ? null : "checkpoints/instance.checkpoint stands beside a database that has signed nothing";
        }

        try
        {
            return VerifierKey.Parse(key) is VerifierKeyParse.Parsed parsed
                ? await InstanceLog.RefusalAsync(databases.Reader, signed, parsed.Key, cancellationToken)
                : "the key in ledger.identity cannot be read";
        }
        catch (SigningRefusedException refused)
        {
            return refused.Message;
        }
    }
}
