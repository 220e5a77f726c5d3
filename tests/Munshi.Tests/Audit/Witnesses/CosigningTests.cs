using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Witnesses;
using Munshi.Ledger.Notes;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;
using Munshi.Tests.Sandbox;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Audit.Witnesses;

/// <summary>An installation and its witnesses over HTTP: what is cosigned, what waits, and what stops signing.</summary>
public sealed class CosigningTests(PostgresTemplate postgres) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { MaxResponseContentBufferSize = 64 * 1024 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task What_is_published_is_cosigned_and_served_with_the_witnesss_line()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(20);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        WitnessPolicy policy = signed.Use(_http, 1, witness.Configured);
        await using CheckpointSigner signer = signed.NewSigner();
        using CosignatureService service = new(signed.Witnesses, signed.State, TimeProvider.System, NullLogger<CosignatureService>.Instance);
        await service.StartAsync(Cancellation);

        await signed.ActAsync(log);
        Assert.Equal(21, Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Size);
        await signed.ActAsync(log);
        Assert.Equal(22, Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Size);
        await Eventually.TrueAsync(() => Task.FromResult(signed.State.Witnesses?.Cosigned?.Size == 22));
        await service.StopAsync(Cancellation);

        PublishedCheckpoint served = Assert.IsType<PublishedCheckpoint>(await PublishedCheckpoint.ReadAsync(signed.Databases.Reader, policy, Cancellation));
        Assert.Equal((22L, true, "witness.example/w1"), (served.Size, served.IsQuorumMet, Assert.Single(served.Cosigners).Name));
        Assert.Equal(2, Assert.IsType<NoteVerification.Verified>(served.Note.Verify([await signed.KeyAsync(), WorkedLog.WitnessKey])).Signatures.Count);
        Assert.Equal(new WitnessSummary(1, 1, 1, signed.State.Witnesses!.Cosigned), signed.State.Witnesses);
    }

    [Fact]
    public async Task Where_the_newest_is_not_cosigned_yet_the_last_one_that_was_is_served()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        WitnessPolicy policy = signed.Use(_http, 1, witness.Configured);
        PublishedCheckpoint? before = await PublishedCheckpoint.ReadAsync(signed.Databases.Reader, policy, Cancellation);
        await signed.ActAsync(log);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync()); // 3 is cosigned before 4 is signed

        PublishedCheckpoint? after = await PublishedCheckpoint.ReadAsync(signed.Databases.Reader, policy, Cancellation);
        PublishedCheckpoint? unwitnessed = await PublishedCheckpoint.ReadAsync(signed.Databases.Reader, WitnessPolicy.None, Cancellation);

        Assert.Equal((3L, false, 0), (before!.Size, before.IsQuorumMet, before.Cosigners.Count));
        Assert.Equal((3L, true), (after!.Size, after.IsQuorumMet));
        Assert.Equal((4L, false), (unwitnessed!.Size, unwitnessed.IsQuorumMet));
    }

    [Fact]
    public async Task The_first_signature_waits_until_the_quorum_has_confirmed_the_last_one()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        string key = (await signed.KeyAsync()).ToString();
        await using RunningWitness first = await RunningWitness.StartAsync(key);
        await using RunningWitness second = await RunningWitness.StartAsync(NoteSigner.Generate("witness.example/w2", NoteKeyType.Cosignature), key);
        await second.StopAsync();
        signed.Use(_http, 2, first.Configured, second.Configured);
        await signed.ActAsync(log);
        await using CheckpointSigner signer = signed.NewSigner();

        Assert.Equal(new TickOutcome.Waiting("waiting for 1 of 2 witnesses"), await signer.TickAsync(TimeSpan.Zero, Cancellation));
        Assert.Equal("waiting for 1 of 2 witnesses", signed.State.Waiting);
        Assert.Null(await signed.Condition.RefusalAsync(Cancellation)); // the gate stays open
        Assert.Equal(2L, await signed.PublishedSizeAsync());
        await second.RestartAsync();
        Assert.Equal(3, Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Size);
        Assert.Null(signed.State.Waiting);
    }

    [Fact]
    public async Task One_of_two_is_enough_where_the_policy_says_so()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        await using FakeWitness lying = await FakeWitness.StartAsync();
        lying.Answer = (context, _) => context.Response.WriteAsync("what?");
        signed.Use(_http, 1, lying.Configured, witness.Configured);
        await signed.ActAsync(log);

        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        Assert.Equal((2, 1, 1, 2L), (signed.State.Witnesses!.Count, signed.State.Witnesses.Quorum, signed.State.Witnesses.Reachable, signed.State.Witnesses.Cosigned!.Size));
    }

    [Fact]
    public async Task A_log_that_never_signed_is_confirmed_by_its_empty_tree()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        LedgerIdentity.Create(signed.Data.Secrets, "shop.example/ledger").Dispose();
        using LedgerIdentity identity = LedgerIdentity.Load(signed.Data.Secrets);
        await using RunningWitness witness = await RunningWitness.StartAsync(identity.VerifierKey.ToString());
        signed.Use(_http, 1, witness.Configured);
        Guid log = await signed.Audited.AddWorkspaceAsync();
        await signed.ActAsync(log);

        Assert.Equal(1, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
        Assert.Empty(await signed.RowsAsync("SELECT size FROM ledger.cosignature", reader => reader.GetInt64(0)));
        await signed.ActAsync(log);
        Assert.Equal(2, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
        Assert.Equal([1L], await signed.RowsAsync("SELECT size FROM ledger.cosignature", reader => reader.GetInt64(0)));
    }

    [Fact]
    public async Task An_answer_lost_after_the_witness_stored_the_checkpoint_is_fetched_by_the_next_attempt()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(3);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        await using FakeWitness between = await FakeWitness.StartAsync();
        bool isLosing = true;
        between.Answer = async (context, request) =>
        {
            (int status, string? type, string body) = await witness.AddAsync(request!.Encode());
            if (isLosing)
            {
                context.Abort();
                return;
            }

            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            await context.Response.WriteAsync(body);
        };
        signed.Use(_http, 1, new ConfiguredWitness(WorkedLog.WitnessKey, between.Configured.Address));

        Assert.IsType<TickOutcome.Waiting>(await signed.SignAsync());
        await witness.RestartAsync();
        isLosing = false;
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        Assert.Equal([3L], await signed.RowsAsync("SELECT size FROM ledger.cosignature", reader => reader.GetInt64(0)));
    }

    [Fact]
    public async Task A_witness_that_never_answers_holds_nobody_up_who_has_his_quorum()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        await using FakeWitness silent = await FakeWitness.StartAsync();
        silent.Answer = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        signed.Use(_http, 1, silent.Configured, witness.Configured);
        await using CheckpointSigner signer = signed.NewSigner();
        Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation));
        using CosignatureService service = new(signed.Witnesses, signed.State, TimeProvider.System, NullLogger<CosignatureService>.Instance);
        await service.StartAsync(Cancellation);

        await signed.ActAsync(log);
        Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation).WaitAsync(WitnessLink.AnswerTime, Cancellation));
        await Eventually.TrueAsync(() => Task.FromResult(signed.State.Witnesses!.Cosigned?.Size == 4));
        await service.StopAsync(Cancellation);
    }
}
