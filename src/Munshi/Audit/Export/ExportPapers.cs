using System.Globalization;
using System.Reflection;
using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Export;

/// <summary>What goes with an export for the people who check it: a note in plain words and the two verifiers.</summary>
internal static class ExportPapers
{
    private const string Program = "munshi-verify";
    private const string Script = "verify.py";

    /// <summary>Beside the program, and where the repository's build puts it.</summary>
    private static readonly string[] Places = ["verifier", "../../../verifier"];

    /// <returns>Whether <c>munshi-verify</c> was built and is in it.</returns>
    public static bool Write(ExportFolder folder, ExportedHead head, VerifierKey key, long later)
    {
        string? program = Find();
        folder.Write("README.txt", Encoding.UTF8.GetBytes(Text(head, key, later, program is not null)));
        using (Stream script = Resource("Audit/Export/" + Script))
        {
            using FileStream copy = folder.Open(Script);
            script.CopyTo(copy);
        }

        if (program is not null)
        {
            folder.CopyProgram(Program, program);
        }

        return program is not null;
    }

    private static string? Find() => Places
        .Select(directory => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, directory, Program)))
        .FirstOrDefault(File.Exists);

    private static string Text(ExportedHead head, VerifierKey key, long later, bool hasProgram)
    {
        using StreamReader reader = new(Resource("Audit/Export/README.txt"), Encoding.UTF8);
        return reader.ReadToEnd()
            .Replace("{size}", head.Size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{later}", later.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{key}", key.ToString(), StringComparison.Ordinal)
            .Replace(
                "{program}",
                hasProgram
                    ? "munshi-verify is in this directory."
                    : "munshi-verify is not in this directory: build it from Munshi's sources with scripts/build-verifier.sh.",
                StringComparison.Ordinal);
    }

    private static Stream Resource(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not part of the program.");
}
