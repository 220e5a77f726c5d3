using Munshi.CommandLine;
using Munshi.Database;

namespace Munshi.Keyring;

/// <summary>Before anything starts: the keyring holds what the database names. A fresh keyring beside a full database would hide that the old one is gone.</summary>
internal sealed class KeyringCheck(Databases databases, KeyringLocation location, Func<KeyCustodian> custodian)
{
    private const string Workspaces = "SELECT client_id FROM workspace.workspace";
    private const string Keys = "SELECT key_id FROM workspace.workspace_key WHERE client_id = $1";

    /// <summary>Completes the keyring from the escrow where it lacks a workspace's key.</summary>
    /// <exception cref="RefusalException">A workspace's key is in neither. Nothing was made.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        List<Guid> named = [];
        foreach (Guid clientId in await databases.Reader.RowsAsync(new Statement(Workspaces), reader => reader.GetGuid(0), cancellationToken))
        {
            named.AddRange(await databases.App.RowsAsync(clientId, new Statement(Keys).Uuid(clientId), reader => reader.GetGuid(0), cancellationToken));
        }

        if (named.Count > 0 && !location.HoldsKeys)
        {
            throw new RefusalException(
                "keyring/keyring.db and backups/keyring are both gone, and nothing else opens what the database holds: restore at least one of them from a backup.");
        }

        int missing = custodian().Complete(named);
        if (missing > 0)
        {
            throw new RefusalException(
                $"{missing} keys of workspaces are neither in keyring/keyring.db nor in backups/keyring: restore a newer copy of one of them from a backup.");
        }
    }
}
