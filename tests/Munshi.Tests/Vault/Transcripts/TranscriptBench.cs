using System.Net;
using System.Text.Json.Nodes;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Vault.Transcripts;

/// <summary>A running server whose owner saves conversations as files.</summary>
public sealed class TranscriptBench(PostgresTemplate postgres) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("munshi-test-transcripts-").FullName;
    private int _customers;
    private int _files;

    internal DashboardServer Dashboard { get; } = new(postgres);

    internal RunningServer Server => Dashboard.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Dashboard.InitializeAsync();

    /// <summary>A number no other test of the class has.</summary>
    internal string NewCustomer() => $"91900000{Interlocked.Increment(ref _customers) + 7000}";

    internal string NewPath() => Path.Combine(_folder, $"{Interlocked.Increment(ref _files)}.html");

    /// <summary>Delivers messages as Meta does, and waits for what they lead to.</summary>
    internal async Task DeliverAsync(string customer, string name, params JsonObject[] messages)
    {
        using MetaClient meta = new(Server.Webhook, RunningServer.AppSecret);
        byte[] delivery = MetaPayload.Delivery(new JsonObject
        {
            ["field"] = "messages",
            ["value"] = new JsonObject
            {
                ["messaging_product"] = "whatsapp",
                ["metadata"] = new JsonObject { ["display_phone_number"] = "919000000001", ["phone_number_id"] = RunningServer.PhoneNumberId },
                ["contacts"] = new JsonArray(new JsonObject { ["profile"] = new JsonObject { ["name"] = name }, ["wa_id"] = customer }),
                ["messages"] = new JsonArray([.. messages.Select(message => message.DeepClone())]),
            },
        });
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(delivery, Cancellation));
        await Server.SettledAsync();
    }

    /// <summary>Once every message of the conversation is under a checkpoint.</summary>
    internal Task SignedAsync(Guid conversation) => Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<bool>(
        $"""
        SELECT NOT EXISTS (SELECT FROM vault.message m WHERE m.conversation_id = '{conversation}'
            AND NOT EXISTS (SELECT FROM ledger.place p WHERE p.client_id = m.client_id AND p.object = m.id))
        """));

    /// <summary>Saves a conversation by the form of its page.</summary>
    internal async Task<SavedConversation> SaveAsync(string customer)
    {
        Guid conversation = await Server.ConversationAsync(customer);
        await SignedAsync(conversation);
        using DashboardVisitor owner = await Dashboard.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{conversation}/transcript");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        using FormUrlEncodedContent form = new(page.Document.QuerySelectorAll("#transcript-form input[name]")
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!));
        using HttpResponseMessage answer = await owner.Http.PostAsync($"/inbox/{conversation}/transcript", form, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string path = NewPath();
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync(Cancellation), Cancellation);
        return new SavedConversation(conversation, path, answer);
    }

    public async ValueTask DisposeAsync()
    {
        await Dashboard.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
