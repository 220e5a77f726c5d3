using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Pages;

/// <summary>The public keys under which checkpoints are checked.</summary>
internal sealed class LedgerKeys(Databases databases)
{
    private const string ReadIdentity = "SELECT vkey FROM ledger.identity ORDER BY generation DESC LIMIT 1";

    /// <summary>Of the instance log, and of a workspace's log; null before anything was signed.</summary>
    public async Task<(string OfInstance, string OfLog)?> ReadAsync(Guid log, CancellationToken cancellationToken)
    {
        string? text = await databases.Reader.RowAsync(new Statement(ReadIdentity), reader => reader.GetString(0), cancellationToken);
        return text is not null && VerifierKey.Parse(text) is VerifierKeyParse.Parsed { Key: { } key }
            ? (key.ToString(), LedgerIdentity.KeyOf(key, LedgerIdentity.OriginOf(key.Name, log)).ToString())
            : null;
    }
}
