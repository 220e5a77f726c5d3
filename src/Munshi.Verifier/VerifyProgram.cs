namespace Munshi.Verifier;

/// <summary><c>munshi-verify</c>: exit code 0 where nothing was altered, 1 on a finding, 2 on wrong usage.</summary>
internal static class VerifyProgram
{
    private const string Usage =
        """
        Usage: munshi-verify DIR [--policy FILE] [--against DIR2] [--json]

        Checks an export of a Munshi ledger in DIR: every entry, every record, the tree, the signatures. Needs no network.

          --policy FILE    trust only the logs and witnesses in FILE (C2SP tlog-policy), not the key that the export brings
          --against DIR2   also: DIR and DIR2, an export or a checkpoint kept from another day, must tell one history
          --json           print JSON, a finding a line and a total as the last line

        Exit code: 0 nothing was altered, 1 something was, 2 wrong usage.
        """;

    private static int Main(string[] arguments) => Run(arguments, Console.Out, Console.Error);

    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments is ["--help" or "-h"])
        {
            output.WriteLine(Usage);
            return 0;
        }

        if (VerifyOptions.Parse(arguments) is not { } options)
        {
            errors.WriteLine(Usage);
            return 2;
        }

        if (Missing(options) is { } missing)
        {
            errors.WriteLine(missing);
            return 2;
        }

        Report report = new Verification(options, TimeProvider.System).Run();
        if (options.Json)
        {
            ReportWriter.WriteJson(report, output);
        }
        else
        {
            ReportWriter.WriteText(report, output);
        }

        return report.IsOk ? 0 : 1;
    }

    private static string? Missing(VerifyOptions options)
    {
        if (!Directory.Exists(options.Directory))
        {
            return $"There is no directory {options.Directory}.";
        }

        if (options.Policy is { } policy && FileType.Of(policy, followsLink: true) != FileType.Regular)
        {
            return $"There is no policy file {policy}.";
        }

        return options.Against is { } against && FileType.Of(against, followsLink: true) is not (FileType.Regular or FileType.Directory)
            ? $"There is no export or checkpoint {against}."
            : null;
    }
}
