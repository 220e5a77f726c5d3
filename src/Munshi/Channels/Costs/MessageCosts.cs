using Munshi.Channels.Templates;
using Munshi.Database;
using Munshi.Notices;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Channels.Costs;

/// <summary>Counts what messages cost, each once, and holds back what would cost more than the business allows in a month.</summary>
internal sealed class MessageCosts(TimeProvider clock)
{
    /// <summary>Why a message was not sent.</summary>
    public const string CapReached = "cost-cap";

    /// <summary>The kind of the notice that most of the limit is spent.</summary>
    public const string NearNotice = "cost-near";

    /// <summary>The kind of the notice that the limit is spent.</summary>
    public const string ReachedNotice = "cost-reached";

    /// <summary>Of the limit, in hundredths.</summary>
    private const int Near = 80;

    /// <summary>Stands for a word that is missing or of other characters.</summary>
    private const string NoWord = "-";

    /// <summary>What the queue at the row of the limit is for: who comes next counts what those before are sending.</summary>
    private const string LockCap = "SELECT FROM channel.cost_cap WHERE client_id = $1 FOR UPDATE";

    private const string Release = "UPDATE channel.message_cost SET leaving = false WHERE client_id = $1 AND message_id = $2 AND leaving";

    private static readonly string NoteCost = Sql.Read("Channels/Costs/note_cost.sql");
    private static readonly string ReserveCost = Sql.Read("Channels/Costs/reserve_cost.sql");

    /// <summary>The category that a message of this template is charged in; without one, that of a free-form reply.</summary>
    public static string CategoryOf(Template? template) => template is null ? CostLine.Service : Word(template.Info.Category.ToLowerInvariant());

    /// <summary>Counts what a status tells of its message's cost, with the statement that comes next or with the commit.</summary>
    /// <param name="transaction">The one that keeps the status: a report that stands there already is not to come here.</param>
    /// <param name="messageId">Ours.</param>
    /// <param name="reportId">The report as it was kept.</param>
    /// <param name="status">As read.</param>
    /// <param name="receivedAt">When its delivery was acknowledged.</param>
    public void Note(WorkspaceTransaction transaction, Guid messageId, Guid reportId, StatusUpdate status, DateTimeOffset receivedAt)
    {
        bool delivered = status.Status is DeliveryStatus.Delivered or DeliveryStatus.Read or DeliveryStatus.Played;
        bool failed = status.Status is DeliveryStatus.Failed;
        if (status.Pricing is null && !delivered && !failed)
        {
            return;
        }

        transaction.Queue(new Statement(NoteCost)
            .Uuid(transaction.ClientId).Uuid(messageId).Uuid(reportId)
            .Text(status.Pricing is { } price ? Word(price.Category) : null)
            .Text(status.Pricing is { } told ? Word(told.Type ?? (told.Billable is false ? "free" : null)) : null)
            .Date(CostMonth.Of(status.At.AsOf(clock.GetMicrosecondNow()) ?? receivedAt))
            .Flag(delivered).Flag(failed));
    }

    /// <summary>Counts a message as on its way, unless it would cost more than is left of the month's limit. Senders of a workspace take turns here.</summary>
    /// <remarks>What costs nothing always passes: a reply within the free ones, and what has no price.</remarks>
    /// <param name="transaction">The one that marks the message as leaving; the last lock it takes.</param>
    /// <param name="messageId">Ours.</param>
    /// <param name="numberId">Ours.</param>
    /// <param name="category">See <see cref="CategoryOf"/>.</param>
    public async Task<bool> TryHoldAsync(WorkspaceTransaction transaction, Guid messageId, Guid numberId, string category)
    {
        transaction.Queue(new Statement(LockCap) { ReturnsRows = true }.Uuid(transaction.ClientId));
        DateTimeOffset now = clock.GetMicrosecondNow();
        DateOnly month = CostMonth.Of(now);
        CostState state = await CostState.ReadAsync(transaction, month);
        if (state.Cap is not { } cap)
        {
            return true;
        }

        long before = state.Estimate.Total;
        long after = state.Estimate.With(numberId, category).Total;
        bool passes = after <= cap || after == before;
        if (passes)
        {
            transaction.Queue(new Statement(ReserveCost).Uuid(transaction.ClientId).Uuid(messageId).Uuid(numberId).Date(month).Text(category));
        }

        if (state.ReachedTold != month && (!passes || (after > 0 && after >= cap)))
        {
            Warn(transaction, ReachedNotice, NoticeSeverity.Alert, cap, month, now);
        }
        else if (state.NearTold != month && after > 0 && after < cap && after * 100 >= cap * Near)
        {
            Warn(transaction, NearNotice, NoticeSeverity.Warning, cap, month, now);
        }

        return passes;
    }

    /// <summary>A message whose cost was held did not leave. Nothing where it did after all, or was counted.</summary>
    public static void GiveBack(WorkspaceTransaction transaction, Guid messageId) =>
        transaction.Queue(new Statement(Release).Uuid(transaction.ClientId).Uuid(messageId));

    private static void Warn(WorkspaceTransaction transaction, string kind, NoticeSeverity severity, long cap, DateOnly month, DateTimeOffset now)
    {
        transaction.Queue(new Statement(
            """
            UPDATE channel.cost_cap SET
                near_told = $2,
                reached_told = CASE WHEN $3 THEN $2 ELSE reached_told END
            WHERE client_id = $1
            """).Uuid(transaction.ClientId).Date(month).Flag(kind == ReachedNotice));
        NoticeBoard.Raise(
            transaction,
            new Notice
            {
                Kind = kind,
                Severity = severity,
                Subject = transaction.ClientId,
                DedupKey = $"{month:yyyy-MM}",
                Parameters = [Rupees.Plain(cap)],
                FoldWithin = TimeSpan.Zero,
            },
            now);
    }

    private static string Word(string? word) =>
        word is { Length: > 0 and <= 64 } && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? word : NoWord;
}
