using Munshi.Database;

namespace Munshi.Intake;

/// <summary>When something came in for a workspace.</summary>
internal sealed class Arrivals(WorkspaceDatabase database)
{
    private const string Last =
        "SELECT received_at FROM intake.update WHERE client_id = $1 AND kind = 'message' ORDER BY received_at DESC LIMIT 1";

    /// <summary>When a customer's message last arrived, UTC; null if none ever did.</summary>
    public async Task<DateTimeOffset?> LastMessageAsync(Guid clientId, CancellationToken cancellationToken)
    {
        DateTimeOffset at = await database.RowAsync(
            clientId, new Statement(Last).Uuid(clientId), reader => reader.GetFieldValue<DateTimeOffset>(0), cancellationToken);
        return at == default ? null : at;
    }
}
