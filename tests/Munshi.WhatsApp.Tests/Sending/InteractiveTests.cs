using System.Text;
using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Tests.Sending;

public sealed class InteractiveTests : IDisposable
{
    private static readonly ReplyList List = new()
    {
        Label = "See the answers",
        Options = [new ReplyOption("entry:repair", "Repair", "Do you repair at home?"), new ReplyOption("person", "किसी से बात करें")],
    };

    private static readonly ReplyButtons Buttons = new()
    {
        Footer = "Was this it?",
        Options = [new ReplyOption("yes", "Yes"), new ReplyOption("person", "Talk to a person")],
    };

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task List_travels_as_meta_documents_it() => Assert.Equal(
        """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919000000101","type":"interactive","interactive":{"type":"list","body":{"text":"Which one?"},"action":{"button":"See the answers","sections":[{"rows":[{"id":"entry:repair","title":"Repair","description":"Do you repair at home?"},{"id":"person","title":"किसी से बात करें"}]}]}},"biz_opaque_callback_data":"outbox:01JD"}""",
        await SentAsync(List));

    [Fact]
    public async Task Buttons_travel_as_meta_documents_them() => Assert.Equal(
        """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919000000101","type":"interactive","interactive":{"type":"button","body":{"text":"Which one?"},"footer":{"text":"Was this it?"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"person","title":"Talk to a person"}}]}},"biz_opaque_callback_data":"outbox:01JD"}""",
        await SentAsync(Buttons));

    [Fact]
    public void What_was_written_is_read_back()
    {
        ReplyList list = Assert.IsType<ReplyList>(InteractiveJson.Read(InteractiveJson.Write("Which one?", List)));
        ReplyButtons buttons = Assert.IsType<ReplyButtons>(InteractiveJson.Read(InteractiveJson.Write("Which one?", Buttons)));

        Assert.Equal((List.Label, List.Footer), (list.Label, list.Footer));
        Assert.Equal(List.Options, list.Options);
        Assert.Equal(Buttons.Footer, buttons.Footer);
        Assert.Equal(Buttons.Options, buttons.Options);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":"list"}""")]
    [InlineData("""{"type":"list","action":{"button":"x","sections":7}}""")]
    [InlineData("""{"type":"flow","action":{"buttons":[{"reply":{"id":"a","title":"b"}}]}}""")]
    [InlineData("""{"type":"button","action":{"buttons":[{"reply":{"title":"b"}},null,3]}}""")]
    public void Anything_else_is_read_as_nothing(string json) => Assert.Null(InteractiveJson.Read(Encoding.UTF8.GetBytes(json)));

    public static TheoryData<int> Wrong => [.. Enumerable.Range(0, WrongOptions.Length)];

    private static ReplyOptions[] WrongOptions =>
    [
        Buttons with { Options = [] },
        Buttons with { Options = [.. Enumerable.Range(0, 4).Select(i => new ReplyOption($"{i}", "t"))] },
        Buttons with { Options = [new ReplyOption("a", new string('t', 21))] },
        Buttons with { Options = [new ReplyOption(new string('i', 257), "t")] },
        Buttons with { Options = [new ReplyOption("a", "t"), new ReplyOption("a", "u")] },
        Buttons with { Footer = new string('f', 61) },
        List with { Label = new string('l', 21) },
        List with { Options = [.. Enumerable.Range(0, 11).Select(i => new ReplyOption($"{i}", "t"))] },
        List with { Options = [new ReplyOption("a", new string('t', 25))] },
        List with { Options = [new ReplyOption("a", "t", new string('d', 73))] },
        List with { Options = [new ReplyOption(new string('i', 201), "t")] },
        List with { Options = [new ReplyOption("a", "")] },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_goes_beyond_metas_limits_never_leaves(int wrong) => await Assert.ThrowsAsync<ArgumentException>(
        () => GraphSample.Client(_http, LoopbackServer.Deserted(), clock: null).SendAsync(
            GraphSample.Request with { Content = new OutboundOptions("Yes, sizes M and L.", WrongOptions[wrong]) }, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(1024, true, true)]
    [InlineData(1025, false, true)]
    [InlineData(4096, false, true)]
    [InlineData(4097, false, false)]
    public void Bodies_have_their_own_limits(int length, bool buttons, bool list)
    {
        string body = new('b', length);

        Assert.Equal((buttons, list), (Buttons.Fits(body), List.Fits(body)));
    }

    private async Task<string> SentAsync(ReplyOptions options)
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, GraphSample.AcceptedBody);
        await GraphSample.Client(_http, server.Address, clock: null).SendAsync(
            GraphSample.Request with { Content = new OutboundOptions("Which one?", options), CallbackData = "outbox:01JD" }, TestContext.Current.CancellationToken);
        return Assert.Single(server.Requests).Body;
    }
}
