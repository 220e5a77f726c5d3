using System.Diagnostics;
using System.Text;
using AngleSharp.Dom;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Media;
using Munshi.Media.Looking;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Media;

public sealed class LookingTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string NoFfmpeg = "ffmpeg is not installed: ./test installs it";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_voice_message_shows_its_length_and_how_loud_it_is_over_time()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), NoFfmpeg);
        using SandboxPhone phone = shared.NewPhone();
        await phone.WriteAsync(new { voice = true }, Cancellation);
        IElement message = await LookedAtAsync("levels_sealed IS NOT NULL AND duration_ms BETWEEN 1900 AND 2200");

        Assert.Equal(40, message.QuerySelectorAll("svg.waveform rect").Length); // two seconds, twenty a second
        Assert.Contains("0:02", message.TextContent, StringComparison.Ordinal);
        Assert.NotNull(message.QuerySelector("audio[controls]"));
    }

    [Fact]
    public async Task A_picture_is_shown_small_first()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), NoFfmpeg);
        using SandboxPhone phone = shared.NewPhone();
        await phone.SendAsync("saree.png", "image/png", await PictureAsync(), Cancellation);
        IElement message = await LookedAtAsync("preview_sealed IS NOT NULL AND type = 'image/png'");
        using DashboardVisitor owner = await shared.OwnerAsync();

        string link = message.QuerySelector(".media-picture img")!.GetAttribute("src")!;
        using HttpResponseMessage preview = await owner.Http.GetAsync(link, Cancellation);
        byte[] picture = await preview.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal("image/jpeg", preview.Content.Headers.ContentType?.ToString());
        Assert.Equal([0xff, 0xd8, 0xff], picture[..3]);
        Assert.Equal("480x288", await SizeAsync(picture));
        Assert.Equal("sandbox; default-src 'none'; frame-ancestors 'none'", Assert.Single(preview.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task A_file_that_no_program_understands_is_shown_as_it_is_and_looked_at_once()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), NoFfmpeg);
        using SandboxPhone phone = shared.NewPhone();
        await phone.SendAsync("broken.png", "image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, .. "and nothing more"u8], Cancellation);

        IElement message = await LookedAtAsync("preview_sealed IS NULL AND type = 'image/png'");

        Assert.DoesNotContain("as=preview", message.QuerySelector(".media-picture img")!.GetAttribute("src"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_damaged_on_disk_is_looked_at_once_and_has_no_preview()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), NoFfmpeg);
        using SandboxPhone phone = shared.NewPhone();
        await phone.SendAsync("damaged.jpg", "image/jpeg", [0xff, 0xd8, 0xff, 0xe0, .. new byte[200_000]], Cancellation);
        await LookedAtAsync("type = 'image/jpeg'");
        Guid media = await shared.Server.Database.ScalarAsync<Guid>("SELECT id FROM vault.media WHERE type = 'image/jpeg'");
        string hash = await shared.Server.Database.ScalarAsync<string>($"SELECT encode(file_hash, 'hex') FROM vault.media WHERE id = '{media}'");
        await using (FileStream file = new(Path.Combine(shared.Server.Get<DataDirectory>().Media, hash[..2], hash[2..4], hash), FileMode.Open))
        {
            file.SetLength(file.Length - 1000);
        }

        await shared.Server.Database.AsSuperuserAsync(
            $"""
            ALTER TABLE vault.media DISABLE TRIGGER settled_stays;
            UPDATE vault.media SET looked_at = NULL WHERE id = '{media}';
            ALTER TABLE vault.media ENABLE ALWAYS TRIGGER settled_stays;
            """);
        await shared.Server.Get<WorkspaceDatabase>().TransactAsync(shared.Server.ClientId, transaction =>
        {
            Jobs.Enqueue(transaction, LookAtMedia.LookJob, media, TimeProvider.System.GetUtcNow());
            return Task.FromResult(true);
        }, Cancellation);
        await shared.Server.SettledAsync();

        Assert.True(await shared.Server.Database.ScalarAsync<bool>($"SELECT looked_at IS NOT NULL AND preview_sealed IS NULL FROM vault.media WHERE id = '{media}'"));
    }

    [Fact]
    public async Task The_program_runs_without_network_as_nobody_and_writes_no_file()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can give it a user of its own");
        string folder = Directory.CreateTempSubdirectory("munshi-media-").FullName;
        try
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            string program = Path.Combine(folder, "ffmpeg");
            await File.WriteAllTextAsync(
                program,
                """
                #!/bin/sh
                /usr/bin/id -u
                /usr/bin/tail -n +3 /proc/net/dev | /usr/bin/cut -d: -f1 | /usr/bin/tr -d ' '
                ulimit -f
                ulimit -v
                /usr/bin/grep NoNewPrivs /proc/self/status
                echo "$*"
                cat
                """,
                Cancellation);
            File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
            MediaTools tools = new($"{folder}:{Environment.GetEnvironmentVariable("PATH")}");
            using MemoryStream told = new();

            bool ended = await new FfmpegRun(tools).RunAsync(MediaType.Jpeg, new MemoryStream("the file"u8.ToArray()), ["-an"], (made, token) => made.CopyToAsync(told, token), Cancellation);

            Assert.Equal(
                "65534 lo 0 1048576 NoNewPrivs: 1 -hide_banner -nostdin -loglevel quiet -threads 1 -protocol_whitelist pipe -f jpeg_pipe -i pipe:0 -an pipe:1 the file",
                string.Join(' ', Encoding.UTF8.GetString(told.ToArray()).Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)));
            Assert.True(ended);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Without_the_program_nothing_is_looked_at_and_health_says_so()
    {
        Assert.Equal("no-ffmpeg", new MediaTools("").State);
        Assert.Empty(new MediaTools("").Command);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(399, 1)]
    [InlineData(400, 1)]
    [InlineData(401, 2)]
    [InlineData(8000, 20)]
    [InlineData(800_000, 64)]
    public void A_waveform_has_a_bar_for_each_twentieth_of_a_second_and_at_most_sixty_four(int samples, int bars)
    {
        Waveform sound = new();
        byte[] bytes = new byte[2 * samples];
        for (int sample = 0; sample < samples; sample++)
        {
            bytes[(2 * sample) + 1] = (byte)(sample < samples / 2 ? 0x20 : 0xc0); // 8192, then -16384
        }

        for (int from = 0; from < bytes.Length; from += 333)
        {
            sound.Add(bytes.AsSpan(from, Math.Min(333, bytes.Length - from)));
        }

        byte[] levels = sound.Levels();
        Assert.Equal(bars, levels.Length);
        Assert.Equal(samples / 8000.0, sound.Duration.TotalSeconds, 4);
        if (bars > 2)
        {
            Assert.Equal((127, 255), (levels[0], levels[^1]));
        }
    }

    private async Task<IElement> LookedAtAsync(string condition)
    {
        await Eventually.TrueAsync(async () => await shared.Server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM vault.media WHERE looked_at IS NOT NULL AND {condition}") == 1);
        Guid conversation = await shared.Server.Database.ScalarAsync<Guid>(
            $"SELECT m.conversation_id FROM vault.media d JOIN vault.message m ON m.id = d.message_id WHERE d.looked_at IS NOT NULL AND {condition.Replace("type", "d.type", StringComparison.Ordinal)}");
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{conversation}");
        return page.Document.QuerySelectorAll(".message.in")[^1];
    }

    private static Task<byte[]> PictureAsync() => RunAsync("ffmpeg", [], "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=1000x600", "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "pipe:1");

    private static async Task<string> SizeAsync(byte[] picture) =>
        Encoding.ASCII.GetString(await RunAsync("ffprobe", picture, "-v", "error", "-f", "jpeg_pipe", "-show_entries", "stream=width,height", "-of", "csv=p=0:s=x", "pipe:0")).Trim();

    private static async Task<byte[]> RunAsync(string program, byte[] input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.BaseStream.WriteAsync(input, Cancellation);
        process.StandardInput.Close();
        using MemoryStream output = new();
        await process.StandardOutput.BaseStream.CopyToAsync(output, Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return output.ToArray();
    }
}
