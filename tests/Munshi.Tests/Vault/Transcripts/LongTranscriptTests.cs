using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Munshi.Access;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Running;
using Munshi.Vault.Transcripts;

namespace Munshi.Tests.Vault.Transcripts;

/// <summary>A long conversation leaves piece by piece.</summary>
public sealed class LongTranscriptTests(TranscriptBench bench) : IClassFixture<TranscriptBench>
{
    private const int Messages = 450; // more than two pages
    private const int WordsEach = 2000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_conversation_is_whole_in_order_and_leaves_in_pieces_that_do_not_grow_with_it()
    {
        string customer = bench.NewCustomer();
        await DeliverHistoryAsync(customer);
        Guid conversation = await bench.Server.ConversationAsync(customer);
        await bench.SignedAsync(conversation);
        SignedIn owner = new(bench.Server.ClientId, bench.Server.OwnerId, Guid.NewGuid(), MemberRole.Owner, "Asha Owner");
        TranscriptStart.Begun begun = Assert.IsType<TranscriptStart.Begun>(await bench.Server.Get<SavedTranscripts>().BeginAsync(owner, conversation, Cancellation));
        string path = bench.NewPath();

        await using PieceStream pieces = new(File.Create(path));
        await bench.Server.Get<TranscriptWriter>().WriteAsync(owner, begun.Plan, pieces, Cancellation);
        await pieces.DisposeAsync();

        Assert.Equal(Messages, begun.Plan.Messages);
        Assert.InRange(pieces.Largest, 1, 256 * 1024);
        Assert.InRange(pieces.Total, Messages * WordsEach, long.MaxValue);
        string[] words = [.. (await File.ReadAllLinesAsync(path, Encoding.UTF8, Cancellation)).Where(line => line.StartsWith("<p class=\"text\"", StringComparison.Ordinal)).Select(line => line.Split('>')[1].Split(' ')[0])];
        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"word{i}"), words);
        Assert.All(await OfflineVerifier.BothAsync(path), verdict => Assert.Equal((0, Messages), (verdict.ExitCode, verdict.Total.GetProperty("proved").GetInt32())));
    }

    /// <summary>From before the number was connected: nobody answers it.</summary>
    private async Task DeliverHistoryAsync(string customer)
    {
        DateTimeOffset then = TimeProvider.System.GetUtcNow().AddDays(-30);
        JsonObject[] items = [.. Enumerable.Range(0, Messages).Select(i => Item(customer, then.AddSeconds(i), $"word{i} {new string('x', WordsEach)}"))];
        using MetaClient meta = new(bench.Server.Webhook, RunningServer.AppSecret);
        foreach (JsonObject[] some in items.Chunk(150))
        {
            byte[] delivery = MetaPayload.Delivery(new JsonObject
            {
                ["field"] = "history",
                ["value"] = new JsonObject
                {
                    ["messaging_product"] = "whatsapp",
                    ["metadata"] = new JsonObject { ["display_phone_number"] = "919000000001", ["phone_number_id"] = RunningServer.PhoneNumberId },
                    ["history"] = new JsonArray(new JsonObject
                    {
                        ["metadata"] = new JsonObject { ["phase"] = 1, ["chunk_order"] = 1, ["progress"] = 40 },
                        ["threads"] = new JsonArray(new JsonObject { ["id"] = customer, ["messages"] = new JsonArray([.. some]) }),
                    }),
                },
            });
            Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(delivery, Cancellation));
            await bench.Server.SettledAsync();
        }
    }

    private static JsonObject Item(string customer, DateTimeOffset at, string text)
    {
        JsonObject item = MetaPayload.Text(customer, text);
        item["timestamp"] = MetaPayload.Seconds(at);
        item["history_context"] = new JsonObject { ["status"] = "READ" };
        return item;
    }

    /// <summary>Knows how large the largest piece was that was written to it.</summary>
    private sealed class PieceStream(Stream inner) : Stream
    {
        public int Largest { get; private set; }

        public long Total { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Total;

        public override long Position
        {
            get => Total;
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (Largest, Total) = (Math.Max(Largest, buffer.Length), Total + buffer.Length);
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
