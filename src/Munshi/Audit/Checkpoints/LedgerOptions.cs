using Munshi.Ledger.Notes;

namespace Munshi.Audit.Checkpoints;

/// <summary>The section <c>Ledger</c>.</summary>
internal sealed class LedgerOptions
{
    public const string Section = "Ledger";

    /// <summary>The instance log's name, for example <c>inbox.example/ledger</c>; taken at the first signature and never changed. Without it, one is made from the key.</summary>
    public string? Origin { get; init; }

    /// <summary>Where leaves are kept outside the database, best on another machine; the data directory's <c>checkpoints/leaves</c> without it.</summary>
    public string? LeavesDirectory { get; init; }

    /// <summary>The configured options.</summary>
    /// <exception cref="CommandLine.RefusalException">A value is not what it may be.</exception>
    public static LedgerOptions Read(IConfiguration configuration)
    {
        LedgerOptions options = configuration.GetSection(Section).Get<LedgerOptions>() ?? new LedgerOptions();
        if (options.Origin is { } origin && (!KeyName.IsValid(origin) || origin.Length > 100))
        {
            throw new CommandLine.RefusalException("Ledger:Origin must be at most 100 characters without space or plus sign, for example inbox.example/ledger.");
        }

        return options.LeavesDirectory is { } directory && !Path.IsPathFullyQualified(directory)
            ? throw new CommandLine.RefusalException("Ledger:LeavesDirectory must be an absolute path, for example /mnt/other/munshi-leaves.")
            : options;
    }
}
