namespace Munshi.Archives.Importing;

/// <summary>A line of an archive's data is not of its form. The message says what is allowed, and nothing of what stands there.</summary>
internal sealed class LineFormException(string message) : Exception(message);
