namespace Munshi.Database.Cluster;

/// <summary>Where to connect: Npgsql's <c>Host</c> is the socket directory, <c>Port</c> only names the socket file.</summary>
internal sealed record ClusterLocation(string SocketDirectory, int Port);
