using System.Diagnostics;
using System.Text;
using Munshi.Tests.Running;

namespace Munshi.Tests.Proofs;

/// <summary>The verbs below <c>munshi ledger</c> that need no installation, as processes of their own. Expected hashes: worked values of RFC 9162.</summary>
public sealed class ProofVerbTests : IDisposable
{
    private const string Leaf5 = "755909b940d6d7601807e2e8dc363b9e1c3f5516a34d7033cdb0b12537d888ac";
    private const string Root8 = "aacc478f12042da6bda1490df8324a5dd7573cc65140106b850bfc5625f0241f";
    private const string Root7 = "e7ac4471b0478e77d3d4796525b2476c85d382227a2bfb20cb0c6ef806041d9d";
    private const string Root3 = "56355cea0d70c1a22e0638ef1b6d8d6f6acbf31867dfce8079850fd2d67c2817";
    private const string Proof5Of8 =
        "\"8efbdd7e71bc4ecf375a42ac3a18d28a39c9176360fa7a9a8cdd1f7f04f9291f\",\"74255e00734143301eda1324f99e6cc92ec028d93f78ae50e05caec52793562e\",\"4bd493935650d3e9a5ba7bf99afe5fef8ceb4a410d278401582126a123ef2dfe\"";

    private const string Proof3To7 =
        "\"jdhN84pvrVzc98MukcyictGjYbMH7+6aYeZd6w72kUk=\",\"tlnB6OW9seqADmlhey3Fa08Vyv+kOHoS1Fer3Box86A=\",\"ixnY9UoVBI9LQQoGSQSsGAIvIDrTmAhnL/ax5p/pLlY=\",\"yVe1zDPiXfP0wHLy44PDiQaBCNT+NSHhb1fiiG0Z9no=\"";

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-proofs-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_root_over_a_files_lines_is_that_of_its_leaves()
    {
        Assert.Equal((0, $"{{\"size\":8,\"root\":\"{Root8}\"}}\n", ""), await RunAsync("root", Entries(8)));
        Assert.Equal((0, $"{{\"size\":8,\"root\":\"{Root8}\"}}\n", ""), await RunAsync("root", Write(Text(8).TrimEnd('\n')), "--json"));
        string hex = string.Concat(Enumerable.Range(0, 8).Select(i => Convert.ToHexStringLower(Encoding.ASCII.GetBytes($"vault-entry-{i}")) + "\n"));
        Assert.Equal((0, $"{{\"size\":8,\"root\":\"{Root8}\"}}\n", ""), await RunAsync("root", Write(hex), "--hex"));
    }

