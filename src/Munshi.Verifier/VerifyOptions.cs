namespace Munshi.Verifier;

/// <summary>What is asked for on the command line.</summary>
/// <param name="Directory">The export, or a conversation's file.</param>
/// <param name="Policy">A file with whose logs and witnesses to trust; null to take the export's own word for its key.</param>
/// <param name="Against">Another export, or a checkpoint that was kept; null for none.</param>
/// <param name="Json">Whether to print JSON Lines.</param>
internal sealed record VerifyOptions(string Directory, string? Policy, string? Against, bool Json)
{
    /// <summary>The options, or null where the command line is not of its form.</summary>
    public static VerifyOptions? Parse(IReadOnlyList<string> arguments)
    {
        string? directory = null;
        string? policy = null;
        string? against = null;
        bool json = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument is "--policy" or "--against")
            {
                ref string? value = ref argument == "--policy" ? ref policy : ref against;
                if (value is not null || ++i == arguments.Count)
                {
                    return null;
                }

                value = arguments[i];
            }
            else if (argument == "--json")
            {
                json = true;
            }
            else if (directory is not null || argument.StartsWith('-'))
            {
                return null;
            }
            else
            {
                directory = argument;
            }
        }

        return string.IsNullOrEmpty(directory) ? null : new VerifyOptions(directory, policy, against, json);
    }
}
