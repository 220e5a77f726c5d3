namespace Munshi.Access;

/// <summary>What an endpoint asks of whoever comes; read by <see cref="Doorkeeper"/>.</summary>
/// <param name="NeedsSession">Otherwise it needs no more than an open database gate.</param>
internal sealed record Entrance(bool NeedsSession);

internal static class EntranceConventions
{
    /// <summary>For those signed in; the endpoint takes a <see cref="SignedIn"/>.</summary>
    public static TBuilder ForMembers<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Entrance(NeedsSession: true)).ExcludeFromDescription();

    /// <summary>For the owners of the workspace; other members are answered 403.</summary>
    public static RouteHandlerBuilder ForOwners(this RouteHandlerBuilder endpoint) => endpoint.ForMembers().AddEndpointFilter<OwnersOnly>();

    /// <summary>For anyone, as long as data may be read at all.</summary>
    public static TBuilder ForVisitors<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Entrance(NeedsSession: false)).ExcludeFromDescription();
}