    [Fact]
    public async Task An_empty_file_has_the_empty_trees_root_and_an_empty_line_is_a_leaf()
    {
        Assert.Contains("\"size\":0,\"root\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"", (await RunAsync("root", Write(""))).Output, StringComparison.Ordinal);
        Assert.Contains("\"size\":1,\"root\":\"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d\"", (await RunAsync("root", Write("\n"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proofs_of_a_files_lines_are_the_worked_ones()
    {
        Assert.Equal((0, $"{{\"hashes\":[{Proof5Of8}]}}\n", ""), await RunAsync("prove-inclusion", Entries(8), "5"));
        Assert.Equal(
            (0, "{\"hashes\":[\"4bd493935650d3e9a5ba7bf99afe5fef8ceb4a410d278401582126a123ef2dfe\"]}\n", ""),
            await RunAsync("prove-inclusion", Entries(8), "4", "5"));
        Assert.Equal(
            (0, "{\"hashes\":[\"36663945873a5d4a52a6bf7576425580e3e80d8382acd2cec392daed453d622a\"]}\n", ""),
            await RunAsync("prove-consistency", Entries(8), "4"));
    }

    [Fact]
    public async Task Each_line_of_claims_has_its_verdict_in_order()
    {
        string claims = string.Join('\n',
            $"{{\"leafIndex\":5,\"treeSize\":8,\"leafHash\":\"{Leaf5}\",\"root\":\"{Root8}\",\"proof\":[{Proof5Of8}]}}",
            $"{{\"leafIndex\":4,\"treeSize\":8,\"leafHash\":\"{Leaf5}\",\"root\":\"{Root8}\",\"proof\":[{Proof5Of8}]}}",
            "no JSON",
            $"{{\"leafIndex\":18446744073709551614,\"treeSize\":18446744073709551615,\"leafHash\":\"{Leaf5}\",\"root\":\"{Root8}\",\"proof\":[]}}");

        (int code, string output, _) = await RunAsync("check-inclusion", "--json", Write(claims));

        Assert.Equal(1, code);
        Assert.Equal(
            """
            {"valid":true}
            {"valid":false,"reason":"the hashes do not lead to the root"}
            {"valid":false,"reason":"the line is not JSON, or names a field twice"}
            {"valid":false,"reason":"fewer hashes than the path has"}

            """,
            output);
    }

    [Fact]
    public async Task A_consistency_claim_in_base64_or_hexadecimal_is_judged_from_standard_input()
    {
        string claim = $"{{\"oldSize\":3,\"newSize\":7,\"oldRoot\":\"{Root3}\",\"newRoot\":\"{Root7}\",\"proof\":[{Proof3To7}]}}\n";

        Assert.Equal((0, "{\"valid\":true}\n", ""), await RunAsync(claim, ["check-consistency", "--json", "-"]));
    }

    [Theory]
    [InlineData("[]", "the line is not a JSON object")]
    [InlineData("{\"leafIndex\":0}", "treeSize is missing")]
    [InlineData("{\"leafIndex\":\"0\",\"treeSize\":1}", "leafIndex is not a whole number from 0 to 2^64-1")]
    [InlineData("{\"leafIndex\":-0,\"treeSize\":1}", "leafIndex is not a whole number from 0 to 2^64-1")]
    [InlineData("{\"leafIndex\":0.0,\"treeSize\":1}", "leafIndex is not a whole number from 0 to 2^64-1")]
    [InlineData("{\"leafIndex\":18446744073709551616,\"treeSize\":1}", "leafIndex is not a whole number from 0 to 2^64-1")]
    [InlineData("{\"leafIndex\":0,\"leafIndex\":0}", "the line is not JSON, or names a field twice")]
    [InlineData("{\"leafIndex\":0,\"treeSize\":1,\"leafHash\":\"00\"}", "leafHash is not 32 bytes in base64 or hexadecimal")]
    [InlineData("{\"leafIndex\":0,\"treeSize\":1,\"leafHash\":\"jdhN84pvrVzc98MukcyictGjYbMH7+6aYeZd6w72kUl=\"}", "leafHash is not 32 bytes in base64 or hexadecimal")]
    [InlineData("{\"leafIndex\":0,\"treeSize\":1,\"leafHash\":\"755909b940d6d7601807e2e8dc363b9e1c3f5516a34d7033cdb0b12537d888ac\",\"root\":\"755909b940d6d7601807e2e8dc363b9e1c3f5516a34d7033cdb0b12537d888ac\",\"proof\":\"\"}", "proof is not a list")]
    [InlineData("{\"leafIndex\":0,\"treeSize\":1,\"leafHash\":\"755909b940d6d7601807e2e8dc363b9e1c3f5516a34d7033cdb0b12537d888ac\",\"root\":\"755909b940d6d7601807e2e8dc363b9e1c3f5516a34d7033cdb0b12537d888ac\",\"proof\":[null]}", "proof holds what is not 32 bytes in base64 or hexadecimal")]
    public void A_malformed_claim_is_an_answer_that_names_the_field(string line, string reason) =>
        Assert.Equal(reason, Assert.IsType<Munshi.Ledger.Merkle.ProofVerdict.Invalid>(Munshi.Proofs.ProofLine.JudgeInclusion(line)).Reason);

    [Fact]
    public async Task What_cannot_be_proved_is_said_in_one_sentence()
    {
        Assert.Equal((1, "", "INDEX must be less than the tree's size, which is 8.\n"), await RunAsync("prove-inclusion", Entries(8), "8"));
        Assert.Equal((1, "", "OLD must not be greater than the newer tree's size, which is 7.\n"), await RunAsync("prove-consistency", Entries(8), "8", "7"));
        Assert.Equal((1, "", "The file has 8 leaves: the size must not be greater.\n"), await RunAsync("prove-inclusion", Entries(8), "1", "9"));
        Assert.Equal((1, "", "Line 2 is not an even number of hexadecimal digits.\n"), await RunAsync("root", Write("00\n0\n"), "--hex"));
        string missing = Path.Combine(_directory, "none");
        Assert.Equal((1, "", $"The file {missing} could not be read.\n"), await RunAsync("root", missing));
        Assert.Equal(2, (await RunAsync("prove-inclusion", Entries(8), "five")).Code);
    }

    private static string Text(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"vault-entry-{i}\n"));

    private string Entries(int count) => Write(Text(count));

    private string Write(string text)
    {
        string file = Path.Combine(_directory, "leaves");
        File.WriteAllText(file, text);
        return file;
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string? input, string[] arguments)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        ProcessStartInfo start = new(RepositoryFiles.Path($"artifacts/bin/Munshi/{configuration}/munshi"), ["ledger", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
