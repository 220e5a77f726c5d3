namespace Munshi.Access;

internal enum MemberRole
{
    Owner,
    Staff,
}
