namespace Munshi.Access;

/// <summary>Who is signed in: one person in one workspace.</summary>
internal sealed record SignedIn(Guid ClientId, Guid PersonId, Guid SessionId, MemberRole Role, string Name);
