namespace Munshi.Browser.Tests;

/// <summary>All browser tests share one <see cref="Bench"/> and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneBench : ICollectionFixture<Bench>
{
    public const string Name = "browser";
}
