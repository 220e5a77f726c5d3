using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Munshi.Access;
using Munshi.Vault;
using Munshi.Vault.Pages;
using Npgsql;

namespace Munshi.Bench.Search;

/// <summary>The inbox and its conversations over the same full vault: by the classes behind the pages, and as a browser gets them.</summary>
internal static partial class InboxPages
{
    /// <summary>What the database and opening what it gives take; the newest page and the one below it.</summary>
    public static async Task<IReadOnlyList<Measure>> ReadAsync(RunningMunshi munshi, IServiceProvider services, int times, CancellationToken cancellationToken)
    {
        SignedIn owner = new(munshi.ClientId, await OwnerAsync(munshi, cancellationToken), Guid.Empty, MemberRole.Owner, "");
        Guid[] conversations = await ConversationsAsync(munshi, cancellationToken);
        InboxReader inbox = services.GetRequiredService<InboxReader>();
        ConversationReader reader = services.GetRequiredService<ConversationReader>();
        List<double> lists = [], opened = [];
        Dice dice = new(3);
        PageCursor? below = null;
        for (int time = -times / 5; time < times; time++)
        {
            long began = Stopwatch.GetTimestamp();
            InboxView view = (await inbox.ReadAsync(owner, default, below, cancellationToken))!;
            double list = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            below = time % 2 == 0 && view.NextCursor is { } next && PageCursor.TryParse(next, out PageCursor cursor) ? cursor : null;

            began = Stopwatch.GetTimestamp();
            await reader.ReadAsync(owner, conversations[dice.Below(conversations.Length)], null, cancellationToken);
            double open = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (time >= 0)
            {
                lists.Add(list);
                opened.Add(open);
            }
        }

        return
        [
            new Measure("inbox list: read and opened, p95", "ms", [P95(lists)], Below: 10),
            new Measure("conversation: read and opened, p95", "ms", [P95(opened)], Below: 10),
        ];
    }

    /// <summary>From the request to the last byte, by the built server.</summary>
    public static async Task<IReadOnlyList<Measure>> FetchAsync(RunningMunshi munshi, int times, CancellationToken cancellationToken)
    {
        Guid[] conversations = await ConversationsAsync(munshi, cancellationToken);
        using HttpClient http = new() { BaseAddress = munshi.Address };
        await SignInAsync(http, await munshi.SignInLinkAsync(), cancellationToken);
        List<double> lists = [], opened = [];
        Dice dice = new(4);
        for (int time = -times / 5; time < times; time++)
        {
            double list = await TimeAsync(http, "inbox", cancellationToken);
            double open = await TimeAsync(http, string.Create(CultureInfo.InvariantCulture, $"inbox/{conversations[dice.Below(conversations.Length)]}"), cancellationToken);
            if (time >= 0)
            {
                lists.Add(list);
                opened.Add(open);
            }
        }

        return
        [
            new Measure("inbox list: to the last byte, p95", "ms", [P95(lists)], Below: 50),
            new Measure("conversation: to the last byte, p95", "ms", [P95(opened)], Below: 50),
        ];
    }

    private static async Task<double> TimeAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        double took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return answer.RequestMessage!.RequestUri!.AbsolutePath == "/" + path ? took : throw new InvalidOperationException($"/{path} led elsewhere.");
    }

    /// <summary>As the button on the link's page does.</summary>
    private static async Task SignInAsync(HttpClient http, string link, CancellationToken cancellationToken)
    {
        string page = await http.GetStringAsync(new Uri(link), cancellationToken);
        using FormUrlEncodedContent fields = new(Hidden().Matches(page).Select(field => KeyValuePair.Create(field.Groups[1].Value, field.Groups[2].Value)).DistinctBy(field => field.Key));
        using HttpResponseMessage answer = await http.PostAsync(new Uri(link), fields, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<Guid> OwnerAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand ask = new("SELECT person_id FROM access.membership WHERE client_id = $1", admin) { Parameters = { new() { Value = munshi.ClientId } } };
        return (Guid)(await ask.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<Guid[]> ConversationsAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand ask = new("SELECT array_agg(id ORDER BY id) FROM vault.conversation WHERE client_id = $1", admin) { Parameters = { new() { Value = munshi.ClientId } } };
        return (Guid[])(await ask.ExecuteScalarAsync(cancellationToken))!;
    }

    private static double P95(List<double> times) => Samples.Percentile([.. times.Order()], 0.95);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
