using System.Diagnostics;
using Munshi.Database;
using Npgsql;

namespace Munshi.Bench.Audit;

/// <summary>Writers without pause, each on a conversation of its own.</summary>
internal static class Writing
{
    public delegate Task ActAsync(WorkspaceDatabase database, BenchConversation conversation, EventPlace place, CancellationToken cancellationToken);

    /// <summary>The acts that are measured.</summary>
    public static (string Name, ActAsync Act)[] Acts { get; } =
        [("store a message", Act.StoreMessageAsync), ("take a conversation over", Act.ChangeOwnerAsync)];

    /// <summary>Acts a second.</summary>
    /// <param name="database">The writers', who share its connections.</param>
    /// <param name="conversations">One for each writer.</param>
    /// <param name="act">What they do.</param>
    /// <param name="place">Where its event goes.</param>
    /// <param name="time">How long.</param>
    /// <param name="cancellationToken">Honoured between acts.</param>
    public static async Task<double> RunAsync(
        WorkspaceDatabase database, IEnumerable<BenchConversation> conversations, ActAsync act, EventPlace place, TimeSpan time, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        long[] done = await Task.WhenAll(conversations.Select(conversation => Task.Run(
            async () =>
            {
                long count = 0;
                for (; Stopwatch.GetElapsedTime(began) < time; count++)
                {
                    await act(database, conversation, place, cancellationToken);
                }

                return count;
            },
            cancellationToken)));
        return done.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Makes so many conversations, each of a customer of its own whom people answer.</summary>
    public static async Task<IReadOnlyList<BenchConversation>> ConversationsAsync(RunningMunshi munshi, int count, CancellationToken cancellationToken)
    {
        await munshi.HandOffAsync(Enumerable.Range(0, count).Select(i => $"9190002{i:D5}"), cancellationToken);
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand list = new(
            """
            SELECT DISTINCT ON (c.id) c.client_id, c.id, i.id, k.key_id, p.person_id
            FROM vault.conversation c
            JOIN vault.identifier i ON i.client_id = c.client_id AND i.contact_id = c.contact_id
            JOIN vault.data_key k ON k.client_id = i.client_id AND k.identifier_id = i.id
            JOIN access.membership p ON p.client_id = c.client_id
            """,
            admin);
        await using NpgsqlDataReader reader = await list.ExecuteReaderAsync(cancellationToken);
        List<BenchConversation> conversations = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            conversations.Add(new BenchConversation(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetGuid(4)));
        }

        return conversations.Count == count ? conversations : throw new InvalidOperationException($"{conversations.Count} conversations instead of {count}.");
    }
}
