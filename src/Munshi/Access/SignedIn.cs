namespace Munshi.Access;

/// <summary>Who is signed in: one person in one workspace.</summary>
internal sealed record SignedIn(Guid ClientId, Guid PersonId, Guid SessionId, MemberRole Role, string Name)
{
    /// <summary>Gives an endpoint the person whom <see cref="Doorkeeper"/> let in.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not marked <see cref="EntranceConventions.ForMembers"/>.</exception>
    public static ValueTask<SignedIn?> BindAsync(HttpContext context) => ValueTask.FromResult<SignedIn?>(
        context.Features.Get<SignedIn>() ?? throw new InvalidOperationException("This endpoint is not kept for members."));

    public override string ToString() => $"{nameof(SignedIn)} {PersonId}";
}
