namespace Munshi.Audit.Pages;

/// <summary>Who acts, without saying who it was.</summary>
public enum ActorKind
{
    Person,
    Customer,
    Program,
}
