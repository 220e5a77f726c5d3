using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.CommandLine;
using Munshi.Ledger.Notes;
using Munshi.Witness;

namespace Munshi.Tests.Witness;

/// <summary>C2SP tlog-witness, add-checkpoint: every row of its table, and what must not undo it.</summary>
public sealed class AddCheckpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_worked_request_is_answered_with_the_worked_cosignature_and_shown_with_both_signatures()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        Assert.Equal(200, (await witness.AddAsync($"old 0\n\n{WorkedLog.Note3}")).Status);

        Assert.Equal((200, "text/plain; charset=utf-8", WorkedLog.Response), await witness.AddAsync(WorkedLog.Request));
        Assert.Equal(WorkedLog.Note7 + WorkedLog.Response, await witness.Http.GetStringAsync($"{WorkedLog.OriginHash}/checkpoint", Cancellation));
    }

    [Fact]
    public async Task A_log_that_is_not_known_is_404()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync(OtherVkey());

        Assert.Equal(404, (await witness.AddAsync($"old 0\n\n{WorkedLog.Note3}")).Status);
        using HttpResponseMessage shown = await witness.Http.GetAsync($"{WorkedLog.OriginHash}/checkpoint", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
    }

    [Fact]
    public async Task A_checkpoint_that_the_logs_key_did_not_sign_is_403()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        using NoteSigner stranger = NoteSigner.Generate(WorkedLog.Origin, NoteKeyType.Ed25519);
        SignedNote byStranger = stranger.SignNote(Encoding.UTF8.GetBytes(WorkedLog.Note3.Split("\n\n")[0] + "\n"));

        Assert.Equal(403, (await witness.AddAsync(new AddCheckpointRequest(0, [], byStranger).Encode())).Status);
        Assert.Equal(403, (await witness.AddAsync($"old 0\n\n{WorkedLog.Note3.Replace("XsRErRH+f", "XsRErRH+g", StringComparison.Ordinal)}")).Status);
        Assert.False(File.Exists(witness.StatePath()));
    }

    [Fact]
    public async Task A_signature_by_a_stranger_beside_the_logs_own_is_passed_over_and_not_kept()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        using NoteSigner stranger = NoteSigner.Generate("stranger.example", NoteKeyType.Ed25519);
        SignedNote note = WorkedLog.Note(3);

        Assert.Equal(200, (await witness.AddAsync(new AddCheckpointRequest(0, [], note.With(stranger.Sign(note.Text.Span))).Encode())).Status);
        Assert.DoesNotContain("stranger", await File.ReadAllTextAsync(witness.StatePath(), Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 4\n\n" + WorkedLog.Note3)]
    [InlineData("old +3\n\n" + WorkedLog.Note3)]
    [InlineData("old 03\n\n" + WorkedLog.Note3)]
    [InlineData("old -1\n\n" + WorkedLog.Note3)]
    [InlineData("old 9223372036854775808\n\n" + WorkedLog.Note3)]
    [InlineData("new 0\n\n" + WorkedLog.Note3)]
    [InlineData("old 0\n" + WorkedLog.Note3)]
    [InlineData("old 0\r\n\r\n" + WorkedLog.Note3)]
    [InlineData("old 0\nVjVc\n\n" + WorkedLog.Note3)]
    [InlineData("old 0\n\nvault.example/t/acme\n3\n")]
    public async Task An_old_size_above_the_checkpoints_and_what_is_malformed_is_400(string body)
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();

        Assert.Equal(400, (await witness.AddAsync(body)).Status);
        Assert.False(File.Exists(witness.StatePath()));
    }

    [Fact]
    public async Task Sixty_three_hashes_are_read_and_sixty_four_are_not()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        string hash = "VjVc6g1wwaIuBjjvG22Nb2rL8xhn386AeYUP0tZ8KBc=\n";

        Assert.Equal(422, (await witness.AddAsync($"old 0\n{string.Concat(Enumerable.Repeat(hash, 63))}\n{WorkedLog.Note3}")).Status);
        Assert.Equal(400, (await witness.AddAsync($"old 0\n{string.Concat(Enumerable.Repeat(hash, 64))}\n{WorkedLog.Note3}")).Status);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_413_and_read_no_further()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();

        Assert.Equal(413, (await witness.AddAsync(new byte[(128 * 1024) + 1])).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Another_old_size_than_the_one_cosigned_last_is_409_and_tells_it(int old)
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        Assert.Equal(200, (await witness.AddAsync(WorkedLog.RequestOf(0, 3))).Status);

        Assert.Equal((409, "text/x.tlog.size", "3\n"), await witness.AddAsync(WorkedLog.RequestOf(old, 7)));
    }

    [Fact]
    public async Task Of_a_log_that_was_never_cosigned_the_last_size_is_0()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();

        Assert.Equal((409, "text/x.tlog.size", "0\n"), await witness.AddAsync(WorkedLog.RequestOf(3, 7)));
    }

    [Fact]
    public async Task A_smaller_tree_is_never_cosigned_again()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        Assert.Equal(200, (await witness.AddAsync(WorkedLog.RequestOf(0, 7))).Status);

        Assert.Equal((409, "text/x.tlog.size", "7\n"), await witness.AddAsync(WorkedLog.RequestOf(3, 5)));
        Assert.Equal(400, (await witness.AddAsync(WorkedLog.RequestOf(7, 5))).Status);
    }

    [Fact]
    public async Task Of_two_histories_offered_in_the_logs_own_name_the_second_is_422()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        Assert.Equal(200, (await witness.AddAsync(WorkedLog.RequestOf(0, 3))).Status);

        Assert.Equal(422, (await witness.AddAsync(WorkedLog.RequestOf(3, 3, "forged-entry-"))).Status);
        Assert.Equal(422, (await witness.AddAsync(WorkedLog.RequestOf(3, 7, "forged-entry-"))).Status);
        Assert.Equal(200, (await witness.AddAsync(WorkedLog.RequestOf(3, 7))).Status);
    }

    [Fact]
    public async Task A_proof_where_nothing_is_to_be_proved_is_422()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        string hash = "VjVc6g1wwaIuBjjvG22Nb2rL8xhn386AeYUP0tZ8KBc=\n";

        Assert.Equal(422, (await witness.AddAsync($"old 0\n{hash}\n{WorkedLog.Note3}")).Status);
        Assert.Equal(200, (await witness.AddAsync($"old 0\n\n{WorkedLog.Note3}")).Status);
        Assert.Equal(422, (await witness.AddAsync($"old 3\n{hash}\n{WorkedLog.Note3}")).Status);
        Assert.Equal(422, (await witness.AddAsync($"old 3\n\n{WorkedLog.Note7}")).Status);
    }

    [Fact]
    public async Task The_empty_tree_is_cosigned_with_its_one_root_alone()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        using NoteSigner signer = WorkedLog.NewSigner();
        byte[] wrong = signer.SignNote(Encoding.UTF8.GetBytes($"{WorkedLog.Origin}\n0\nVjVc6g1wwaIuBjjvG22Nb2rL8xhn386AeYUP0tZ8KBc=\n")).Encode();

        Assert.Equal(422, (await witness.AddAsync([.. "old 0\n\n"u8, .. wrong])).Status);
        Assert.Equal(200, (await witness.AddAsync($"old 0\n\n{WorkedLog.Note0}")).Status);
        Assert.Equal(200, (await witness.AddAsync($"old 0\n\n{WorkedLog.Note3}")).Status);
        Assert.Equal(409, (await witness.AddAsync($"old 0\n\n{WorkedLog.Note0}")).Status);
    }

    [Fact]
    public async Task The_same_checkpoint_is_cosigned_again_at_the_later_time()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await witness.AddAsync(WorkedLog.RequestOf(0, 3));
        witness.Clock.Now += TimeSpan.FromSeconds(5);

        Assert.Equal(WorkedLog.CosignedAt + 5, Timestamp((await witness.AddAsync(WorkedLog.RequestOf(3, 3))).Body, WorkedLog.Note(3)));
    }

    [Fact]
    public async Task A_clock_set_back_gives_no_earlier_time_also_after_a_restart()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await witness.AddAsync(WorkedLog.RequestOf(0, 3));
        witness.Clock.Now -= TimeSpan.FromDays(400);

        Assert.Equal(WorkedLog.CosignedAt, Timestamp((await witness.AddAsync(WorkedLog.RequestOf(3, 5))).Body, WorkedLog.Note(5)));
        await witness.RestartAsync();
        Assert.Equal(WorkedLog.CosignedAt, Timestamp((await witness.AddAsync(WorkedLog.RequestOf(5, 7))).Body, WorkedLog.Note(7)));
    }

    [Fact]
    public async Task A_restart_keeps_what_was_cosigned()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await witness.AddAsync(WorkedLog.RequestOf(0, 5));
        await witness.RestartAsync();

        Assert.Equal((409, "text/x.tlog.size", "5\n"), await witness.AddAsync(WorkedLog.RequestOf(0, 7)));
        Assert.Equal(422, (await witness.AddAsync(WorkedLog.RequestOf(5, 7, "forged-entry-"))).Status);
        Assert.Equal(200, (await witness.AddAsync(WorkedLog.RequestOf(5, 7))).Status);
    }

    [Fact]
    public async Task Of_many_requests_at_once_one_is_cosigned_and_the_others_are_told_its_size()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await witness.AddAsync(WorkedLog.RequestOf(0, 3));
        int[] sizes = [.. Enumerable.Range(4, 24)];

        (int Status, string? Type, string Body)[] answers = await Task.WhenAll(sizes.Select(size => witness.AddAsync(WorkedLog.RequestOf(3, size))));

        int won = Array.FindIndex(answers, answer => answer.Status == 200);
        Assert.All(answers.Where((_, i) => i != won), answer => Assert.Equal((409, $"{sizes[won]}\n"), (answer.Status, answer.Body)));
        Assert.Contains($"\n{sizes[won]}\n", await File.ReadAllTextAsync(witness.StatePath(), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_request_cannot_roll_the_witness_back()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await witness.AddAsync(WorkedLog.RequestOf(0, 3));
        byte[] slow = WorkedLog.RequestOf(3, 5);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, witness.Address.Port, Cancellation);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {slow.Length}\r\n\r\n"), Cancellation);
        await stream.WriteAsync(slow.AsMemory(0, slow.Length - 1), Cancellation);

        Assert.Equal(200, (await witness.AddAsync(WorkedLog.RequestOf(3, 7))).Status);
        await stream.WriteAsync(slow.AsMemory(slow.Length - 1), Cancellation);
        using StreamReader answer = new(stream);
        string text = await answer.ReadToEndAsync(Cancellation);

        Assert.StartsWith("HTTP/1.1 409 ", text, StringComparison.Ordinal);
        Assert.Contains("\n7\n", await File.ReadAllTextAsync(witness.StatePath(), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_added_to_the_file_is_known_without_a_restart_and_one_taken_out_is_not()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync(OtherVkey());
        Assert.Equal(404, (await witness.AddAsync(WorkedLog.RequestOf(0, 3))).Status);

        await File.WriteAllTextAsync(witness.Directory.Logs, $"# ours\n\n{WorkedLog.Vkey}\nrubbish\n", Cancellation);
        Assert.Equal(200, (await witness.AddAsync(WorkedLog.RequestOf(0, 3))).Status);
        await File.WriteAllTextAsync(witness.Directory.Logs, $"{OtherVkey()}\n", Cancellation);
        Assert.Equal(404, (await witness.AddAsync(WorkedLog.RequestOf(3, 5))).Status);
    }

    [Fact]
    public async Task One_log_says_nothing_about_another()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync(WorkedLog.Vkey, OtherVkey());
        await witness.AddAsync(WorkedLog.RequestOf(0, 7));

        Assert.Equal(403, (await witness.AddAsync(Encoding.UTF8.GetBytes(
            $"old 0\n\nother.example/log\n3\nVjVc6g1wwaIuBjjvG22Nb2rL8xhn386AeYUP0tZ8KBc=\n\n{WorkedLog.Note3.Split("\n\n")[1]}"))).Status);
        Assert.Equal(200, (await witness.AddAsync(WorkedLog.RequestOf(0, 3, origin: "other.example/log"))).Status);
    }

    [Fact]
    public async Task A_state_file_that_was_touched_stops_the_witness_and_cosigns_nothing()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await witness.AddAsync(WorkedLog.RequestOf(0, 7));
        string state = await File.ReadAllTextAsync(witness.StatePath(), Cancellation);
        await File.WriteAllTextAsync(witness.StatePath(), state.Replace("\n7\n", "\n3\n", StringComparison.Ordinal), Cancellation);

        Assert.Equal(500, (await witness.AddAsync(WorkedLog.RequestOf(3, 5))).Status);
        RefusalException refused = Assert.Throws<RefusalException>(() => new CheckpointWitness(
            witness.Directory, WorkedLog.NewWitnessSigner(), new KnownLogs([], witness.Directory, NullLogger<KnownLogs>.Instance), witness.Clock));
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("..%2Fwitness.key/checkpoint")]
    [InlineData("FE543C1999840556AB89D4D1245F5658EED91281EC202CE46DFFE96F96F6F23C/checkpoint")]
    [InlineData("logs/checkpoint")]
    public async Task Nothing_but_a_cosigned_checkpoint_is_shown(string path)
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await witness.AddAsync(WorkedLog.RequestOf(0, 3));

        using HttpResponseMessage answer = await witness.Http.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_witness_says_that_it_lives()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();

        Assert.Equal("""{"status":"alive"}""", await witness.Http.GetStringAsync("healthz", Cancellation));
    }

    private static string OtherVkey()
    {
        using NoteSigner other = WorkedLog.NewSigner("other.example/log");
        return other.VerifierKey.ToString();
    }

    private static long? Timestamp(string lines, SignedNote note)
    {
        NoteSignature line = Assert.Single(Assert.IsType<CosignatureLinesParse.Parsed>(AddCheckpointResponse.Parse(Encoding.UTF8.GetBytes(lines))).Lines);
        return Assert.Single(Assert.IsType<NoteVerification.Verified>(note.With(line).Verify([WorkedLog.WitnessKey])).Signatures).Timestamp;
    }
}
