using Munshi.Audit;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;
using Munshi.Ledger.Notes;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Erasures;

/// <summary>What the ledger's own verifications say of records that are gone.</summary>
public sealed class RecordedErasureTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_whose_key_or_row_is_gone_under_a_recorded_case_is_erased_and_no_finding(bool alsoRows)
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        await ledger.RecordAsync(new EntryRange(1, 2), new EntryRange(4, 4));
        foreach (long seq in (long[])[1, 2, 4])
        {
            await (alsoRows ? ledger.RemoveAsync(seq) : ledger.DestroyKeyAsync(seq));
        }

        LedgerReport report = await ledger.Signed.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal((true, 3L, 0L, 3L), (report.IsOk, report.Erased, report.Lost, Assert.Single(report.Logs).Erased));
        Assert.Empty(await ledger.RollingAsync());
    }

    [Fact]
    public async Task A_key_that_is_gone_and_that_no_case_names_stays_an_alarm()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        await ledger.RecordAsync(new EntryRange(1, 2), new EntryRange(5, 5));
        await ledger.DestroyKeyAsync(1);
        await ledger.DestroyKeyAsync(3);
        await ledger.RemoveAsync(4);

        LedgerReport report = await ledger.Signed.VerifyAsync();

        (long?, FindingKind)[] alarms = [(3, FindingKind.KeyMissing), (4, FindingKind.RecordMissing)];
        Assert.Equal(alarms, Places(report));
        Assert.Equal(1, report.Erased);
        Assert.Equal(alarms, await ledger.RollingAsync());
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
    [InlineData("no commitment")]
    [InlineData("no row")]
    [InlineData("no leaf")]
    public async Task A_case_that_was_not_signed_and_told_just_so_is_named_and_excuses_nothing(string slip)
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        await ForgeAsync(ledger, slip); // the leaf is row 4
        await ledger.DestroyKeyAsync(1);
        await ledger.RemoveAsync(2);

        LedgerReport report = await ledger.Signed.VerifyAsync();

        long? named = slip == "no leaf" ? null : 4;
        Assert.Equal([(1, FindingKind.KeyMissing), (2, FindingKind.RecordMissing), (named, FindingKind.Erasure)], Places(report));
        Assert.Equal(0, report.Erased);
        (long?, FindingKind)[] rolling = await ledger.RollingAsync();
        Assert.Equal([(1, FindingKind.KeyMissing), (2, FindingKind.RecordMissing)], rolling.Where(found => found.Item2 != FindingKind.Erasure));
        Assert.Equal(slip != "no leaf", rolling.Contains((4, FindingKind.Erasure))); // where no leaf is among the last rows, no row is looked for
    }

    [Fact]
    public async Task A_case_that_excuses_nothing_is_named_although_nothing_is_gone()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        await ForgeAsync(ledger, "unsigned");

        Assert.Equal([(4, FindingKind.Erasure)], Places(await ledger.Signed.VerifyAsync()));
        Assert.Equal([(4, FindingKind.Erasure)], await ledger.RollingAsync());
    }

    [Fact]
    public async Task A_ciphertext_that_was_changed_under_a_key_that_is_gone_is_named()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        await ledger.RecordAsync(new EntryRange(1, 2));
        await ledger.DestroyKeyAsync(1);
        await ledger.DestroyKeyAsync(2);
        await ledger.ChangeAsync(2, evidence => evidence with { CiphertextHash = new byte[32] });

        LedgerReport report = await ledger.Signed.VerifyAsync();

        Assert.Equal([(2, FindingKind.Ciphertext)], Places(report));
        Assert.Equal(1, report.Erased);
    }

    [Fact]
    public async Task Until_its_key_is_gone_a_record_that_a_case_names_is_checked_like_any_other()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        await ledger.RecordAsync(new EntryRange(1, 2));
        Assert.Empty((await ledger.Signed.VerifyAsync()).Findings);
        await ledger.ChangeAsync(2, evidence => evidence with { Commitment = new byte[32] });

        LedgerReport report = await ledger.Signed.VerifyAsync();

        Assert.Equal([(2, FindingKind.Commitment)], Places(report));
        Assert.Equal(0, report.Erased);
    }

    [Fact]
    public async Task An_erasure_between_the_reading_of_leaves_and_of_records_is_no_finding()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        async Task EraseAsync(long seq)
        {
            await ledger.RecordAsync(new EntryRange(seq, seq));
            await ledger.DestroyKeyAsync(seq);
        }

        MeanwhileRecords first = new(ledger.Signed.Audited.Records, () => EraseAsync(1));
        MeanwhileRecords second = new(ledger.Signed.Audited.Records, () => EraseAsync(2));

        LedgerReport report = await new LedgerVerifier(ledger.Signed.Databases, ledger.Signed.Audited.HeadsFile, ledger.Signed.File, ledger.Signed.Data, [first], TimeProvider.System)
            .VerifyAsync(null, Cancellation);

        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Erased);
        Assert.Empty(await ledger.RollingAsync(second));
    }

    [Fact]
    public async Task A_case_whose_event_waits_for_its_leaf_is_no_finding_and_excuses_nothing_yet()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        RecordedCase waiting = ledger.NewCase();
        await waiting.StoreAsync(waiting.Sign(await waiting.OfAsync(new EntryRange(1, 1))));
        await ledger.Signed.Audited.Database.AsSuperuserAsync(
            $"INSERT INTO audit.event (client_id, at, actor, action, object) VALUES ('{ledger.Log}', now(), 'program:eraser', 'erasure.destroyed', '{waiting.Target}')");
        Assert.Empty((await ledger.Signed.VerifyAsync()).Findings);

        await ledger.DestroyKeyAsync(1);

        Assert.Equal([(1, FindingKind.KeyMissing)], Places(await ledger.Signed.VerifyAsync()));
    }

    [Fact]
    public async Task A_record_that_a_restore_lost_and_a_case_names_counts_once_as_erased()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        await ledger.Signed.RollBackAsync(ledger.Log, 4);
        Assert.Single((await ledger.Signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);
        await ledger.RecordAsync(new EntryRange(1, 1), new EntryRange(5, 5));
        await ledger.DestroyKeyAsync(1);

        LedgerReport report = await ledger.Signed.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal((2L, 1L), (report.Erased, report.Lost));
    }

    [Fact]
    public async Task A_case_whose_row_a_restore_lost_is_no_finding_and_excuses_again_once_the_row_is_put_back()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        RecordedCase recorded = ledger.NewCase();
        ErasureRecord record = await recorded.OfAsync(new EntryRange(1, 1));
        string note = recorded.Sign(record);
        await recorded.TellAsync(record.Commit()); // row 6
        await ledger.ChainAsync();
        await ledger.Signed.RollBackAsync(ledger.Log, 6);
        Assert.Single((await ledger.Signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);
        await ledger.ChainAsync();
        LedgerReport restored = await ledger.Signed.VerifyAsync();

        await recorded.StoreAsync(note);
        await ledger.DestroyKeyAsync(1);
        LedgerReport again = await ledger.Signed.VerifyAsync();

        Assert.Empty(restored.Findings);
        Assert.Equal(1, restored.Lost);
        Assert.Empty(again.Findings);
        Assert.Equal((1L, 1L), (again.Erased, again.Lost));
        Assert.Empty(await ledger.RollingAsync());
    }

    [Fact]
    public async Task A_case_of_entries_that_are_lost_since_excuses_none_of_those_that_have_their_numbers_now()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 6);
        RecordedCase recorded = await ledger.ReplayAsync(); // it names the entries 4 and 5 of before, in row 6
        await ledger.RemoveAsync(5);

        LedgerReport report = await ledger.Signed.VerifyAsync();

        Assert.Equal([(5, FindingKind.RecordMissing), (6, FindingKind.Erasure)], Places(report));
        Assert.Contains(recorded.Target, report.Findings.Last().Expected, StringComparison.Ordinal);
        Assert.Equal(0, report.Erased);
        Assert.Equal([(5, FindingKind.RecordMissing), (6, FindingKind.Erasure)], await ledger.RollingAsync());
    }

    [Fact]
    public async Task An_entry_that_commits_to_nothing_and_that_a_case_names_is_excused_and_not_counted()
    {
        await using ErasedLedger ledger = await ErasedLedger.CreateAsync(postgres, 4);
        await ledger.Signed.Audited.Database.AsSuperuserAsync(
            $"INSERT INTO audit.event (client_id, at, actor, action, object) VALUES ('{ledger.Log}', now() - interval '2 minutes', 'program:intake', 'message.received', 'message:{Guid.NewGuid()}')");
        await ledger.ChainAsync(); // entry 4
        LedgerReport before = await ledger.Signed.VerifyAsync();

        await ledger.RecordAsync(new EntryRange(4, 4));
        LedgerReport report = await ledger.Signed.VerifyAsync();

        Assert.Equal([(4, FindingKind.RecordMissing)], Places(before));
        Assert.Empty(report.Findings);
        Assert.Equal(0, report.Erased);
    }

    /// <summary>Entries 1 and 2 erased, but for one slip.</summary>
    internal static async Task ForgeAsync(ErasedLedger ledger, string slip)
    {
        RecordedCase recorded = ledger.NewCase();
        EntryRange[] entries = [new(1, slip == "beyond" ? 4 : 2)];
        ErasureRecord record = await recorded.OfAsync(entries);
        ErasureRecord signed = slip switch
        {
            "text" => record with { Keys = [] },
            "log" => record with { Log = Guid.NewGuid() },
            "hash" => record with { Hash = Digest.Zero },
            "case" => record with { Case = Guid.NewGuid() },
            _ => record,
        };
        using NoteSigner stranger = NoteSigner.Generate(record.Origin, NoteKeyType.Ed25519);
        if (slip != "no row")
        {
            await recorded.StoreAsync(slip == "unsigned" ? stranger.SignNote(record.Encode()).ToString() : recorded.Sign(signed));
        }

        if (slip != "no leaf")
        {
            await recorded.TellAsync(slip switch { "commitment" => Digest.Zero, "no commitment" => null, "text" => record.Commit(), _ => signed.Commit() }, slip == "ciphertext" ? Digest.Zero : null);
            await ledger.ChainAsync();
        }
    }

    private static (long?, FindingKind)[] Places(LedgerReport report) => [.. report.Findings.Select(finding => (finding.Seq, finding.Kind))];
}
