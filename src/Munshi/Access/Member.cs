namespace Munshi.Access;

internal sealed record Member(Guid PersonId, MemberRole Role, string Name);
