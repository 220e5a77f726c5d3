using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.CommandLine;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Proofs;

/// <summary>The verbs below <c>munshi ledger</c> that need no installation.</summary>
internal static class ProofVerbs
{
    private const string StandardInput = "-";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<Command> Build() =>
    [
        Root(),
        ProveInclusion(),
        ProveConsistency(),
        Check("check-inclusion", "Check that leaves are in trees: JSON Lines in, a verdict a line out", ProofLine.JudgeInclusion),
        Check("check-consistency", "Check that trees continue older ones: JSON Lines in, a verdict a line out", ProofLine.JudgeConsistency),
    ];

    private static Command Root()
    {
        (Argument<string> file, Option<bool> hex) = (File(), Hex());
        Command command = new("root", "The root of the tree over a file's lines; needs no installation") { file, hex, VerbOptions.Json() };
        command.OnRun(async (parsed, cancellationToken) =>
        {
            Frontier tree = new();
            await foreach (Digest leaf in LeafFile.ReadAsync(parsed.GetRequiredValue(file), parsed.GetValue(hex), cancellationToken))
            {
                tree.Append(leaf);
            }

            Print(new { tree.Size, Root = tree.Root().ToString() });
            return 0;
        });
        return command;
    }

    private static Command ProveInclusion()
    {
        (Argument<string> file, Option<bool> hex) = (File(), Hex());
        Argument<ulong> index = new("INDEX") { Description = "The leaf's place, from 0" };
        Argument<ulong?> size = new("SIZE") { Description = "The tree's number of leaves; all of the file without it", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("prove-inclusion", "Prove that a line is in the tree; needs no installation") { file, index, size, hex, VerbOptions.Json() };
        command.OnRun(async (parsed, cancellationToken) =>
        {
            MerkleTree tree = await ReadAsync(parsed.GetRequiredValue(file), parsed.GetValue(hex), cancellationToken);
            ulong of = RequireSize(tree, parsed.GetValue(size));
            ulong leaf = parsed.GetRequiredValue(index);
            if (leaf >= of)
            {
                throw new RefusalException($"INDEX must be less than the tree's size, which is {of}.");
            }

            PrintHashes(tree.ProveInclusion(leaf, of));
            return 0;
        });
        return command;
    }

    private static Command ProveConsistency()
    {
        (Argument<string> file, Option<bool> hex) = (File(), Hex());
        Argument<ulong> old = new("OLD") { Description = "The older tree's number of leaves" };
        Argument<ulong?> size = new("NEW") { Description = "The newer tree's number of leaves; all of the file without it", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("prove-consistency", "Prove that a tree continues an older one; needs no installation") { file, old, size, hex, VerbOptions.Json() };
        command.OnRun(async (parsed, cancellationToken) =>
        {
            MerkleTree tree = await ReadAsync(parsed.GetRequiredValue(file), parsed.GetValue(hex), cancellationToken);
            ulong to = RequireSize(tree, parsed.GetValue(size));
            ulong from = parsed.GetRequiredValue(old);
            if (from > to)
            {
                throw new RefusalException($"OLD must not be greater than the newer tree's size, which is {to}.");
            }

            PrintHashes(tree.ProveConsistency(from, to));
            return 0;
        });
        return command;
    }

    private static Command Check(string name, string description, Func<string, ProofVerdict> judge)
    {
        Argument<string> file = new("FILE") { Description = "JSON Lines; - is standard input", DefaultValueFactory = _ => StandardInput };
        Command command = new(name, description) { file, VerbOptions.Json() };
        command.OnRun(async (parsed, cancellationToken) =>
        {
            bool areValid = true;
            using TextReader lines = Lines(parsed.GetRequiredValue(file));
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                ProofVerdict verdict = judge(line);
                areValid &= verdict is ProofVerdict.Valid;
                Print(verdict is ProofVerdict.Invalid invalid ? (object)new { Valid = false, invalid.Reason } : new { Valid = true });
            }

            return areValid ? 0 : 1;
        });
        return command;
    }

    private static async Task<MerkleTree> ReadAsync(string file, bool isHex, CancellationToken cancellationToken)
    {
        MerkleTree tree = new();
        await foreach (Digest leaf in LeafFile.ReadAsync(file, isHex, cancellationToken))
        {
            tree.Append(leaf);
        }

        return tree;
    }

    private static ulong RequireSize(MerkleTree tree, ulong? wanted) => wanted switch
    {
        null => tree.Size,
        { } size when size <= tree.Size => size,
        _ => throw new RefusalException($"The file has {tree.Size} leaves: the size must not be greater."),
    };

    private static StreamReader Lines(string file)
    {
        try
        {
            return new StreamReader(file == StandardInput ? Console.OpenStandardInput() : System.IO.File.OpenRead(file), new UTF8Encoding(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The file {file} could not be read.");
        }
    }

    private static Argument<string> File() => new("FILE") { Description = "One leaf a line" };

    private static Option<bool> Hex() => new("--hex") { Description = "The lines are leaves in hexadecimal digits" };

    private static void PrintHashes(Digest[] hashes) => Print(new { Hashes = hashes.Select(hash => hash.ToString()) });

    private static void Print(object answer) => Console.Out.Write(JsonSerializer.Serialize(answer, Json) + "\n");
}
