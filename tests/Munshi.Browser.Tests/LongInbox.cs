using Munshi.Tests.Postgres;

namespace Munshi.Browser.Tests;

/// <summary>A <see cref="Bench"/> of its own, whose workspace holds many conversations.</summary>
public sealed class LongInbox(PostgresTemplate postgres) : IAsyncLifetime
{
    private int _stored;

    public Bench Bench { get; } = new(postgres);

    public ValueTask InitializeAsync() => Bench.InitializeAsync();

    /// <summary>Adds customers without a name, each with a conversation of long ago, a minute apart, until there are so many.</summary>
    public async Task FillAsync(int conversations)
    {
        if (_stored < conversations)
        {
            await Bench.Server.Database.AsSuperuserAsync(
                $"""
                WITH base AS (SELECT client_id, number_id, last_message_id FROM vault.conversation ORDER BY last_at LIMIT 1),
                made AS (SELECT n, gen_random_uuid() AS contact FROM generate_series({_stored + 1}, {conversations}) n),
                contacts AS (INSERT INTO vault.contact (client_id, id, created_at) SELECT b.client_id, m.contact, now() FROM base b, made m RETURNING id)
                INSERT INTO vault.conversation (client_id, id, contact_id, number_id, opened_at, last_at, last_message_id, inbound_count, read_count, owner_kind, owner_epoch)
                SELECT b.client_id, gen_random_uuid(), m.contact, b.number_id, now() - interval '9 days', now() - interval '2 days' - m.n * interval '1 minute',
                    b.last_message_id, 1, 1, 'responder', 0
                FROM base b, made m WHERE EXISTS (SELECT FROM contacts);
                ANALYZE vault.conversation;
                """);
            _stored = conversations;
        }
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
