using System.Net;
using System.Net.Http.Headers;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Tiles;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Audit.Proving;

public sealed class ServeProofTests(DashboardServer dashboard) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_members_message_has_its_proof_as_a_file_within_seconds_and_nobody_elses_has()
    {
        using SandboxPhone phone = dashboard.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        await Eventually.TrueAsync(async () => await dashboard.Server.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.place") > 0);
        Guid message = await dashboard.Server.Database.ScalarAsync<Guid>("SELECT object FROM ledger.place ORDER BY seq DESC LIMIT 1");
        using DashboardVisitor owner = await dashboard.OwnerAsync();
        using DashboardVisitor other = await dashboard.OtherOwnerAsync();
        using DashboardVisitor nobody = dashboard.NewVisitor();

        using HttpResponseMessage file = await owner.Http.GetAsync($"/messages/{message}/proof", Cancellation);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.EndsWith(".tlog-proof", file.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        TlogProof proof = Assert.IsType<TlogProofParse.Parsed>(TlogProof.Parse(await file.Content.ReadAsByteArrayAsync(Cancellation))).Proof;
        Assert.IsType<ProofVerdict.Valid>(InclusionProof.Verify(
            (ulong)proof.Index, (ulong)proof.Checkpoint.Size, TreeHash.OfLeaf(proof.Extra.Span), proof.Hashes.ToArray(), proof.Checkpoint.Root));
        Assert.EndsWith($"/w/{dashboard.Server.ClientId}", proof.Checkpoint.Origin, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await owner.Http.GetAsync($"/messages/{message}/head-proof", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.Http.GetAsync($"/ledger/entries/{proof.Index}/proof", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"/messages/{message}/proof", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Http.GetAsync($"/messages/{Guid.NewGuid()}/proof", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Http.GetAsync($"/ledger/entries/{long.MaxValue}/proof", Cancellation)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await nobody.Http.GetAsync($"/messages/{message}/proof", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Anyone_may_read_the_instance_log_and_nothing_below_it()
    {
        await Eventually.TrueAsync(async () => await dashboard.Server.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.instance_checkpoint") > 0);
        using HttpClient anyone = new() { BaseAddress = dashboard.Server.Address };

        using HttpResponseMessage checkpoint = await anyone.GetAsync("/ledger/checkpoint", Cancellation);
        Assert.Equal("text/plain; charset=utf-8", checkpoint.Content.Headers.ContentType?.ToString());
        SignedNote note = Assert.IsType<SignedNoteParse.Parsed>(SignedNote.Parse(await checkpoint.Content.ReadAsByteArrayAsync(Cancellation))).Note;
        Assert.IsType<CheckpointParse.Parsed>(Checkpoint.Parse(note.Text.Span));

        using HttpResponseMessage tile = await anyone.GetAsync("/ledger/tile/0/000.p/1", Cancellation);
        using HttpResponseMessage entries = await anyone.GetAsync("/ledger/tile/entries/000.p/1", Cancellation);
        Assert.Equal(new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromDays(365) }.ToString() + ", immutable", tile.Headers.CacheControl?.ToString());
        byte[] leaf = Assert.Single(EntryBundle.Parse(await entries.Content.ReadAsByteArrayAsync(Cancellation), 1)!);
        Assert.Equal(TreeHash.OfLeaf(leaf).ToArray(), await tile.Content.ReadAsByteArrayAsync(Cancellation));

        foreach (string path in (string[])["/ledger/tile/0/0", "/ledger/tile/0/999", "/ledger/tile/entries/x000/001", "/ledger/tile/"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync(path, Cancellation)).StatusCode);
        }
    }
}
