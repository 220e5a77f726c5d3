using Munshi.Bench;
using Munshi.Bench.Answer;
using Munshi.Bench.Audit;
using Munshi.Bench.Groups;
using Munshi.Bench.Importing;
using Munshi.Bench.Intake;
using Munshi.Bench.Load;
using Munshi.Bench.Proving;
using Munshi.Bench.Reading;
using Munshi.Bench.Search;
using Munshi.Bench.Sending;
using Munshi.Bench.Sequencing;
using Munshi.Bench.Verifying;

if (args is ["verify-only", string port, string secret])
{
    await VerifyOnlyEndpoint.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), secret);
    return 0;
}

if (args is [ReadOnly.Verb, string what, string export, string passes])
{
    ReadOnly.Run(what, export, int.Parse(passes, System.Globalization.CultureInfo.InvariantCulture));
    return 0;
}

if (BenchOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync($"Munshi.Bench {string.Join('|', BenchOptions.Rows)} DIR [--smoke] [--out DIR]");
    return 2;
}

using Stopping stopping = new();
try
{
    Report report = await (options.Row switch
    {
        "intake" => IntakeBench.RunAsync(options, stopping.Token),
        "audit" => AuditBench.RunAsync(options, stopping.Token),
        "acts" => ActsBench.RunAsync(options, stopping.Token),
        "groups" => GroupsBench.RunAsync(options, stopping.Token),
        "sequencer" => SequencerBench.RunAsync(options, stopping.Token),
        "drain" => DrainBench.RunAsync(options, stopping.Token),
        "verify" => VerifyBench.RunAsync(options, stopping.Token),
        "read" => ReadBench.RunAsync(options, stopping.Token),
        "import" => ImportBench.RunAsync(options, stopping.Token),
        "load" => LoadBench.RunAsync(options, stopping.Token),
        "growth" => GrowthBench.RunAsync(options, stopping.Token),
        "outbox" => OutboxBench.RunAsync(options, stopping.Token),
        "search" => SearchBench.RunAsync(options, stopping.Token),
        "proofs" => ProofsBench.RunAsync(options, stopping.Token),
        _ => AnswerBench.RunAsync(options, stopping.Token),
    });
    await report.WriteAsync(options);
    return 0;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 1;
}
catch (Exception exception)
{
    await Console.Error.WriteLineAsync($"Not measured: {exception}");
    return 1;
}
