namespace Munshi.Tests.Database;

/// <summary>Tests that write to the cluster's roles, one after another: PostgreSQL refuses two such writers at once.</summary>
[CollectionDefinition(Name)]
public sealed class RolesOfTheSharedCluster
{
    public const string Name = "roles of the shared cluster";
}
