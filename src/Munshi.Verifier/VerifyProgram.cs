namespace Munshi.Verifier;

/// <summary><c>munshi-verify</c>: exit code 0 where nothing was altered, 1 on a finding, 2 on wrong usage.</summary>
internal static class VerifyProgram
{
    private const string Usage =
        """
        Usage: munshi-verify DIR [--policy FILE] [--against DIR2] [--json]
               munshi-verify FILE.html [--policy FILE] [--json]

        Checks an export of a Munshi ledger in DIR: every entry, every record, the tree, the signatures; or a conversation saved as FILE.html: the seal
        over the whole file, every message's place in the ledger, and that it shows what was recorded; or, where DIR has a MANIFEST.note, an archive of a
        workspace: the signature over its manifest, every file against it and none besides, its ledger, its messages against the ledger's records.
        Needs no network.

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

        if (FileType.Of(options.Directory, followsLink: true) == FileType.Regular)
        {
            return RunTranscript(options, output);
        }

        Report report = ArchiveVerification.Is(options.Directory)
            ? new ArchiveVerification(options, TimeProvider.System).Run()
            : new Verification(options, TimeProvider.System).Run();
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

    private static int RunTranscript(VerifyOptions options, TextWriter output)
    {
        TranscriptReport report = new TranscriptVerification(options).Run();
        if (options.Json)
        {
            TranscriptReportWriter.WriteJson(report, output);
        }
        else
        {
            TranscriptReportWriter.WriteText(report, output);
        }

        return report.IsOk ? 0 : 1;
    }

    private static string? Missing(VerifyOptions options)
    {
        bool isFile = FileType.Of(options.Directory, followsLink: true) == FileType.Regular;
        if (!isFile && !Directory.Exists(options.Directory))
        {
            return $"There is no directory or file {options.Directory}.";
        }

        if (isFile && options.Against is not null)
        {
            return "--against is for exports of the ledger: a conversation's file has one checkpoint and no history.";
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
