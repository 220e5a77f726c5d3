namespace Munshi.Database;

/// <summary>Where the database answers.</summary>
/// <param name="Host">The socket's directory (absolute path) or a host name.</param>
/// <param name="Port">On a socket, the number in its file name.</param>
/// <param name="Database">The database's name.</param>
internal sealed record DatabaseAddress(string Host, int Port, string Database);
