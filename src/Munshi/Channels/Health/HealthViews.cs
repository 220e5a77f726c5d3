namespace Munshi.Channels.Health;

/// <summary>Reads how a workspace's numbers stand.</summary>
internal sealed class HealthViews(NumberHealths healths, ToldEvents told, Numbers numbers, TimeProvider clock)
{
    public async Task<HealthView> ReadAsync(Guid clientId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        List<NumberView> views = [];
        foreach (NumberHealth health in await healths.ListAsync(clientId, cancellationToken))
        {
            views.Add(new NumberView(
                await numbers.DisplayNumberAsync(clientId, health.NumberId, cancellationToken), health, HealthJudge.Judge(health, now)));
        }

        return new HealthView(views, await told.NewestAsync(clientId, HealthView.MostTold, cancellationToken));
    }
}
