namespace Munshi.CommandLine;

/// <summary>Secrets come from a file or standard input, never as an argument, where other users of the machine could read them.</summary>
internal static class SecretInput
{
    private const int MaxLength = 4096;

    /// <param name="file">A path, or <c>-</c> for one line of standard input.</param>
    /// <param name="what">For the message.</param>
    /// <exception cref="RefusalException">The file cannot be read, is empty or too long.</exception>
    public static string Read(string file, string what)
    {
        string text;
        try
        {
            text = (file == "-" ? Console.In.ReadLine() ?? "" : File.ReadAllText(file)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The {what} could not be read from that file.");
        }

        return text.Length is > 0 and <= MaxLength
            ? text
            : throw new RefusalException($"The {what} must be 1 to {MaxLength} characters long.");
    }
}
