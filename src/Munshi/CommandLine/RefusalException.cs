namespace Munshi.CommandLine;

/// <summary>A verb cannot go on; the message is one plain sentence for the person who typed it.</summary>
internal sealed class RefusalException(string sentence) : Exception(sentence);
