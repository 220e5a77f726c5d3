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
        WitnessPolicy policy = Use(signed, 1, witness.Configured);
        await using CheckpointSigner signer = signed.NewSigner();
        using CosignatureService service = new(signed.Witnesses, signed.State, TimeProvider.System, NullLogger<CosignatureService>.Instance);
        await service.StartAsync(Cancellation);

        await ActAsync(signed, log);
        Assert.Equal(21, Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Size);
        await ActAsync(signed, log);
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
        WitnessPolicy policy = Use(signed, 1, witness.Configured);
        PublishedCheckpoint? before = await PublishedCheckpoint.ReadAsync(signed.Databases.Reader, policy, Cancellation);
        await ActAsync(signed, log);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync()); // 3 is cosigned before 4 is signed

        PublishedCheckpoint? after = await PublishedCheckpoint.ReadAsync(signed.Databases.Reader, policy, Cancellation);
        PublishedCheckpoint? unwitnessed = await PublishedCheckpoint.ReadAsync(signed.Databases.Reader, WitnessPolicy.None, Cancellation);

        Assert.Equal((3L, false, 0), (before!.Size, before.IsQuorumMet, before.Cosigners.Count));
        Assert.Equal((3L, true), (after!.Size, after.IsQuorumMet));
        Assert.Equal((4L, false), (unwitnessed!.Size, unwitnessed.IsQuorumMet));
    }

    [Fact]
    public async Task A_line_that_somebody_put_into_the_database_counts_for_nothing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);
        WitnessPolicy policy = new([new ConfiguredWitness(WorkedLog.WitnessKey, new Uri("https://witness.example/"))], 1);
        await signed.Audited.Database.AsSuperuserAsync(
            $"INSERT INTO ledger.cosignature VALUES (1, 'witness.example/w1', '{WorkedLog.Response.TrimEnd('\n')}')");

        PublishedCheckpoint? served = await PublishedCheckpoint.ReadAsync(signed.Databases.Reader, policy, Cancellation);

        Assert.Equal((1L, false, 0, 1), (served!.Size, served.IsQuorumMet, served.Cosigners.Count, served.Note.Signatures.Count));
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
        Use(signed, 2, first.Configured, second.Configured);
        await ActAsync(signed, log);
        await using CheckpointSigner signer = signed.NewSigner();

        Assert.Equal(new TickOutcome.Waiting("waiting for 1 of 2 witnesses"), await signer.TickAsync(TimeSpan.Zero, Cancellation));
        Assert.Equal("waiting for 1 of 2 witnesses", signed.State.Waiting);
        Assert.Null(await signed.Condition.RefusalAsync(Cancellation)); // the gate stays open
        Assert.Equal(2L, await PublishedSizeAsync(signed));
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
        Use(signed, 1, lying.Configured, witness.Configured);
        await ActAsync(signed, log);

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
        Use(signed, 1, witness.Configured);
        Guid log = await signed.Audited.AddWorkspaceAsync();
        await ActAsync(signed, log);

        Assert.Equal(1, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
        Assert.Empty(await signed.RowsAsync("SELECT size FROM ledger.cosignature", reader => reader.GetInt64(0)));
        await ActAsync(signed, log);
        Assert.Equal(2, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
        Assert.Equal([1L], await signed.RowsAsync("SELECT size FROM ledger.cosignature", reader => reader.GetInt64(0)));
    }

    [Fact]
    public async Task A_database_rolled_back_together_with_its_checkpoint_file_is_found_by_the_witness_and_signs_nothing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        byte[] yesterday = signed.File.Read()!;
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        Use(signed, 1, witness.Configured);
        await ActAsync(signed, log);
        await signed.SignAsync();
        await ActAsync(signed, log);
        await signed.SignAsync(); // 3 is cosigned
        await RollBackAsync(signed, log, 2, yesterday);
        Assert.Null(await new SignedPast(signed.Databases, signed.File, new CheckpointState()).RefusalAsync(Cancellation)); // nothing here tells
        Use(signed, 1, witness.Configured);

        string reason = Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason;

        Assert.StartsWith("witness witness.example/w1 says that it cosigned 3 ticks, and 2 were published here: ", reason, StringComparison.Ordinal);
        Assert.Contains("it shows a checkpoint of 3 ticks with root ", reason, StringComparison.Ordinal);
        Assert.Equal(reason, await signed.Condition.RefusalAsync(Cancellation));
        await ActAsync(signed, log);
        Assert.Equal(new TickOutcome.Refused(reason), await signed.SignAsync());
        Assert.Equal(2L, await PublishedSizeAsync(signed));
    }

    [Fact]
    public async Task Two_histories_under_one_key_cannot_both_be_cosigned_and_the_second_stops()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await using SignedDatabase forked = await SignedDatabase.CreateAsync(postgres);
        LedgerIdentity.Create(signed.Data.Secrets, "shop.example/ledger").Dispose();
        foreach (string key in Directory.EnumerateFiles(signed.Data.Secrets, "ledger-*"))
        {
            File.Copy(key, Path.Combine(forked.Data.Secrets, Path.GetFileName(key)));
        }

        await signed.FillAsync(3);
        Guid log = await forked.FillAsync(5);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        Use(signed, 1, witness.Configured);
        Use(forked, 1, witness.Configured);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        await ActAsync(forked, log);

        string reason = Assert.IsType<TickOutcome.Refused>(await forked.SignAsync()).Reason;

        Assert.StartsWith("witness witness.example/w1 says that it cosigned another history than the one here, up to size 3; it shows a checkpoint of 3 ticks", reason, StringComparison.Ordinal);
        Assert.Equal(5L, await PublishedSizeAsync(forked));
        Assert.Equal(reason, await forked.Condition.RefusalAsync(Cancellation));
    }

    [Fact]
    public async Task Evidence_that_comes_while_the_server_runs_stops_the_next_signature()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        await using FakeWitness witness = await FakeWitness.StartAsync();
        witness.Answer = witness.CosignAsync;
        Use(signed, 1, witness.Configured);
        await using CheckpointSigner signer = signed.NewSigner();
        Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation));
        witness.Answer = (context, request) => request is null ? witness.CosignAsync(context, null) : FakeWitness.SizeAsync(context, "900\n");
        using CosignatureService service = new(signed.Witnesses, signed.State, TimeProvider.System, NullLogger<CosignatureService>.Instance);

        await service.StartAsync(Cancellation);
        await Eventually.TrueAsync(() => Task.FromResult(signed.State.WitnessRefusal is not null));
        await service.StopAsync(Cancellation);
        await ActAsync(signed, log);

        string reason = Assert.IsType<TickOutcome.Refused>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Reason;
        Assert.StartsWith("witness fake.example/w says that it cosigned 900 ticks, and 3 were published here: ", reason, StringComparison.Ordinal);
        Assert.EndsWith("it shows no checkpoint that this installation's key signed", reason, StringComparison.Ordinal);
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
        Use(signed, 1, new ConfiguredWitness(WorkedLog.WitnessKey, between.Configured.Address));

        Assert.IsType<TickOutcome.Waiting>(await signed.SignAsync());
        await witness.RestartAsync();
        isLosing = false;
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        Assert.Equal([3L], await signed.RowsAsync("SELECT size FROM ledger.cosignature", reader => reader.GetInt64(0)));
    }

    [Theory]
    [InlineData("a wrong signature")]
    [InlineData("another root")]
    [InlineData("a stranger's line alone")]
    [InlineData("garbage")]
    [InlineData("a huge body")]
    [InlineData("sizes that are none")]
    [InlineData("other sizes for ever")]
    [InlineData("a redirect")]
    [InlineData("an error")]
    public async Task A_witness_that_lies_is_not_believed_and_nothing_of_it_is_kept(string lie)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(5);
        await using FakeWitness witness = await FakeWitness.StartAsync();
        using NoteSigner stranger = NoteSigner.Generate("stranger.example", NoteKeyType.Cosignature);
        using NoteSigner impostor = NoteSigner.Generate("fake.example/w", NoteKeyType.Cosignature);
        long told = 0;
        witness.Answer = (context, request) => lie switch
        {
            "a wrong signature" => context.Response.WriteAsync($"{Twisted(witness.Signer.Cosign(request!.Checkpoint, 1795219200))}\n"),
            "another root" => context.Response.WriteAsync($"{witness.Signer.Cosign(new Checkpoint(request!.Checkpoint.Origin, request.Checkpoint.Size, Ledger.Digest.Zero), 1795219200)}\n"),
            "a stranger's line alone" => context.Response.WriteAsync($"{stranger.Cosign(request!.Checkpoint, 1795219200)}\n{impostor.Cosign(request.Checkpoint, 1795219200)}\n"),
            "garbage" => context.Response.WriteAsync("\0\uFFFF"),
            "a huge body" => context.Response.WriteAsync(new string('x', 10_000_000)),
            "sizes that are none" => FakeWitness.SizeAsync(context, "-1\n"),
            "other sizes for ever" => FakeWitness.SizeAsync(context, $"{(told++ % 3) + 1}\n"),
            "a redirect" => RedirectAsync(context),
            _ => Task.FromException(new InvalidOperationException()),
        };
        Use(signed, 1, witness.Configured);
        await ActAsync(signed, log);

        Assert.IsType<TickOutcome.Waiting>(await signed.SignAsync());
        Assert.Null(signed.State.Refusal);
        Assert.Empty(await signed.RowsAsync("SELECT line FROM ledger.cosignature", reader => reader.GetString(0)));
        Assert.InRange(witness.Requests, 1, 10);
    }

    [Fact]
    public async Task A_line_of_a_stranger_beside_the_witnesss_own_is_passed_over()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);
        await using FakeWitness witness = await FakeWitness.StartAsync();
        using NoteSigner stranger = NoteSigner.Generate("stranger.example", NoteKeyType.Cosignature);
        witness.Answer = (context, request) => context.Response.WriteAsync(
            $"{stranger.Cosign(request!.Checkpoint, 1)}\n{witness.Signer.Cosign(request.Checkpoint, 1795219200)}\n");
        Use(signed, 1, witness.Configured);

        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        Assert.StartsWith("— fake.example/w ", Assert.Single(await signed.RowsAsync("SELECT line FROM ledger.cosignature", reader => reader.GetString(0))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_that_never_answers_holds_nobody_up_who_has_his_quorum()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        await using FakeWitness silent = await FakeWitness.StartAsync();
        silent.Answer = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        Use(signed, 1, silent.Configured, witness.Configured);
        await using CheckpointSigner signer = signed.NewSigner();
        Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation));
        using CosignatureService service = new(signed.Witnesses, signed.State, TimeProvider.System, NullLogger<CosignatureService>.Instance);
        await service.StartAsync(Cancellation);

        await ActAsync(signed, log);
        Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation).WaitAsync(WitnessLink.AnswerTime, Cancellation));
        await Eventually.TrueAsync(() => Task.FromResult(signed.State.Witnesses!.Cosigned?.Size == 4));
        await service.StopAsync(Cancellation);
    }

    private WitnessPolicy Use(SignedDatabase signed, int quorum, params ConfiguredWitness[] witnesses)
    {
        WitnessPolicy policy = new(witnesses, quorum);
        signed.Witnesses = signed.NewWitnesses(policy, _http);
        return policy;
    }

    private static async Task ActAsync(SignedDatabase signed, Guid log)
    {
        await signed.Audited.ActAsync(log, TimeSpan.FromMinutes(2));
        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());
    }

    private static async Task<long> PublishedSizeAsync(SignedDatabase signed) =>
        Assert.Single(await signed.RowsAsync("SELECT max(size) FROM ledger.instance_checkpoint", reader => reader.GetInt64(0)));

    /// <summary>As a restore of an older backup leaves it: everything about later ticks is gone, in the file too.</summary>
    private static async Task RollBackAsync(SignedDatabase signed, Guid log, int size, byte[] file)
    {
        await signed.TamperAsync("cosignature", $"DELETE FROM ledger.cosignature WHERE size > {size}");
        await signed.TamperAsync("instance_checkpoint", $"DELETE FROM ledger.instance_checkpoint WHERE size > {size}");
        await signed.TamperAsync("checkpoint", $"DELETE FROM ledger.checkpoint WHERE tick >= {size}");
        await signed.TamperAsync("tick", $"DELETE FROM ledger.tick WHERE seq >= {size}");
        await signed.TamperAsync("entry", $"DELETE FROM ledger.entry WHERE client_id = '{log}' AND seq >= {size}");
        await File.WriteAllBytesAsync(signed.FilePath, file, Cancellation);
    }

    private static NoteSignature Twisted(NoteSignature line)
    {
        byte[] blob = line.Signature.ToArray();
        blob[^1] ^= 1;
        return new NoteSignature(line.Name, line.KeyId, blob);
    }

    private static Task RedirectAsync(HttpContext context)
    {
        context.Response.Redirect("https://elsewhere.example/add-checkpoint");
        return Task.CompletedTask;
    }
}
