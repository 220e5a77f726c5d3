using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Munshi.Audit;
using Munshi.Audit.Export;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;
using Munshi.Ledger.Notes;
using Munshi.Tests.Audit.Erasures;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Export;

/// <summary>What an erasure under a case left, exported: erased as recorded, and nothing beyond it.</summary>
public sealed class ErasedExportTests(PostgresTemplate postgres)
{
    private const string Erasures = "erasures.jsonl";
    private const string Shredded = "shredded.jsonl";
    private const string Records = "records.jsonl";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_erased_under_a_case_is_told_by_both_verifiers_with_time_case_and_number_and_nothing_is_altered()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        using ExportedLedger exported = new(ledger.Signed);
        (RecordedCase first, RecordedCase second) = await EraseAsync(ledger);

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(ledger.Log, "erased"));

        Assert.Empty(written.Findings);
        Assert.Equal((3L, 0L, 5L, 8L), (written.Erased, written.Lost, written.Records, written.Size)); // 6 acts, of which one has no row, and two that tell of erasures
        Assert.Equal("{\"seq\":1,\"erasure\":6}\n{\"seq\":2,\"erasure\":6}\n{\"seq\":4,\"erasure\":7}\n", await ReadAsync(exported, Shredded));
        foreach (Verdict verdict in await OfflineVerifier.BothAsync(exported.PathOf("erased")))
        {
            Assert.Empty(verdict.Findings);
            Assert.Equal((0, true, 3L, 0L), (verdict.ExitCode, verdict.IsOk, verdict.Total.GetProperty("erased").GetInt64(), verdict.Total.GetProperty("lost").GetInt64()));
            JsonElement[] erasures = [.. verdict.Total.GetProperty("erasures").EnumerateArray()];
            Assert.Equal(
                [(6L, first.Id, 2L), (7L, second.Id, 1L)],
                erasures.Select(one => (one.GetProperty("seq").GetInt64(), one.GetProperty("case").GetGuid(), one.GetProperty("entries").GetInt64())));
            Assert.All(erasures, one => Assert.Matches(@"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", one.GetProperty("time").GetString()));
        }

        string told = await OfflineVerifier.TextAsync(exported.PathOf("erased"));
        Assert.Matches($@"\nErased at 20.{{24}}Z \(entry 6\) under the case {first.Id}, which names 2 entries\n", told);
        Assert.Contains("8 entries, 5 records, 3 erased, 0 lost,", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a shredded entry under the wrong erasure", Shredded, 4L, "erasure")]
    [InlineData("a shredded entry under an entry that tells of none", Shredded, 2L, "erasure")]
    [InlineData("a shredded entry under none", Shredded, 1L, "key-missing")]
    [InlineData("a shredded entry without its row under none", Shredded, 2L, "key-missing")]
    [InlineData("a shredded entry taken out", Records, 1L, "commitment")]
    [InlineData("a shredded entry without its row taken out", Records, 2L, "record-missing")]
    [InlineData("a record said to be shredded", Shredded, 3L, "record-extra")]
    [InlineData("an erasure said to be shredded", Shredded, 6L, "record-extra")]
    [InlineData("another form of a shredded entry", Shredded, null, "form")]
    [InlineData("a shredded entry under the number 2^63", Shredded, null, "form")]
    [InlineData("a shredded entry under the number 2^64", Shredded, null, "form")]
    [InlineData("a record said to be withheld", Shredded, 3L, "record-extra")]
    [InlineData("a shredded entry without its row said to be withheld", Records, 2L, "record-missing")]
    [InlineData("an erasure said to be withheld", Shredded, 6L, "record-extra")]
    [InlineData("another form of a withheld entry", Shredded, null, "form")]
    [InlineData("an erasure taken out", Records, 7L, "record-missing")]
    [InlineData("an erasure at another entry", Erasures, 5L, "erasure")]
    [InlineData("an erasure of no entry", Erasures, 99L, "record-extra")]
    [InlineData("an erasure of no entry in base64 that is none", Erasures, null, "form")]
    [InlineData("another form of an erasure", Erasures, null, "form")]
    [InlineData("base64 in another form", Erasures, null, "form")]
    [InlineData("two notes exchanged", Erasures, 6L, "erasure")]
    [InlineData("a changed signature", Erasures, 6L, "erasure")]
    [InlineData("a further signature", Erasures, 6L, "erasure")]
    [InlineData("a stranger's signature", Erasures, 6L, "erasure")]
    [InlineData("more entries, signed by a stranger", Erasures, 6L, "erasure")]
    [InlineData("more entries, signed with the real key", Erasures, 6L, "erasure")]
    [InlineData("a changed ciphertext under a key that is gone", Records, 1L, "ciphertext")]
    public async Task An_alteration_is_refused_by_both_verifiers_with_the_place_named(string alteration, string file, long? seq, string kind)
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        using ExportedLedger exported = new(ledger.Signed);
        (RecordedCase first, _) = await EraseAsync(ledger);
        await exported.WriteAsync(ledger.Log, "erased");
        await AlterAsync(exported, first, alteration);

        foreach (Verdict verdict in await OfflineVerifier.BothAsync(exported.PathOf("erased")))
        {
            Assert.Equal((1, false), (verdict.ExitCode, verdict.IsOk));
            Assert.Contains((file, seq, kind), verdict.Findings);
        }
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("text")]
    [InlineData("log")]
    [InlineData("case")]
    [InlineData("beyond")]
    [InlineData("hash")]
    [InlineData("ciphertext")]
    [InlineData("commitment")]
    public async Task A_case_that_was_not_signed_and_told_just_so_excuses_nothing_in_an_export_whoever_puts_it_in(string slip)
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        using ExportedLedger exported = new(ledger.Signed);
        await RecordedErasureTests.ForgeAsync(ledger, slip); // entries 1 and 2, told by entry 4
        await ledger.DestroyKeyAsync(1);
        await ledger.RemoveAsync(2);

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(ledger.Log, "erased"));
        Verdict[] left = await OfflineVerifier.BothAsync(exported.PathOf("erased"));
        await PutInAsync(ledger, exported, 4);
        await WriteAsync(exported, Shredded, "{\"seq\":1,\"erasure\":4}\n{\"seq\":2,\"erasure\":4}\n");

        Assert.Equal(0, written.Erased);
        Assert.Equal(
            [(1L, FindingKind.KeyMissing), (2L, FindingKind.RecordMissing), (4L, FindingKind.RecordMissing), (4L, FindingKind.Erasure)],
            written.Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
        Assert.All(left, verdict => Assert.Equal([(Shredded, 1L, "key-missing"), (Records, 2L, "record-missing"), (Records, 4L, "record-missing")], verdict.Findings));
        foreach (Verdict verdict in await OfflineVerifier.BothAsync(exported.PathOf("erased")))
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Equal(
                new (string, long?, string)[] { (Shredded, 1L, "erasure"), (Shredded, 2L, "erasure"), (Erasures, 4L, "erasure"), (Records, 4L, "record-missing") }.Order(),
                verdict.Findings.Order());
            Assert.Equal((0L, 0), (verdict.Total.GetProperty("erased").GetInt64(), verdict.Total.GetProperty("erasures").GetArrayLength()));
        }
    }

    [Fact]
    public async Task A_record_in_another_form_is_refused_although_the_key_signed_it_and_the_entry_commits_to_it()
    {
        const string Key = "key 11112222-3333-4444-8555-666677778888\n";
        (string From, string To)[] forms =
        [
            ("erasure/1", "erasure/2"),
            ("entries 1-2\n", "entries 1-1\nentries 2-2\n"),
            ("entries 1-2\n", "entries 0-1\nentries 1-2\n"),
            ("entries 1-2\n", "entries 3-3\nentries 1-2\n"),
            ("entries 1-2\n", "entries 1-0\nentries 2-2\n"),
            ("entries 1-2\n", "entries 01-2\n"),
            ("entries 1-2\n", "entries 0-0\nentries 2-9223372036854775808\n"),
            ("entries 1-2\n", "entries 0-0\nentries 2-18446744073709551618\n"),
            ("entries 1-2\n", ""),
            ("entries 1-2\n", $"{Key}{Key}entries 1-2\n"),
            ("entries 1-2\n", $"key 2{Key[5..]}{Key}entries 1-2\n"),
            ("entries 1-2\n", $"entries 1-2\n{Key}"),
            ("case ", "case  "),
            ("hash ", "last "),
            ("hash ", "hash 0"),
            ("hash ", "\nhash "),
        ];
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        using ExportedLedger exported = new(ledger.Signed);
        StringBuilder lines = new();
        foreach ((string from, string to) in forms)
        {
            RecordedCase recorded = ledger.NewCase();
            string text = Encoding.ASCII.GetString((await recorded.OfAsync(new EntryRange(1, 2)) with { Keys = [] }).Encode());
            byte[] other = Encoding.ASCII.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
            string note = recorded.Sign(other);
            await recorded.StoreAsync(note);
            await recorded.TellAsync(new Digest(SHA256.HashData(other)));
            await ledger.ChainAsync();
            lines.Append(CultureInfo.InvariantCulture, $"{{\"seq\":{4 + Array.IndexOf(forms, (from, to))},\"note\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(note))}\"}}\n");
        }

        await ledger.RemoveAsync(2);
        await exported.WriteAsync(ledger.Log, "erased");
        await WriteAsync(exported, Erasures, lines.ToString());

        long?[] told = [.. Enumerable.Range(4, forms.Length)];
        Assert.Equal([2, .. told], (await ledger.Signed.VerifyAsync()).Findings.Select(finding => finding.Seq));
        Assert.All(
            await OfflineVerifier.BothAsync(exported.PathOf("erased")),
            verdict => Assert.Equal(
                told.SelectMany(seq => new (string, long?, string)[] { (Erasures, seq, "erasure"), (Records, seq, "record-missing") }).Append((Records, 2, "record-missing")).Order(),
                verdict.Findings.Order()));
    }

    [Fact]
    public async Task A_case_of_entries_that_are_lost_since_excuses_none_of_those_that_have_their_numbers_now_whoever_puts_it_in()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        using ExportedLedger exported = new(ledger.Signed);
        await ledger.ReplayAsync(); // it names the entries 4 and 5 of before, in entry 6
        await ledger.RemoveAsync(5);

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(ledger.Log, "erased"));
        await PutInAsync(ledger, exported, 6);
        await WriteAsync(exported, Shredded, "{\"seq\":5,\"erasure\":6}\n");

        Assert.Equal(0, written.Erased);
        Assert.Equal(
            [(5L, FindingKind.RecordMissing), (6L, FindingKind.RecordMissing), (6L, FindingKind.Erasure)], written.Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
        Assert.All(
            await OfflineVerifier.BothAsync(exported.PathOf("erased")),
            verdict => Assert.Equal(new (string, long?, string)[] { (Shredded, 5L, "erasure"), (Erasures, 6L, "erasure"), (Records, 6L, "record-missing") }.Order(), verdict.Findings.Order()));
    }

    [Fact]
    public async Task An_entry_that_says_that_a_record_was_destroyed_tells_of_no_erasure_and_is_no_second_beginning_of_the_record()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        using ExportedLedger exported = new(ledger.Signed);
        await ledger.Signed.Audited.Database.AsSuperuserAsync(
            $"""
            INSERT INTO audit.event (client_id, at, actor, action, object, commitment, ciphertext_hash)
            SELECT e.client_id, now() - interval '2 minutes', 'program:eraser', 'erasure.destroyed', e.object, e.commitment, e.ciphertext_hash
            FROM audit.event e JOIN ledger.entry l ON l.event_id = e.id WHERE l.client_id = '{ledger.Log}' AND l.seq = 2
            """);
        await ledger.ChainAsync(); // entry 4

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(ledger.Log, "erased"));
        Verdict[] left = await OfflineVerifier.BothAsync(exported.PathOf("erased"));
        string[] lines = (await ReadAsync(exported, Records)).TrimEnd('\n').Split('\n');
        await WriteAsync(exported, Records, string.Join('\n', [.. lines[..4], lines[2].Replace("{\"seq\":2,", "{\"seq\":4,", StringComparison.Ordinal), ""]));

        Assert.Equal([(4, FindingKind.Erasure)], (await ledger.Signed.VerifyAsync()).Findings.Select(finding => (finding.Seq, finding.Kind)));
        Assert.Equal([(4, FindingKind.RecordMissing)], written.Findings.Select(finding => (finding.Seq, finding.Kind)));
        Assert.All(left, verdict => Assert.Equal([(Records, 4L, "record-missing")], verdict.Findings));
        Assert.All(
            await OfflineVerifier.BothAsync(exported.PathOf("erased")),
            verdict => Assert.Equal([(Records, 4L, "record-extra"), (Records, 4L, "record-missing")], verdict.Findings.Order()));
    }

    [Fact]
    public async Task An_entry_that_tells_of_an_erasure_is_itself_excused_by_none()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        using ExportedLedger exported = new(ledger.Signed);
        await RecordedErasureTests.ForgeAsync(ledger, "unsigned"); // told by entry 4
        await ledger.RecordAsync(new EntryRange(1, 4));

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(ledger.Log, "erased"));

        Assert.Equal([(4L, FindingKind.RecordMissing), (4L, FindingKind.Erasure)], written.Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
        Assert.Equal([(4L, FindingKind.Erasure)], (await ledger.Signed.VerifyAsync()).Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
        await WriteAsync(exported, Shredded, "{\"seq\":4,\"erasure\":5}\n");
        Assert.All(
            await OfflineVerifier.BothAsync(exported.PathOf("erased")), verdict => Assert.Equal([(Records, 4L, "record-missing"), (Shredded, 4L, "record-extra")], verdict.Findings.Order()));
    }

    [Fact]
    public async Task What_a_restore_lost_and_a_case_names_is_erased_and_stays_so_in_both_verifiers()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        using ExportedLedger exported = new(ledger.Signed);
        await ledger.Signed.RollBackAsync(ledger.Log, 4);
        await ledger.Signed.NewCeremony().RunAsync(false, Cancellation);
        await ledger.ChainAsync();
        await ledger.RecordAsync(new EntryRange(1, 1), new EntryRange(5, 6)); // entry 6 tells of the restore
        await ledger.DestroyKeyAsync(1);

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(ledger.Log, "erased"));

        Assert.Empty(written.Findings);
        Assert.Equal((2L, 1L), (written.Erased, written.Lost));
        Assert.All(await OfflineVerifier.BothAsync(exported.PathOf("erased")), verdict =>
        {
            Assert.Empty(verdict.Findings);
            Assert.Equal((2L, 1L), (verdict.Total.GetProperty("erased").GetInt64(), verdict.Total.GetProperty("lost").GetInt64()));
        });

        await WriteAsync(exported, Shredded, "{\"seq\":1,\"erasure\":7}\n");
        Assert.All(await OfflineVerifier.BothAsync(exported.PathOf("erased")), verdict => Assert.Equal([(Records, 5L, "record-missing")], verdict.Findings));
        await WriteAsync(exported, Shredded, "{\"seq\":1,\"erasure\":7}\n{\"seq\":5,\"erasure\":7}\n{\"seq\":6,\"erasure\":7}\n");
        Assert.All(await OfflineVerifier.BothAsync(exported.PathOf("erased")), verdict => Assert.Equal([(Shredded, 6L, "record-extra")], verdict.Findings));
    }

    [Fact]
    public async Task Of_what_was_erased_since_the_last_checkpoint_no_export_is_made_until_the_next_one()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        using ExportedLedger exported = new(ledger.Signed);
        await ledger.NewCase().RecordAsync(new EntryRange(1, 1));
        await using (Sequencer sequencer = ledger.Signed.Audited.NewSequencer())
        {
            await ledger.Signed.Audited.DrainAsync(sequencer);
        }

        await ledger.DestroyKeyAsync(1);

        ExportOutcome.Incomplete early = Assert.IsType<ExportOutcome.Incomplete>(await exported.WriteAsync(ledger.Log, "early"));
        await ledger.Signed.SignAsync();
        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(ledger.Log, "erased"));

        Assert.Contains("export again", early.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(exported.PathOf("early")));
        Assert.Empty(written.Findings);
        Assert.Equal(1, written.Erased);
    }

    /// <summary>Entries 1 (its key) and 2 (its row) under one case, told by entry 6; entry 4 (its key) under another, told by entry 7.</summary>
    private static async Task<(RecordedCase First, RecordedCase Second)> EraseAsync(ErasedLedger ledger)
    {
        RecordedCase first = await ledger.RecordAsync(new EntryRange(1, 2));
        RecordedCase second = await ledger.RecordAsync(new EntryRange(4, 4));
        await ledger.DestroyKeyAsync(1);
        await ledger.RemoveAsync(2);
        await ledger.DestroyKeyAsync(4);
        return (first, second);
    }

    /// <summary>The one note that is stored, as what an entry commits to.</summary>
    private static async Task PutInAsync(ErasedLedger ledger, ExportedLedger exported, long seq)
    {
        string note = Assert.Single(await ledger.Signed.RowsAsync("SELECT note FROM ledger.erasure", reader => reader.GetString(0)));
        await WriteAsync(exported, Erasures, $"{{\"seq\":{seq},\"note\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(note))}\"}}\n");
    }

    private static async Task AlterAsync(ExportedLedger exported, RecordedCase first, string alteration)
    {
        string shredded = await ReadAsync(exported, Shredded);
        string erasures = await ReadAsync(exported, Erasures);
        string[] lines = erasures.Split('\n');
        string note = Encoding.UTF8.GetString(JsonDocument.Parse(lines[0]).RootElement.GetProperty("note").GetBytesFromBase64());
        ErasureRecord record = ErasureRecord.Parse(Encoding.UTF8.GetBytes(note[..(note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)]))!;
        ErasureRecord more = record with { Entries = [new EntryRange(1, 3)] };
        using NoteSigner stranger = NoteSigner.Generate(record.Origin, NoteKeyType.Ed25519);
        string Noted(string other) => erasures.Replace(NoteIn(lines[0]), Convert.ToBase64String(Encoding.UTF8.GetBytes(other)), StringComparison.Ordinal);
        (string file, string altered) = alteration switch
        {
            "a shredded entry under the wrong erasure" => (Shredded, shredded.Replace("\"erasure\":7", "\"erasure\":6", StringComparison.Ordinal)),
            "a shredded entry under an entry that tells of none" => (Shredded, shredded.Replace("{\"seq\":2,\"erasure\":6}", "{\"seq\":2,\"erasure\":5}", StringComparison.Ordinal)),
            "a shredded entry under none" => (Shredded, shredded.Replace("{\"seq\":1,\"erasure\":6}", "{\"seq\":1,\"erasure\":null}", StringComparison.Ordinal)),
            "a shredded entry without its row under none" => (Shredded, shredded.Replace("{\"seq\":2,\"erasure\":6}", "{\"seq\":2,\"erasure\":null}", StringComparison.Ordinal)),
            "a shredded entry taken out" => (Shredded, shredded.Replace("{\"seq\":1,\"erasure\":6}\n", "", StringComparison.Ordinal)),
            "a shredded entry without its row taken out" => (Shredded, shredded.Replace("{\"seq\":2,\"erasure\":6}\n", "", StringComparison.Ordinal)),
            "a record said to be shredded" => (Shredded, shredded.Replace("{\"seq\":4,", "{\"seq\":3,\"erasure\":6}\n{\"seq\":4,", StringComparison.Ordinal)),
            "an erasure said to be shredded" => (Shredded, shredded + "{\"seq\":6,\"erasure\":7}\n"),
            "a record said to be withheld" => (Shredded, shredded.Replace("{\"seq\":4,", "{\"seq\":3,\"withheld\":true}\n{\"seq\":4,", StringComparison.Ordinal)),
            "a shredded entry without its row said to be withheld" => (Shredded, shredded.Replace("{\"seq\":2,\"erasure\":6}", "{\"seq\":2,\"withheld\":true}", StringComparison.Ordinal)),
            "an erasure said to be withheld" => (Shredded, shredded + "{\"seq\":6,\"withheld\":true}\n"),
            "another form of a withheld entry" => (Shredded, shredded.Replace("\"erasure\":7", "\"withheld\":false", StringComparison.Ordinal)),
            "another form of a shredded entry" => (Shredded, shredded.Replace("\"erasure\":7", "\"erasure\":07", StringComparison.Ordinal)),
            "a shredded entry under the number 2^63" => (Shredded, shredded.Replace("\"erasure\":7", "\"erasure\":9223372036854775808", StringComparison.Ordinal)),
            "a shredded entry under the number 2^64" => (Shredded, shredded.Replace("\"erasure\":7", "\"erasure\":18446744073709551616", StringComparison.Ordinal)),
            "an erasure taken out" => (Erasures, lines[0] + "\n"),
            "an erasure at another entry" => (Erasures, erasures.Replace("{\"seq\":6,", "{\"seq\":5,", StringComparison.Ordinal)),
            "an erasure of no entry" => (Erasures, erasures.Replace("{\"seq\":7,", "{\"seq\":99,", StringComparison.Ordinal)),
            "an erasure of no entry in base64 that is none" => (Erasures, erasures + "{\"seq\":99,\"note\":\"A\"}\n"),
            "another form of an erasure" => (Erasures, erasures.Replace("\"}", "\",\"x\":1}", StringComparison.Ordinal)),
            "base64 in another form" => (Erasures, erasures.Replace(NoteIn(lines[0]), NoteIn(lines[0]).TrimEnd('=') + "A===", StringComparison.Ordinal)),
            "two notes exchanged" => (Erasures, $"{lines[0].Replace(NoteIn(lines[0]), NoteIn(lines[1]), StringComparison.Ordinal)}\n{lines[1].Replace(NoteIn(lines[1]), NoteIn(lines[0]), StringComparison.Ordinal)}\n"),
            "a changed signature" => (Erasures, Noted($"{note[..^20]}{(note[^20] == 'A' ? 'B' : 'A')}{note[^19..]}")),
            "a further signature" => (Erasures, Noted(note + "\u2014 else.example AAAAAAA=\n")),
            "a stranger's signature" => (Erasures, Noted(stranger.SignNote(record.Encode()).ToString())),
            "more entries, signed by a stranger" => (Erasures, Noted(stranger.SignNote(more.Encode()).ToString())),
            "more entries, signed with the real key" => (Erasures, Noted(first.Sign(more))),
            "a changed ciphertext under a key that is gone" => (Records, await SealedAsync(exported)),
            _ => throw new ArgumentOutOfRangeException(nameof(alteration)),
        };
        await WriteAsync(exported, file, altered);
    }

    /// <summary>The records with another byte in entry 1's ciphertext.</summary>
    private static async Task<string> SealedAsync(ExportedLedger exported)
    {
        string records = await ReadAsync(exported, Records);
        int at = records.IndexOf("\"sealed\":[\"", records.IndexOf("{\"seq\":1,", StringComparison.Ordinal), StringComparison.Ordinal) + 15;
        return $"{records[..at]}{(records[at] == 'A' ? 'B' : 'A')}{records[(at + 1)..]}";
    }

    private static string NoteIn(string line) => line[(line.IndexOf("\"note\":\"", StringComparison.Ordinal) + 8)..^2];

    private static Task<string> ReadAsync(ExportedLedger exported, string file) => File.ReadAllTextAsync(Path.Combine(exported.PathOf("erased"), file), Cancellation);

    private static Task WriteAsync(ExportedLedger exported, string file, string content) => File.WriteAllTextAsync(Path.Combine(exported.PathOf("erased"), file), content, Cancellation);
}
