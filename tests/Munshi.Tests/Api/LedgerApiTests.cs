using System.Net;
using System.Text;
using System.Text.Json;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Api;

public sealed class LedgerApiTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Fact]
    public async Task A_messages_proof_holds_by_itself_up_to_the_instance_log()
    {
        using ApiProgram program = await ProgramAsync();
        Guid message = await ProvedMessageAsync();

        JsonElement log = await program.GetAsync("ledger/log");
        JsonElement proof = await ProvedAsync(program, $"messages/{message}/proof");

        LedgerLeaf leaf = ReadProofBack.Check(proof, ReadProofBack.Key(log.GetProperty("verifierKey")), ReadProofBack.Key(log.GetProperty("instanceVerifierKey")));
        Assert.Equal(($"message:{message}", "message.received", Server.ClientId), (leaf.Target, leaf.Action, leaf.Log));
        JsonElement ofEntry = await ProvedAsync(program, $"ledger/entries/{leaf.Seq}/proof");
        Assert.Equal(proof.GetProperty("leaf").GetString(), ofEntry.GetProperty("leaf").GetString());
    }

    [Theory]
    [InlineData("messages/{0}")]
    [InlineData("ledger/entries/{1}")]
    public async Task The_files_are_those_of_the_dashboard(string path)
    {
        using ApiProgram program = await ProgramAsync();
        Guid message = await ProvedMessageAsync();
        JsonElement proof = await ProvedAsync(program, $"messages/{message}/proof");
        string named = string.Format(null, path, message, proof.GetProperty("index").GetInt64());

        using HttpResponseMessage file = await program.Http.GetAsync($"{named}/proof.tlog-proof", Cancellation);
        using HttpResponseMessage headFile = await program.Http.GetAsync($"{named}/head-proof.tlog-proof", Cancellation);
        TlogProof ofRow = Assert.IsType<TlogProofParse.Parsed>(TlogProof.Parse(await file.Content.ReadAsByteArrayAsync(Cancellation))).Proof;
        TlogProof ofHead = Assert.IsType<TlogProofParse.Parsed>(TlogProof.Parse(await headFile.Content.ReadAsByteArrayAsync(Cancellation))).Proof;

        Assert.Equal($"munshi-entry-{ofRow.Index}.tlog-proof", file.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal($"munshi-head-{ofRow.Index}.tlog-proof", headFile.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(proof.GetProperty("leaf").GetString(), Encoding.ASCII.GetString(ofRow.Extra.Span));
        Assert.IsType<ProofVerdict.Valid>(InclusionProof.Verify(
            (ulong)ofRow.Index, (ulong)ofRow.Checkpoint.Size, TreeHash.OfLeaf(ofRow.Extra.Span), ofRow.Hashes.ToArray(), ofRow.Checkpoint.Root));
        Assert.EndsWith($"/w/{Server.ClientId}", ofRow.Checkpoint.Origin, StringComparison.Ordinal);
        Assert.DoesNotContain("/w/", ofHead.Checkpoint.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_tells_its_newest_checkpoint_which_its_key_signed()
    {
        using ApiProgram program = await ProgramAsync();
        await ProvedMessageAsync();

        JsonElement log = await program.GetAsync("ledger/log");

        Checkpoint checkpoint = ReadProofBack.Open(log.GetProperty("checkpoint").GetString()!, ReadProofBack.Key(log.GetProperty("verifierKey")));
        Assert.Equal((checkpoint.Origin, checkpoint.Size, checkpoint.Root), (
            log.GetProperty("origin").GetString(), log.GetProperty("size").GetInt64(), ReadProofBack.Hash(log.GetProperty("root"))));
        Assert.True(LedgerTime.TryParse(Encoding.ASCII.GetBytes(log.GetProperty("time").GetString()!), out _));
    }

    [Fact]
    public async Task The_pages_of_the_list_hold_every_entry_once_newest_first_and_no_pseudonym()
    {
        using ApiProgram program = await ProgramAsync();
        await ProvedMessageAsync();
        JsonElement first = await program.GetAsync("ledger/entries?limit=3");
        long newest = first.GetProperty("entries")[0].GetProperty("seq").GetInt64();

        List<JsonElement> entries = [.. first.GetProperty("entries").EnumerateArray()];
        for (JsonElement page = first; page.GetProperty("nextCursor").GetString() is { } cursor;)
        {
            Assert.Equal(3, page.GetProperty("entries").GetArrayLength());
            page = await program.GetAsync($"ledger/entries?limit=3&cursor={cursor}");
            entries.AddRange(page.GetProperty("entries").EnumerateArray());
        }

        Assert.Equal(Enumerable.Range(0, (int)newest + 1).Select(seq => newest - seq), entries.Select(entry => entry.GetProperty("seq").GetInt64()));
        Assert.All(entries, entry =>
        {
            Assert.Equal(["seq", "time", "actor", "action"], entry.EnumerateObject().Select(member => member.Name));
            Assert.Contains(entry.GetProperty("actor").GetString(), (string[])["person", "customer", "program"]);
        });
        JsonElement[] received = [.. entries.Where(entry => entry.GetProperty("action").GetString() == "message.received")];
        Assert.NotEmpty(received);
        Assert.All(received, entry => Assert.Equal("customer", entry.GetProperty("actor").GetString()));
    }

    [Fact]
    public async Task An_entrys_leaf_gives_its_hash_which_the_next_one_names()
    {
        using ApiProgram program = await ProgramAsync();
        await ProvedMessageAsync();

        JsonElement entry = await program.GetAsync("ledger/entries/1");
        JsonElement next = await program.GetAsync("ledger/entries/2");

        byte[] leaf = Encoding.UTF8.GetBytes(entry.GetProperty("leaf").GetString()!);
        LedgerLeaf read = Assert.IsType<LeafParse.Parsed>(LedgerLeaf.Parse(leaf)).Leaf;
        Assert.Equal(LedgerLeaf.RowHash(leaf), ReadProofBack.Hash(entry.GetProperty("leafHash")));
        Assert.Equal(entry.GetProperty("leafHash").GetString(), next.GetProperty("previous").GetString());
        Assert.Equal((read.Actor, read.Action, read.Target, LedgerTime.Format(read.Time)), (
            entry.GetProperty("actor").GetString(), entry.GetProperty("action").GetString(), entry.GetProperty("object").GetString(), entry.GetProperty("time").GetString()));
        Assert.InRange(entry.GetProperty("signedSize").GetInt64(), 2, long.MaxValue);
    }

    [Fact]
    public async Task Two_checkpoints_have_a_proof_that_the_log_only_grew()
    {
        using ApiProgram program = await ProgramAsync();
        await ProvedMessageAsync();
        JsonElement log = await program.GetAsync("ledger/log");
        long from = log.GetProperty("size").GetInt64();
        await ProvedMessageAsync();
        await Eventually.TrueAsync(async () => (await program.GetAsync("ledger/log")).GetProperty("size").GetInt64() > from);
        long to = (await program.GetAsync("ledger/log")).GetProperty("size").GetInt64();

        JsonElement proof = await program.GetAsync($"ledger/consistency?from={from}&to={to}");

        VerifierKey key = ReadProofBack.Key(log.GetProperty("verifierKey"));
        Checkpoint older = ReadProofBack.Open(proof.GetProperty("fromCheckpoint").GetString()!, key);
        Checkpoint newer = ReadProofBack.Open(proof.GetProperty("toCheckpoint").GetString()!, key);
        Assert.Equal((from, to), (older.Size, newer.Size));
        Assert.IsType<ProofVerdict.Valid>(ConsistencyProof.Verify((ulong)from, (ulong)to, older.Root, newer.Root, ReadProofBack.Hashes(proof.GetProperty("hashes"))));
        Assert.Equal(0, (await program.GetAsync($"ledger/consistency?from={to}&to={to}")).GetProperty("hashes").GetArrayLength());
        Assert.Equal((404, "not-there"), await program.RefusalAsync($"ledger/consistency?from={from}&to={to + 1000}"));
    }

    [Fact]
    public async Task Another_workspaces_message_and_entries_are_not_there()
    {
        Guid message = await ProvedMessageAsync();
        using ApiProgram own = await ProgramAsync();
        using ApiProgram other = await ApiProgram.WithKeyAsync(Server, shared.OtherClientId, shared.OtherOwnerId);
        long index = (await ProvedAsync(own, $"messages/{message}/proof")).GetProperty("index").GetInt64();
        await Eventually.TrueAsync(async () => (await other.Http.GetAsync("ledger/log", Cancellation)).StatusCode == HttpStatusCode.OK);

        foreach (string path in (string[])["proof", "proof.tlog-proof", "head-proof.tlog-proof"])
        {
            Assert.Equal((404, "not-there"), await other.RefusalAsync($"messages/{message}/{path}"));
            Assert.Equal((404, "not-there"), await own.RefusalAsync($"messages/{Guid.NewGuid()}/{path}"));
        }

        JsonElement theirs = await other.GetAsync("ledger/entries?limit=500");
        JsonElement log = await other.GetAsync("ledger/log");
        Assert.True(theirs.GetProperty("entries").GetArrayLength() < index, "the other log is too long for this test");
        Assert.Equal((404, "not-there"), await other.RefusalAsync($"ledger/entries/{index}"));
        Assert.Equal((404, "not-there"), await other.RefusalAsync($"ledger/entries/{index}/proof"));
        Assert.DoesNotContain(theirs.GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("action").GetString() == "message.received");
        Assert.EndsWith($"/w/{shared.OtherClientId}", log.GetProperty("origin").GetString(), StringComparison.Ordinal);
        Assert.Contains($"log {shared.OtherClientId}\n", (await other.GetAsync("ledger/entries/0")).GetProperty("leaf").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger/entries?limit=0", "limit must be a whole number from 1 to 500.")]
    [InlineData("ledger/entries?limit=501", "limit must be a whole number from 1 to 500.")]
    [InlineData("ledger/entries?limit=many", "limit must be a whole number from 1 to 500.")]
    [InlineData("ledger/entries?cursor=-1", "cursor must be a nextCursor of this list, unchanged.")]
    [InlineData("ledger/entries/-1", "seq must be the number of an entry, a whole number from 0 to 9223372036854775807.")]
    [InlineData("ledger/entries/9223372036854775808/proof", "seq must be the number of an entry, a whole number from 0 to 9223372036854775807.")]
    [InlineData("ledger/entries/x/proof.tlog-proof", "seq must be the number of an entry, a whole number from 0 to 9223372036854775807.")]
    [InlineData("messages/7/proof", "id must be the id of a message, 32 hexadecimal digits in five groups parted by hyphens.")]
    [InlineData("ledger/consistency", "from must be the size of a checkpoint, a whole number from 1 to 9223372036854775807.")]
    [InlineData("ledger/consistency?from=0&to=1", "from must be the size of a checkpoint, a whole number from 1 to 9223372036854775807.")]
    [InlineData("ledger/consistency?from=2&to=1", "to must be the size of a checkpoint, a whole number from 1 to 9223372036854775807, and not below from.")]
    public async Task What_is_wrong_is_named_with_what_is_allowed(string path, string detail)
    {
        using ApiProgram program = await ProgramAsync();

        Assert.Equal((400, "bad-input"), await program.RefusalAsync(path));
        Assert.Contains(JsonEncodedText.Encode(detail).ToString(), await BodyAsync(program, path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger/entries/9223372036854775807")]
    [InlineData("ledger/entries/9223372036854775807/proof")]
    [InlineData("ledger/entries/99999999/head-proof.tlog-proof")]
    [InlineData("nothing")]
    public async Task What_is_not_there_is_a_404_with_problem_details(string path)
    {
        using ApiProgram program = await ProgramAsync();

        Assert.Equal(404, (await program.RefusalAsync(path)).Status);
    }

    private static async Task<string> BodyAsync(ApiProgram program, string path) =>
        await (await program.Http.GetAsync(path, Cancellation)).Content.ReadAsStringAsync(Cancellation);

    /// <summary>The answer once the instance log covers it too.</summary>
    private static async Task<JsonElement> ProvedAsync(ApiProgram program, string path)
    {
        JsonElement proof = default;
        await Eventually.TrueAsync(async () => (proof = await program.GetAsync(path)).GetProperty("head").ValueKind == JsonValueKind.Object);
        return proof;
    }

    private Task<ApiProgram> ProgramAsync() => ApiProgram.WithKeyAsync(Server, Server.ClientId, Server.OwnerId);

    /// <summary>A customer's message whose entry is signed.</summary>
    private async Task<Guid> ProvedMessageAsync()
    {
        using SandboxPhone phone = shared.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid message = await Server.Database.ScalarAsync<Guid>("SELECT id FROM vault.message WHERE direction = 'in' ORDER BY received_at DESC LIMIT 1");
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM ledger.place WHERE object = '{message}'") == 1);
        return message;
    }
}
