namespace Munshi.Channels;

/// <summary>The one connection to Graph, behind the egress gate.</summary>
internal sealed record GraphHttp(HttpClient Client);
