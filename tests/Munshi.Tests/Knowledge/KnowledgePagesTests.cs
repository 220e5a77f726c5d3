using System.Net;
using System.Text;
using Munshi.Knowledge;
using Munshi.Tests.Dashboard;

namespace Munshi.Tests.Knowledge;

public sealed class KnowledgePagesTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task An_entry_is_written_changed_and_retired_each_as_a_new_revision()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage added = await owner.SubmitAsync(
            await owner.GetAsync("/knowledge/new"), "#entry-form",
            ("question", "Do you fold saris?"), ("answer", "Yes, with care."), ("title", "Folding"), ("examples", "sari folding?\r\n\r\nfold it please"));
        VisitedPage list = await owner.GetAsync(added.Location!);
        string address = list.Document.QuerySelectorAll(".entries a").Single(link => link.TextContent.Trim() == "Do you fold saris?").GetAttribute("href")!;
        VisitedPage form = await owner.GetAsync(address);

        await owner.SubmitAsync(form, "#entry-form", ("answer", "Yes, in ten minutes."));
        VisitedPage changed = await owner.GetAsync(address);
        VisitedPage late = await owner.SubmitAsync(form, "#entry-form", ("answer", "Overwritten?"));
        await owner.SubmitAsync(changed, "#retire-form");

        Assert.Equal("sari folding?\nfold it please", form.Document.QuerySelector("#examples")!.TextContent);
        Assert.Equal("Yes, in ten minutes.", changed.Document.QuerySelector("#answer")!.TextContent);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal("Overwritten?", late.Document.QuerySelector("#answer")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(address)).Status);
        Assert.DoesNotContain("Do you fold saris?", (await owner.GetAsync("/knowledge")).Html, StringComparison.Ordinal);
        string id = Uri.UnescapeDataString(address.Split('/')[^1]);
        Assert.StartsWith("do-you-fold-saris-", id, StringComparison.Ordinal);
        Assert.Equal(3, await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM knowledge.entry WHERE entry_id = '{id}'"));
        Assert.Equal(1, await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM audit.event WHERE action = 'knowledge.retired' AND actor = 'person:{shared.Server.OwnerId}'"));
    }

    [Fact]
    public async Task A_question_that_cannot_be_normalised_is_kept_all_the_same()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage added = await owner.SubmitAsync(
            await owner.GetAsync("/knowledge/new"), "#entry-form", ("question", "Zari\uFFFE?"), ("answer", "Yes."));
        VisitedPage list = await owner.GetAsync(added.Location!);

        Assert.Equal("/knowledge?saved=true", added.Location);
        Assert.Single(list.Document.QuerySelectorAll(".entries a"), link => link.GetAttribute("href")!.Contains("/zari-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "x", "", "#question")]
    [InlineData("q", "", "", "#answer")]
    [InlineData("q", "x", "a title of twenty-five !!!", "#title")]
    public async Task An_entry_outside_its_limits_comes_back_with_the_field_named(string question, string answer, string title, string field)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage refused = await owner.SubmitAsync(
            await owner.GetAsync("/knowledge/new"), "#entry-form", ("question", question), ("answer", answer), ("title", title), ("examples", "kept"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.NotNull(refused.Document.QuerySelector($"[role=alert] a[href='{field}']"));
        Assert.Equal("true", refused.Document.QuerySelector(field)!.GetAttribute("aria-invalid"));
        Assert.Equal("kept", refused.Document.QuerySelector("#examples")!.TextContent);
    }

    [Fact]
    public async Task A_file_is_imported_whole_or_refused_with_every_line_that_is_wrong()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync("/knowledge");

        VisitedPage refused = await owner.UploadAsync(
            page, "#import-form", "faq.csv", Encoding.UTF8.GetBytes("id,question,title,answer,examples\nparking,Is there parking?,,Yes.,\nbad id,?,,,\n"));
        VisitedPage taken = await owner.UploadAsync(
            page, "#import-form", "faq.csv", Encoding.UTF8.GetBytes("id,question,title,answer,examples\nparking,Is there parking?,,\"Yes, behind the shop.\",\n"));
        VisitedPage list = await owner.GetAsync(taken.Location!);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Line 3, id: An id may have only", refused.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("Line 3, answer: This is empty.", refused.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("/knowledge?changed=1", taken.Location);
        Assert.Equal("1 question is new or changed", list.Text(".note.ok .state"));
        Assert.Contains("Yes, behind the shop.", list.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004rest of a workbook", "en", "This is an Excel file.")]
    [InlineData("", "en", "The file is empty")]
    [InlineData("id,question\nparking,Is there parking?\n", "en", "A column is missing: answer.")]
    [InlineData("id,question\nparking,Is there parking?\n", "hi", "कॉलम नहीं मिला: answer")]
    public async Task What_is_wrong_with_a_file_is_said_in_the_readers_language(string content, string language, string says)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        owner.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        VisitedPage refused = await owner.UploadAsync(await owner.GetAsync("/knowledge"), "#import-form", "faq.csv", Encoding.UTF8.GetBytes(content));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(says, refused.Text("[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_file_is_offered_and_is_one_that_would_be_imported()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        string href = (await owner.GetAsync("/knowledge")).Document.QuerySelector("a[download]")!.GetAttribute("href")!;

        byte[] sample = await owner.Http.GetByteArrayAsync(href, TestContext.Current.CancellationToken);

        FaqReading.Read read = Assert.IsType<FaqReading.Read>(FaqReader.Read(sample));
        Assert.All(read.Entries, entry => Assert.True(entry.Examples.Count >= 3));
    }

    [Fact]
    public async Task Colleagues_read_the_entries_and_another_workspace_sees_none()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();

        VisitedPage read = await colleague.GetAsync("/knowledge");
        VisitedPage empty = await other.GetAsync("/knowledge");
        string token = empty.Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;
        Dictionary<string, string> forged = new() { ["form-token"] = token, ["revision"] = "1", ["question"] = "q", ["answer"] = "a" };

        Assert.NotEmpty(read.Document.QuerySelectorAll(".entries li"));
        Assert.Empty(read.Document.QuerySelectorAll("main form, .entries a"));
        Assert.Empty(empty.Document.QuerySelectorAll(".entries li"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/knowledge/entries/timings")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync("/knowledge/entries/timings", forged)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync("/knowledge/entries/timings/retirement", forged)).Status);
    }
}
