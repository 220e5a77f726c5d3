using Microsoft.AspNetCore.Http;
using Munshi.Audit.Checkpoints;
using Munshi.Database.Manifest;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Audit.Witnesses;

/// <summary>After a start nothing leaves before the witnesses had their say.</summary>
public sealed class WitnessHearingTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000008301";

    private readonly TaskCompletionSource _isAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FakeWitness _witness = null!;
    private RunningServer _server = null!;
    private SandboxPhone _phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private bool IsOpen => _server.Get<DatabaseGate>().IsOpen;

    public async ValueTask InitializeAsync()
    {
        _witness = await FakeWitness.StartAsync();
        _witness.Answer = _witness.CosignAsync;
        _server = await RunningServer.StartAsync(
            postgres, Cancellation, $"--Ledger:Witnesses:0:Vkey={_witness.Configured.Key}", $"--Ledger:Witnesses:0:Url={_witness.Configured.Address}");
        _phone = new SandboxPhone(_server, Customer);
    }

    public async ValueTask DisposeAsync()
    {
        _phone.Dispose();
        await _server.DisposeAsync();
        await _witness.DisposeAsync();
    }

    [Fact]
    public async Task A_witness_that_saw_more_keeps_what_waits_from_leaving_and_webhooks_are_kept_meanwhile()
    {
        await RestartedWithAnAnswerThatWaitsAsync();
        Assert.False(IsOpen);
        long kept = await DeliveriesAsync();
        await _phone.WriteAsync(new { text = "Is there parking?" }, Cancellation);
        await Eventually.TrueAsync(async () => await DeliveriesAsync() > kept);

        _witness.Answer = (context, request) => request is null ? _witness.CosignAsync(context, null) : FakeWitness.SizeAsync(context, "900000\n");
        _mayAnswer.SetResult();
        await Eventually.TrueAsync(() => Task.FromResult(_server.Get<CheckpointState>().WitnessRefusal is not null));

        Assert.False(IsOpen);
        Assert.Equal("queued", await _server.Database.ScalarAsync<string>("SELECT max(state) FROM channel.outbox"));
        Assert.Equal(0, await AnswersAsync());
    }

    [Fact]
    public async Task A_witness_that_confirms_lets_what_waits_leave_at_once()
    {
        await RestartedWithAnAnswerThatWaitsAsync();
        Assert.False(IsOpen);

        _witness.Answer = _witness.CosignAsync;
        _mayAnswer.SetResult();

        await Eventually.TrueAsync(async () => await AnswersAsync() == 1);
    }

    [Fact]
    public async Task A_witness_that_does_not_answer_is_waited_for_as_long_as_one_may_take_and_no_longer()
    {
        await RestartedWithAnAnswerThatWaitsAsync();
        Assert.False(IsOpen);

        await Eventually.TrueAsync(async () => await AnswersAsync() == 1);
    }

    [Fact]
    public async Task What_a_witness_shows_later_closes_the_gate_at_once()
    {
        await Eventually.TrueAsync(() => Task.FromResult(IsOpen));

        _witness.Answer = (context, request) => request is null ? _witness.CosignAsync(context, null) : FakeWitness.SizeAsync(context, "900000\n");
        await _phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await Eventually.TrueAsync(() => Task.FromResult(_server.Get<CheckpointState>().WitnessRefusal is not null));

        Assert.False(IsOpen);
    }

    /// <summary>The server was restarted while Graph refused its answer; the witness is asked and says nothing yet.</summary>
    private async Task RestartedWithAnAnswerThatWaitsAsync()
    {
        await _server.FaultsAsync(new { http429 = true });
        await _phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<string>("SELECT coalesce(max(state || attempts), '') FROM channel.outbox") == "queued1");
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.cosignature") > 0);
        await _server.RestartAsync(async () =>
        {
            _witness.Answer = HesitateAsync;
            await _server.FaultsAsync(new { http429 = false });
            await _server.Database.AsSuperuserAsync("UPDATE work.job SET run_at = now(), lease = NULL, leased_until = NULL WHERE kind = 'channel.send'");
        });
        await _isAsked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    private async Task HesitateAsync(HttpContext context, Munshi.Ledger.Notes.AddCheckpointRequest? request)
    {
        _isAsked.TrySetResult();
        await _mayAnswer.Task.WaitAsync(context.RequestAborted);
        await _witness.Answer(context, request);
    }

    private Task<long> DeliveriesAsync() => _server.Database.ScalarAsync<long>("SELECT count(*) FROM intake.delivery");

    private async Task<int> AnswersAsync() =>
        (await _phone.MessagesAsync(Cancellation)).Count(message => message.GetProperty("direction").GetString() == "business");
}
