namespace Munshi.Sandbox.Journal;

/// <summary>A line of the data file, other than an unfinished last one, is not what the sandbox writes.</summary>
internal sealed class JournalUnreadableException(string file, int line)
    : Exception($"Line {line} of the data file {file} cannot be read; move the file away to start afresh.");
