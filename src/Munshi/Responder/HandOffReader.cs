using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;

namespace Munshi.Responder;

/// <summary>The hand-off that brought a conversation to people, for the page of whoever takes it over.</summary>
internal sealed class HandOffReader(WorkspaceDatabase database, WordOpener opener)
{
    private static readonly string Latest = Sql.Read("Responder/latest_hand_off.sql");

    /// <returns>Null where Munshi has not decided to hand it off, or has answered or given up a turn since.</returns>
    public Task<HandOffNote?> LatestAsync(Guid clientId, Guid conversationId, CancellationToken cancellationToken) =>
        database.RowAsync<HandOffNote>(
            clientId,
            new Statement(Latest).Uuid(clientId).Uuid(conversationId),
            reader =>
            {
                Words words = opener.Open(
                    reader.GetGuid(4), new SealContext(clientId, reader.GetGuid(0), HandOff.SummaryColumn), reader.GetFieldValue<byte[]>(5));
                HandOffSummary? summary = words.Text is { } json ? HandOffSummary.Read(json) : null;
                return new HandOffNote(
                    reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), summary?.Asked ?? [], summary?.Offered ?? [], words.Loss);
            },
            cancellationToken);
}

/// <param name="Reason">A reason word.</param>
/// <param name="Language"><c>en</c>, <c>hi</c> or <c>bn</c>.</param>
/// <param name="At">When.</param>
/// <param name="Asked">The beginnings of what the customer asked, oldest first.</param>
/// <param name="Offered">The questions that were answered or offered.</param>
/// <param name="Loss">Why nothing can be shown.</param>
internal sealed record HandOffNote(
    string Reason, string Language, DateTimeOffset At, IReadOnlyList<string> Asked, IReadOnlyList<string> Offered, WordsLoss Loss)
{
    public override string ToString() => nameof(HandOffNote);
}
