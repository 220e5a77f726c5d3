using Munshi.Intake.Deliveries;

namespace Munshi.Tests.Web;

/// <summary>Deliveries and updates in every state.</summary>
internal static class DeliverySamples
{
    public static readonly UpdateFilter Filter = new(UpdateState.GivenUp, "message", new DateOnly(2026, 11, 20));

    private static readonly int[] Took = [5, 5_000, 300_000, 8_000_000, 400_000_000];

    public static IReadOnlyList<string> Reasons { get; } = ["no-message-id", "no-sender", "unknown-number", "kind-not-handled", "no-such-message", "given-up"];

    public static IReadOnlyList<string> Problems { get; } = ["key-gone", "altered", "malformed", "no-number", "unknown-account", "unknown-number"];

    public static DeliveriesView List() => new()
    {
        List = new UpdateListView(new UpdateFilter(null, null, null), Rows(), Guid.NewGuid(), Guid.NewGuid(), Searched: null),
        Failed = [.. Reasons.Select((reason, i) => new FailedGroup("message", reason, i + 1))],
        ReplayIds = [.. Reasons.Select(_ => Guid.NewGuid())],
        Problems = [.. Problems.Select((reason, i) => new DeliveryProblem(reason, i, PageRenderer.Now.AddHours(-i), PageRenderer.Now, i / 2))],
        Replays =
        [
            new ReplayProgress("message", "given-up", PageRenderer.Now, 1000, 0, EndedAt: null, IsGivenUp: false),
            new ReplayProgress("status", "no-such-message", PageRenderer.Now, 1, 3, PageRenderer.Now, IsGivenUp: false),
            new ReplayProgress("status", "no-such-message", PageRenderer.Now, 0, 0, PageRenderer.Now, IsGivenUp: true),
        ],
        IsAsked = true,
    };

    public static DeliveriesView Empty(UpdateFilter? filter = null) => new()
    {
        List = new UpdateListView(filter ?? new UpdateFilter(null, null, null), [], null, null, null),
        Failed = [],
        ReplayIds = [],
        Problems = [],
        Replays = [],
    };

    public static DeliveriesView Searched() => Empty(Filter) with
    {
        List = new UpdateListView(Filter, [], null, Guid.NewGuid(), UpdateLog.MostSearched),
        Failed = [new FailedGroup("message", "given-up", Failures.MostCounted)],
        ReplayIds = [Guid.NewGuid()],
    };

    public static FoundUpdatesView Found() => new() { ProviderId = "wamid.of-the-test", Rows = Rows(), ConversationUrl = $"/inbox/{Guid.NewGuid()}#m-{Guid.NewGuid()}" };

    public static IEnumerable<(string State, UpdateView View)> Updates()
    {
        foreach (UpdateRow row in Rows())
        {
            yield return ($"{row.State} {row.Kind} {row.Took} {row.Replays}", View(row));
        }

        foreach (ContentLoss loss in Enum.GetValues<ContentLoss>().Except([ContentLoss.None]))
        {
            yield return ($"{loss}", View(Row("message", UpdateState.Failed, "given-up")) with { Content = null, Loss = loss });
        }

        foreach (ReplayOutcome outcome in Enum.GetValues<ReplayOutcome>().Except([ReplayOutcome.Unknown]))
        {
            yield return ($"done {outcome}", View(Row("message", UpdateState.Waiting, null)) with { Done = outcome.ToString(), IsCut = true });
        }
    }

    private static UpdateView View(UpdateRow row) => new()
    {
        Row = row,
        SortedAt = PageRenderer.Now,
        Place = 2,
        OfDelivery = 3,
        Job = row.State switch
        {
            UpdateState.Waiting => new UpdateJob(1, PageRenderer.Now.AddMinutes(5), null, "NpgsqlException"),
            UpdateState.GivenUp => new UpdateJob(12, PageRenderer.Now, PageRenderer.Now, "CryptographicException"),
            UpdateState.Duplicate => new UpdateJob(0, PageRenderer.Now.AddMinutes(-1), null, null),
            _ => null,
        },
        MessageId = row.ConversationUrl is null ? null : Guid.NewGuid(),
        Content = """{ "message": { "id": "wamid.of-the-test", "text": { "body": "<b>\u0928\u092e\u0938\u094d\u0924\u0947</b>" } } }""",
    };

    private static UpdateRow[] Rows() =>
    [
        .. UpdateFilter.Kinds.Select(kind => Row(kind, UpdateState.Stored, null) with { ConversationUrl = $"/inbox/{Guid.NewGuid()}" }),
        .. Reasons.Select(reason => Row("message", UpdateState.Failed, reason)),
        Row("message", UpdateState.Waiting, null),
        Row("message", UpdateState.Duplicate, null),
        Row("message", UpdateState.GivenUp, "given-up") with { Replays = 1, ReplayedAt = PageRenderer.Now },
        .. Took.Select(took => Row("status", UpdateState.Stored, null) with { SettledAt = PageRenderer.Now.AddMilliseconds(took), Replays = took % 3, ReplayedAt = PageRenderer.Now }),
    ];

    private static UpdateRow Row(string kind, UpdateState state, string? reason) => new(
        Guid.NewGuid(), kind, state, reason, PageRenderer.Now, state == UpdateState.Waiting ? null : PageRenderer.Now.AddMilliseconds(40), Replays: 0, ReplayedAt: null);
}
