using Munshi.Database;

namespace Munshi.Vault;

/// <summary>What reports on messages said, by the reports' ids.</summary>
internal sealed class StatusNames(WorkspaceDatabase database)
{
    private const string Select = "SELECT id, status FROM vault.message_status WHERE client_id = $1 AND id = ANY ($2)";

    /// <summary>Of those that the workspace has.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> FindAsync(Guid clientId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<Guid, string>();
        }

        IReadOnlyList<(Guid Id, string Status)> rows = await database.RowsAsync(
            clientId, new Statement(Select).Uuid(clientId).Uuids([.. ids]), reader => (reader.GetGuid(0), reader.GetString(1)), cancellationToken);
        return rows.ToDictionary(row => row.Id, row => row.Status);
    }
}
