using Munshi.Access;

namespace Munshi.Intake.Deliveries;

/// <summary><c>GET /settings/deliveries?state=&amp;kind=&amp;day=&amp;before=</c>: what came in and what became of it; <c>GET /settings/deliveries/{id}</c>: one update.</summary>
internal static class ShowDeliveries
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(DeliveriesUrls.List, (Guid? before, string? done, HttpContext context, SignedIn person, DeliveriesScreen screen, CancellationToken cancellationToken) =>
            screen.ListAsync(context, person, before, done == "asked", cancellationToken)).WithName(nameof(ShowDeliveries)).ForOwners();
        routes.MapGet($"{DeliveriesUrls.List}/{{id:guid}}", (Guid id, string? done, HttpContext context, SignedIn person, DeliveriesScreen screen, CancellationToken cancellationToken) =>
            screen.UpdateAsync(context, person, id, done, cancellationToken)).WithName("ShowUpdate").ForOwners();
    }
}
