using System.Text;
using Munshi.Database;
using Munshi.Workspaces;

namespace Munshi.Vault;

/// <summary>Whether whoever has a phone number asked for no automatic messages.</summary>
internal sealed class OptOutLookup(WorkspaceDatabase database, WorkspaceKeys keys)
{
    private const string Select =
        """
        SELECT EXISTS (
            SELECT FROM vault.identifier i JOIN vault.contact k ON k.client_id = i.client_id AND k.id = i.contact_id
            WHERE i.client_id = $1 AND i.kind = 'phone' AND i.lookup = $2 AND k.opted_out_at IS NOT NULL)
        """;

    /// <param name="clientId">The workspace.</param>
    /// <param name="phone">Digits with country code; false for one that no contact has.</param>
    /// <param name="cancellationToken">Honoured.</param>
    public async Task<bool> HasOptedOutAsync(Guid clientId, string phone, CancellationToken cancellationToken)
    {
        byte[] lookup = await keys.LookupAsync(clientId, "phone", Encoding.UTF8.GetBytes(phone), cancellationToken);
        return await database.RowAsync(clientId, new Statement(Select).Uuid(clientId).Bytes(lookup), reader => reader.GetBoolean(0), cancellationToken);
    }
}
