using Microsoft.Extensions.Options;
using Munshi.Database.Manifest;
using Munshi.WhatsApp.Sending;
using Munshi.Workspaces;

namespace Munshi.Channels.Health;

/// <summary>Asks Meta about every number, often enough that a dead token shows within the minute.</summary>
/// <remarks>One query a workspace and round, one call a number; of several servers each number is asked by one.</remarks>
internal sealed partial class HealthClock(
    WorkspaceRegistry workspaces,
    Numbers numbers,
    NumberHealths healths,
    GraphAccount graph,
    ChannelGauge gauge,
    DatabaseGate gate,
    IOptions<ChannelOptions> options,
    TimeProvider clock,
    ILogger<HealthClock> logger) : BackgroundService
{
    private const int AtOnce = 4;

    /// <summary>How often a token is asked for its end.</summary>
    private static readonly TimeSpan InspectEvery = TimeSpan.FromHours(1);

    /// <summary>How often it is looked whether the account's webhooks go to the app.</summary>
    private static readonly TimeSpan SubscriptionEvery = TimeSpan.FromDays(1);

    /// <summary>Asks about the numbers that are due.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        foreach (WorkspaceListing workspace in await workspaces.ListAsync(cancellationToken))
        {
            IReadOnlyList<(Guid NumberId, bool Inspect, bool Subscription)> due =
                await healths.ClaimAsync(workspace.ClientId, options.Value.HealthInterval * 0.9, InspectEvery, SubscriptionEvery, cancellationToken);
            await Parallel.ForEachAsync(
                due,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (number, cancel) => await AskAsync(workspace.ClientId, number.NumberId, number.Inspect, number.Subscription, cancel));
            if (due.Count > 0)
            {
                gauge.Forget(workspace.ClientId);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (gate.IsOpen)
                {
                    await AskAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception.GetType().Name);
            }

            await Task.Delay(options.Value.HealthInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(Guid clientId, Guid numberId, bool inspect, bool subscription, CancellationToken cancellationToken)
    {
        DateTimeOffset askedAt = clock.GetUtcNow();
        NumberCredentials from = await numbers.CredentialsAsync(clientId, numberId, cancellationToken);
        AccountOutcome health = await graph.ReadHealthAsync(from.PhoneNumberId, from.AccessToken, cancellationToken);
        Log.Asked(logger, numberId, health);
        await healths.KeepAsync(clientId, numberId, health, askedAt, cancellationToken);
        if (health is not AccountOutcome.Health || !(inspect || subscription))
        {
            return;
        }

        AccountOutcome token = await graph.InspectTokenAsync(from.AccessToken, cancellationToken);
        await healths.KeepAsync(clientId, numberId, token, askedAt, cancellationToken);
        if (subscription
            && await numbers.AccountAsync(clientId, numberId, cancellationToken) is { } account
            && await graph.ReadSubscriptionsAsync(account, from.AccessToken, cancellationToken) is AccountOutcome.Subscriptions subscribed)
        {
            string? app = (token as AccountOutcome.Token)?.AppId;
            await healths.KeepSubscriptionAsync(
                clientId, numberId, app is null ? subscribed.AppIds.Count > 0 : subscribed.AppIds.Contains(app), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9301, LogLevel.Debug, "Number {NumberId} was asked about: {Outcome}")]
        public static partial void Asked(ILogger logger, Guid numberId, AccountOutcome outcome);

        [LoggerMessage(9302, LogLevel.Warning, "The numbers could not be asked about: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
