using System.Text;
using Munshi.Tests.Running;
using Munshi.Verifier;

namespace Munshi.Tests.Audit.Export;

/// <summary>Folders that somebody made to stop, crash or mislead a verifier: each is refused, with the place named.</summary>
public sealed class HostileExportTests(ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    /// <summary>Whatever is at it then is ended: far more than any folder takes, also on a loaded machine, and far less than one that stops a verifier.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string, string> Folders => new()
    {
        { "a link to nothing", "instance/dangling", "file-extra" },
        { "a link to a folder", "tile/more", "file-extra" },
        { "a link in the place of the checkpoint", "checkpoint", "file-extra" },
        { "a pipe in the place of the records", "records.jsonl", "file-extra" },
        { "a pipe more", "tile/0/pipe", "file-extra" },
        { "a device in the place of a tile", "tile/0/001", "file-extra" },
        { "a name that is not UTF-8", "wrong-\uFFFD", "file-extra" },
        { "a folder in the place of the checkpoint", "checkpoint", "file-missing" },
        { "a folder in the place of the records", "records.jsonl", "file-missing" },
        { "deeply nested JSON", "records.jsonl", "form" },
        { "a size of 2^62", "tile/0", "file-missing" },
        { "a size of 2^62 with its last tile", "tile/0", "file-missing" },
        { "a size of 0", "checkpoint", "form" },
        { "a sparse terabyte of records", "records.jsonl", "form" },
        { "a sparse terabyte in the place of a tile", "tile/0/001", "form" },
        { "a sparse terabyte of shredded entries", "shredded.jsonl", "form" },
        { "a sparse terabyte of erasures", "erasures.jsonl", "form" },
        { "a sparse terabyte of a policy", "policy", "form" },
        { "a million empty lines", "records.jsonl", "form" },
        { "a million records too many", "records.jsonl", "record-extra" },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Both_verifiers_name_the_place_and_end_with_1(string folder, string file, string kind)
    {
        Assert.SkipWhen(folder.StartsWith("a device", StringComparison.Ordinal) && Environment.UserName != "root", "only root can make a device");
        string copy = exported.Copy(exported.Whole);
        await MakeAsync(copy, folder);
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        Verdict program = await Task.Run(() => OfflineVerifier.Program(copy), cancellation).WaitAsync(Deadline, cancellation);
        Verdict script = await OfflineVerifier.ScriptAsync(Deadline, copy);

        foreach (Verdict verdict in (Verdict[])[program, script])
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Contains((file, kind), verdict.Findings.Select(finding => (finding.File, finding.Kind)));
        }

        await OfflineVerifier.RunAsync("rm", ["-r", copy]); // a name that is not UTF-8 cannot be named from here
    }

    [Theory]
    [InlineData("shredded.jsonl", "{\"seq\":N,\"erasure\":null}", 150_000, false)]
    [InlineData("shredded.jsonl", "{\"seq\":N,\"erasure\":null}", 800_000, true)]
    [InlineData("shredded.jsonl", "{\"seq\":N,\"erasure\":199999}", 150_000, false)]
    [InlineData("restores.jsonl", "{\"seq\":N,\"first\":0,\"last\":0}", 150_000, false)]
    [InlineData("restores.jsonl", "{\"seq\":N,\"first\":0,\"last\":0}", 800_000, true)]
    public async Task A_list_may_have_100_bytes_for_each_entry_and_no_more(string file, string line, int lines, bool isTooLong)
    {
        string copy = exported.Copy(exported.Whole);
        string checkpoint = Path.Combine(copy, "checkpoint");
        string[] note = await File.ReadAllLinesAsync(checkpoint, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(checkpoint, string.Join('\n', [note[0], "200000", .. note[2..], ""]), TestContext.Current.CancellationToken);
        for (int tile = 0; tile < 500; tile++) // of the 782 that it asks for
        {
            await File.WriteAllBytesAsync(Path.Combine(copy, $"tile/0/{tile:000}"), new byte[8192], TestContext.Current.CancellationToken);
        }

        await File.WriteAllLinesAsync(
            Path.Combine(copy, file), Enumerable.Range(0, lines).Select(seq => line.Replace("N", $"{seq}", StringComparison.Ordinal)), TestContext.Current.CancellationToken);

        Assert.All(await OfflineVerifier.BothAsync(copy), verdict => Assert.Equal(isTooLong, verdict.Findings.Contains((file, null, "form"))));
    }

    [Fact]
    public async Task What_a_stranger_named_a_file_is_not_written_to_the_terminal_as_it_stands()
    {
        string copy = exported.Copy(exported.Whole);
        await File.WriteAllTextAsync(Path.Combine(copy, "\u001b[2J\nall is well"), "", TestContext.Current.CancellationToken);

        string said = await OfflineVerifier.TextAsync(copy);

        Assert.Contains("?[2J?all is well: file-extra: expected no such file, found one\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said);
    }

    [Theory]
    [InlineData("--policy")]
    [InlineData("--against")]
    public async Task A_pipe_that_is_given_as_policy_or_export_is_wrong_usage(string option)
    {
        string pipe = exported.NewDirectory();
        await OfflineVerifier.RunAsync("mkfifo", [pipe]);

        Assert.Equal(2, VerifyProgram.Run([exported.Whole, option, pipe], TextWriter.Null, TextWriter.Null));
        Assert.Equal(2, (await OfflineVerifier.RunAsync("python3", [RepositoryFiles.Path("src/Munshi.Verifier/verify.py"), exported.Whole, option, pipe])).ExitCode);
    }

    [Fact]
    public async Task Another_export_with_a_pipe_in_it_is_refused_by_its_name()
    {
        string other = exported.Copy(exported.Whole);
        File.Delete(Path.Combine(other, "checkpoint"));
        await OfflineVerifier.RunAsync("mkfifo", [Path.Combine(other, "checkpoint")]);

        Assert.All(
            await OfflineVerifier.BothAsync(exported.Whole, "--against", other),
            verdict => Assert.Equal([("--against checkpoint", (long?)null, "file-extra")], verdict.Findings));
    }

    private static async Task MakeAsync(string copy, string folder)
    {
        string Path(string file) => System.IO.Path.Combine(copy, file);
        async Task ReplaceAsync(string file, params string[] command)
        {
            File.Delete(Path(file));
            Assert.Equal(0, (await OfflineVerifier.RunAsync(command[0], command[1..])).ExitCode);
        }

        switch (folder)
        {
            case "a link to nothing":
                File.CreateSymbolicLink(Path("instance/dangling"), "/there/is/nothing");
                break;
            case "a link to a folder":
                File.CreateSymbolicLink(Path("tile/more"), copy);
                break;
            case "a link in the place of the checkpoint":
                File.Delete(Path("checkpoint"));
                File.CreateSymbolicLink(Path("checkpoint"), "/there/is/nothing");
                break;
            case "a pipe in the place of the records":
                await ReplaceAsync("records.jsonl", "mkfifo", Path("records.jsonl"));
                break;
            case "a pipe more":
                await ReplaceAsync("tile/0/pipe", "mkfifo", Path("tile/0/pipe"));
                break;
            case "a device in the place of a tile":
                await ReplaceAsync("tile/0/001", "mknod", Path("tile/0/001"), "c", "1", "5"); // /dev/zero
                break;
            case "a name that is not UTF-8":
                await OfflineVerifier.RunAsync("bash", ["-c", $"touch \"{copy}/\"$'wrong-\\xFF'"]);
                break;
            case "a folder in the place of the checkpoint" or "a folder in the place of the records":
                string taken = Path(folder.EndsWith("records", StringComparison.Ordinal) ? "records.jsonl" : "checkpoint");
                File.Delete(taken);
                Directory.CreateDirectory(taken);
                break;
            case "deeply nested JSON":
                string records = await File.ReadAllTextAsync(Path("records.jsonl"), TestContext.Current.CancellationToken);
                int start = records.IndexOf("\"sealed\":[", StringComparison.Ordinal) + "\"sealed\":[".Length;
                await File.WriteAllTextAsync(Path("records.jsonl"), $"{records[..start]}{new string('[', 200_000)}{records[start..]}", TestContext.Current.CancellationToken);
                break;
            case "a size of 2^62" or "a size of 2^62 with its last tile" or "a size of 0":
                string size = folder.EndsWith('0') ? "0" : "4611686018427387904";
                string[] lines = await File.ReadAllLinesAsync(Path("checkpoint"), TestContext.Current.CancellationToken);
                await File.WriteAllTextAsync(Path("checkpoint"), string.Join('\n', [lines[0], size, .. lines[2..], ""]), TestContext.Current.CancellationToken);
                string last = Path("tile/0/x018/x014/x398/x509/x481/983");
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(last)!);
                await File.WriteAllBytesAsync(last, new byte[8192], TestContext.Current.CancellationToken);
                break;
            case "a sparse terabyte of records":
                await ReplaceAsync("records.jsonl", "truncate", "-s", "1T", Path("records.jsonl"));
                break;
            case "a sparse terabyte in the place of a tile":
                await ReplaceAsync("tile/0/001", "truncate", "-s", "1T", Path("tile/0/001"));
                break;
            case "a sparse terabyte of shredded entries":
                await ReplaceAsync("shredded.jsonl", "truncate", "-s", "1T", Path("shredded.jsonl"));
                break;
            case "a sparse terabyte of erasures":
                await ReplaceAsync("erasures.jsonl", "truncate", "-s", "1T", Path("erasures.jsonl"));
                break;
            case "a sparse terabyte of a policy":
                await ReplaceAsync("policy", "truncate", "-s", "1T", Path("policy"));
                break;
            case "a million empty lines":
                await File.AppendAllTextAsync(Path("records.jsonl"), new string('\n', 1_000_000), TestContext.Current.CancellationToken);
                break;
            case "a million records too many":
                await File.AppendAllTextAsync(
                    Path("records.jsonl"),
                    Enumerable.Range(0, 1_000_000).Aggregate(new StringBuilder(), (text, number) => text.Append("{\"seq\":").Append(1_000_000 + number).Append(",}\n")).ToString(),
                    TestContext.Current.CancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(folder));
        }
    }
}
