using Microsoft.AspNetCore.Http;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Witnesses;
using Munshi.Ledger.Notes;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Audit.Witnesses;
using Munshi.Tests.Postgres;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>A witness is believed what its own key signed over this log, and nothing else.</summary>
public sealed class LyingWitnessTests(PostgresTemplate postgres) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { MaxResponseContentBufferSize = 64 * 1024 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

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
    public async Task A_witness_that_lies_is_not_believed_by_the_signer_and_nothing_of_it_is_kept(string lie)
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
        signed.Use(_http, 1, witness.Configured);
        await signed.ActAsync(log);

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
        signed.Use(_http, 1, witness.Configured);

        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        Assert.StartsWith("— fake.example/w ", Assert.Single(await signed.RowsAsync("SELECT line FROM ledger.cosignature", reader => reader.GetString(0))), StringComparison.Ordinal);
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
