using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Munshi.Audit;
using Munshi.Audit.Verifying;
using Munshi.Audit.Witnesses;
using Munshi.Notices;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Database.WorkQueue;
using Munshi.Tests.Postgres;
using Munshi.Web;
using Munshi.Web.Resources;

namespace Munshi.Tests.Audit.Verifying;

public sealed class LedgerDigestTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_what_was_added_and_signed_in_the_time_who_looks_on_and_what_the_last_whole_check_came_to()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        DateTimeOffset between = await signed.Audited.Database.ScalarAsync<DateTime>("SELECT clock_timestamp()");
        VerificationHistory history = new(signed.Databases, new ManualClock(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)));

        DigestSection first = await WriteAsync(signed, history, log, between.AddHours(-1), between, "en");
        await history.AddAsync(new VerificationRecord(Guid.NewGuid(), new DateTimeOffset(2026, 11, 22, 6, 30, 0, TimeSpan.Zero), VerificationScope.Full, 3, 0, null), Cancellation);
        DigestSection later = await WriteAsync(signed, history, log, between, between.AddHours(1), "en");

        Assert.Equal("Proof that nothing was altered", first.Title);
        Assert.Equal("3 entries added and signed", first.Lines[0]);
        Assert.StartsWith("Signed up to 3 entries, last at ", first.Lines[1], StringComparison.Ordinal);
        Assert.Equal(["No witness on another machine looks on.", "The whole ledger was not checked yet; that is done once a day."], first.Lines.Skip(2));
        Assert.Equal("0 entries added and signed", later.Lines[0]);
        Assert.Equal("The whole check of 22 Nov 2026 06:30 UTC found everything as written.", later.Lines[^1]);
    }

    [Fact]
    public async Task A_difference_and_a_stopped_signer_are_told_without_what_was_found()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(1);
        VerificationHistory history = new(signed.Databases, new ManualClock(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)));
        LedgerFinding found = new(Guid.NewGuid(), 7, FindingKind.RowHash, "aa", "bb");
        await history.AddAsync(new VerificationRecord(Guid.NewGuid(), new DateTimeOffset(2026, 11, 22, 6, 30, 0, TimeSpan.Zero), VerificationScope.Full, 3, 1, found), Cancellation);
        signed.State.Refusal = "root 5a5a";

        DigestSection section = await WriteAsync(signed, history, log, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), "en");

        Assert.Contains("Nothing is signed at the moment: what stands in the database is not what was signed before.", section.Lines);
        Assert.Contains("The whole check of 22 Nov 2026 06:30 UTC found something that is not as written: see the ledger's page Verification.", section.Lines);
        Assert.DoesNotContain(section.Lines, line => line.Contains("5a5a", StringComparison.Ordinal) || line.Contains("RowHash", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("hi", "अभी कुछ हस्ताक्षरित नहीं हुआ है।")]
    [InlineData("bn", "এখনও কিছু স্বাক্ষর হয়নি।")]
    public async Task It_is_told_in_the_recipients_language(string language, string line)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);

        DigestSection section = await WriteAsync(
            signed, new VerificationHistory(signed.Databases, TimeProvider.System), await signed.Audited.AddWorkspaceAsync(), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), language);

        Assert.Contains(line, section.Lines);
    }

    private static async Task<DigestSection> WriteAsync(
        SignedDatabase signed, VerificationHistory history, Guid log, DateTimeOffset from, DateTimeOffset to, string language)
    {
        CultureInfo culture = Language.Find(language)!.Culture;
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture); // for this test and what it calls
        await using ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        LedgerDigest digest = new(signed.Databases, WitnessPolicy.None, signed.State, history, services.GetRequiredService<IStringLocalizer<Text>>());
        return (await digest.WriteAsync(log, from, to, culture, Cancellation))!;
    }
}
