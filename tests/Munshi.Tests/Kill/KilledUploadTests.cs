using System.Net;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Kill;

/// <summary>A file that a person sends, and a server that is killed before it has left.</summary>
public sealed class KilledUploadTests
{
    private const string Customer = "919000020000";

    private static readonly byte[] Jpeg = [0xff, 0xd8, 0xff, 0xe0, .. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7 / 3))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uploadHttp500")]
    [InlineData("http500")]
    public async Task A_file_whose_server_is_killed_before_or_after_its_upload_is_uploaded_once_and_arrives_once(string fault)
    {
        await using KillBench bench = await KillBench.StartAsync([Customer]);
        using MetaClient meta = new(bench.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(MetaPayload.Text(Customer, "talk to a person")), Cancellation));
        await Eventually.TrueAsync(async () => await bench.AnswersAsync(Customer) == 1);
        using DashboardVisitor owner = await SignInAsync(bench);
        Guid conversation = await bench.ScalarAsync<Guid>("SELECT id FROM vault.conversation");
        await bench.FaultsAsync(new Dictionary<string, bool> { [fault] = true });

        VisitedPage sent = await owner.UploadAsync(await owner.GetAsync($"/inbox/{conversation}"), "details.attach form", "saree.jpg", Jpeg);
        await Eventually.TrueAsync(async () => await bench.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM work.job WHERE kind = 'channel.send' AND last_error LIKE 'send.refused%')"));
        bench.Server.Kill();
        await bench.FaultsAsync(new Dictionary<string, bool> { [fault] = false });
        await bench.Server.StartAsync();
        await Eventually.TrueAsync(async () => await bench.ScalarAsync<long>("SELECT count(*) FROM channel.outbox WHERE state <> 'accepted'") == 0);

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Equal(1, await bench.FilesAsync(Customer));
        Assert.Equal(1, (await bench.SandboxStateAsync()).GetProperty("graph").GetProperty("uploaded").GetInt64());
    }

    private static async Task<DashboardVisitor> SignInAsync(KillBench bench)
    {
        await bench.Server.RunAsync("member", "add", "--workspace", "kill", "--name", "Asha Owner", "--role", "owner");
        string link = await bench.Server.RunAsync("member", "sign-in-link", "--workspace", "kill", "--base-address", $"{bench.Server.Address}");
        DashboardVisitor owner = new(bench.Server.Address);
        Assert.Equal("/inbox", (await owner.SubmitAsync(await owner.GetAsync(new Uri(link.Trim()).AbsolutePath), "main form")).Location);
        return owner;
    }
}
