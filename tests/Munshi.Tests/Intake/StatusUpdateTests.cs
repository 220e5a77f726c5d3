using System.Net;
using Munshi.Database.WorkQueue;
using Munshi.Intake;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Intake;

public sealed class StatusUpdateTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sent delivered read", "read")]
    [InlineData("read delivered sent", "read")]
    [InlineData("delivered sent delivered sent", "delivered")]
    [InlineData("failed sent", "failed")]
    [InlineData("sent failed", "failed")]
    [InlineData("delivered failed", "delivered")]
    [InlineData("failed delivered", "delivered")]
    [InlineData("sent teleported", "sent")]
    public async Task The_highest_rank_is_shown_in_whatever_order_reports_come(string reports, string shown)
    {
        string customer = shared.NewCustomer();
        Guid messageId = await AnswerAsync(customer);
        foreach (string report in reports.Split(' '))
        {
            await DeliverAsync(MetaPayload.Statuses(MetaPayload.Status("wamid.X" + customer, report, customer, messageId.ToString())));
            await Eventually.TrueAsync(async () => await UnsettledAsync() == 0);
        }

        Assert.Equal(shown, await _server.Database.ScalarAsync<string>(
            $"SELECT status FROM vault.current_status WHERE message_id = '{messageId}'"));
        Assert.Equal(reports.Split(' ').Distinct().Count(), await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM vault.message_status WHERE message_id = '{messageId}' AND raw_sealed IS NOT NULL"));
    }

    [Fact]
    public async Task A_report_finds_its_message_by_the_providers_id_alone()
    {
        string customer = shared.NewCustomer();
        Guid messageId = await AnswerAsync(customer);
        await DeliverAsync(MetaPayload.Statuses(MetaPayload.Status("wamid.Y" + customer, "sent", customer, messageId.ToString())));
        await DeliverAsync(MetaPayload.Statuses(MetaPayload.Status("wamid.Y" + customer, "read", customer, callbackData: null)));

        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<string>(
            $"SELECT status FROM vault.current_status WHERE message_id = '{messageId}'") == "read");
    }

    [Fact]
    public async Task A_report_about_no_message_of_ours_is_tried_again_and_then_kept_as_failed()
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(MetaPayload.Statuses(MetaPayload.Status(MetaPayload.NewId(), "sent", customer, Guid.NewGuid().ToString())));
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            "SELECT coalesce(max(attempts), 0) FROM work.job WHERE kind = 'intake.update' AND lease IS NULL") >= 2);

        Guid lease = Guid.NewGuid();
        Guid jobId = await _server.Database.ScalarAsync<Guid>(
            $"UPDATE work.job SET lease = '{lease}', leased_until = now() + interval '1 hour' WHERE kind = 'intake.update' RETURNING id");
        UpdateHandler handler = Assert.Single(_server.Get<IEnumerable<IJobHandler>>().OfType<UpdateHandler>());
        await handler.HandleAsync(new JobLease(_server.ClientId, jobId, handler.Kind, 8, lease), Cancellation);

        Assert.Equal("failed no-such-message", await _server.Database.ScalarAsync<string>(
            "SELECT state || ' ' || reason FROM intake.update ORDER BY received_at DESC LIMIT 1"));
        Assert.Equal(0, await UnsettledAsync());
    }

    /// <summary>An answer whose real reports the sandbox keeps to itself.</summary>
    private async Task<Guid> AnswerAsync(string customer)
    {
        await _server.FaultsAsync(new { statusLoss = true });
        using SandboxPhone phone = new(_server, customer);
        await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await Eventually.TrueAsync(async () => (await _server.MessagesAsync(customer)).Any(message => message.Status is "accepted"));
        return (await _server.MessagesAsync(customer)).Single(message => message.Direction == "out").Id;
    }

    private async Task DeliverAsync(byte[] body)
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(body, Cancellation));
    }

    private Task<int> UnsettledAsync() => _server.Database.ScalarAsync<int>(
        "SELECT (SELECT count(*) FROM intake.delivery WHERE sorted_at IS NULL)::int + (SELECT count(*) FROM intake.update WHERE state = 'pending')::int");
}
