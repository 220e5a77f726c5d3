using Munshi.Channels.Egress;

namespace Munshi.Media;

/// <summary>The one connection to Meta's files, behind the egress gate.</summary>
/// <param name="Client">It follows no redirect and has no time limit of its own.</param>
/// <param name="Hosts">What it may call.</param>
internal sealed record MediaHttp(HttpClient Client, IReadOnlyList<Subprocessor> Hosts);
