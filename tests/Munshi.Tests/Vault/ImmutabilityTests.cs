using Munshi.Database;
using Munshi.Tests.Running;
using Munshi.Vault;
using Npgsql;

namespace Munshi.Tests.Vault;

public sealed class ImmutabilityTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using SandboxPhone phone = new(_server, shared.NewCustomer());
        await phone.AskAsync("What are your timings?", Cancellation);
        await _server.SettledAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("UPDATE vault.message SET kind = 'image'")]
    [InlineData("UPDATE vault.message SET text_sealed = NULL")]
    [InlineData("UPDATE vault.message_status SET status = 'read'")]
    [InlineData("UPDATE vault.data_key SET period = 202601")]
    [InlineData("UPDATE vault.provider_reference SET message_id = message_id")]
    [InlineData("UPDATE responder.agent_run SET decision = 'silent'")]
    [InlineData("DELETE FROM vault.message")]
    [InlineData("DELETE FROM vault.message_status")]
    [InlineData("DELETE FROM vault.provider_reference")]
    [InlineData("DELETE FROM vault.identifier")]
    [InlineData("DELETE FROM vault.conversation")]
    [InlineData("DELETE FROM vault.contact")]
    [InlineData("TRUNCATE vault.message CASCADE")]
    [InlineData("TRUNCATE vault.contact CASCADE")]
    public async Task What_was_written_cannot_be_changed_or_removed_by_anyone(string statement)
    {
        await Assert.ThrowsAsync<PostgresException>(() => _server.Database.AsSuperuserAsync(statement));
        await Assert.ThrowsAsync<PostgresException>(() => _server.Get<WorkspaceDatabase>().ExecuteAsync(_server.ClientId, [new Statement(statement)], Cancellation));
    }

    [Theory]
    [InlineData("23:54:59", true)]
    [InlineData("23:55:00", false)]
    [InlineData("23:55:01", false)]
    public void The_window_closes_five_minutes_before_Metas_24_hours(string since, bool open)
    {
        DateTimeOffset from = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
        ConversationState conversation = new()
        {
            Id = Guid.Empty,
            ContactId = Guid.Empty,
            NumberId = Guid.Empty,
            LastAt = from,
            InboundCount = 1,
            WindowFrom = from,
            Owner = OwnerKind.Responder,
            OwnerPersonId = null,
            OwnerEpoch = 0,
            Greeted = false,
            OptedOut = false,
            Standing = Standing.Open,
            SnoozedUntil = null,
            GoesOnIn = null,
        };

        Assert.Equal(open, conversation.WindowIsOpen(from + TimeSpan.Parse(since, null)));
        Assert.False((conversation with { WindowFrom = null }).WindowIsOpen(from));
    }
}
