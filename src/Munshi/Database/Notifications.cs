namespace Munshi.Database;

/// <summary>What listening processes are told with NOTIFY, always behind the commit that it is about and in a transaction of its own.</summary>
/// <remarks>
/// PostgreSQL lets transactions that notify commit one after the other over the whole cluster, each with its own flush of the log; one that writes nothing
/// flushes nothing. What a crash between the two swallows, every listener finds when it looks by itself.
/// </remarks>
internal static class Notifications
{
    /// <summary>There are jobs.</summary>
    public const string Work = "munshi_work";

    /// <summary>There are deliveries.</summary>
    public const string Deliveries = "munshi_intake";

    /// <summary>Something that is shown changed, see <see cref="Signals"/>.</summary>
    public const string Signal = "munshi_signal";

    /// <summary>To be run outside of a writing transaction.</summary>
    public static Statement Of(IReadOnlyCollection<(string Channel, string Payload)> told) =>
        new Statement("SELECT pg_notify(told.channel, told.payload) FROM unnest($1::text[], $2::text[]) AS told (channel, payload)")
            .Texts([.. told.Select(one => one.Channel)]).Texts([.. told.Select(one => one.Payload)]);
}
