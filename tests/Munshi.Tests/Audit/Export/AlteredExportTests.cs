using System.Text;

namespace Munshi.Tests.Audit.Export;

public sealed class AlteredExportTests(ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    private const int Step = 11; // every so many bytes of a small file

    private static readonly string[] NotChecked = ["README.txt", "verify.py", "munshi-verify"];

    public static TheoryData<string, string, long?, string> Alterations => new()
    {
        { "a letter of a record", "records.jsonl", 300, "commitment" },
        { "a byte of a ciphertext", "records.jsonl", 300, "ciphertext" },
        { "a record's salt", "records.jsonl", 300, "commitment" },
        { "a record taken out", "records.jsonl", 300, "record-missing" },
        { "a record twice", "records.jsonl", 300, "form" },
        { "two records swapped", "records.jsonl", 300, "form" },
        { "two records' contents exchanged", "records.jsonl", 300, "commitment" },
        { "a space in a record", "records.jsonl", 300, "form" },
        { "white space in a record's base64", "records.jsonl", 300, "form" },
        { "a record of no entry", "records.jsonl", 0, "record-extra" },
        { "the last line feed of the records", "records.jsonl", null, "form" },
        { "a shredded entry", "shredded.jsonl", 300, "record-extra" },
        { "a record said to be shredded", "shredded.jsonl", 300, "key-missing" },
        { "a word of an entry", "tile/entries/001", 300, "row-hash" },
        { "an entry and its hash", "tile/entries/001", 301, "previous" },
        { "two entries swapped", "tile/entries/001", 300, "row-hash" },
        { "the last entry taken out", "tile/entries/LAST", 512, "form" },
        { "a hash of a tile", "tile/entries/001", 300, "row-hash" },
        { "a hash above", "tile/1/000.p/2", 256, "node" },
        { "a tile taken out", "tile/0/001", null, "file-missing" },
        { "a bundle taken out", "tile/entries/000", null, "file-missing" },
        { "a byte at the end of a tile", "tile/0/001", 256, "form" },
        { "a file more", "tile/0/009", null, "file-extra" },
        { "a link in a file's place", "records.jsonl", null, "file-extra" },
        { "another root", "checkpoint", null, "signature" },
        { "a further signature", "checkpoint", null, "form" },
        { "another key", "policy", null, "form" },
        { "a comment in the policy", "policy", null, "form" },
        { "another time of the tick", "instance/tick", null, "inclusion" },
        { "the opening of another place", "instance/opening", null, "opening" },
        { "a cosignature in one of two places", "instance/tick.tlog-proof", null, "form" },
        { "the instance log's checkpoint taken out", "instance/checkpoint", null, "file-missing" },
    };

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task Both_verifiers_refuse_an_alteration_and_name_the_place(string alteration, string file, long? seq, string kind)
    {
        string copy = exported.Copy(exported.Whole);
        Alter(copy, alteration);
        string place = file.Replace("LAST", "002.p/" + (exported.Written.Size - 512), StringComparison.Ordinal);

        foreach (Verdict verdict in await OfflineVerifier.BothAsync(copy))
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Contains((place, seq, kind), verdict.Findings);
        }
    }

    [Fact]
    public async Task No_bit_of_any_file_can_be_changed_unseen()
    {
        string copy = exported.Copy(exported.Whole);
        string[] files = [.. Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Where(file => !NotChecked.Contains(Path.GetFileName(file)))];
        Assert.Equal(17, files.Length);
        foreach (string file in files)
        {
            byte[] content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            int[] small = [.. Enumerable.Range(0, content.Length).Where(at => at % Step == 0)];
            int[] places = content.Length == 0 ? [] : [.. content.Length > 4096 ? [0, content.Length / 3] : small, content.Length - 1];
            foreach (int place in places)
            {
                byte[] altered = [.. content];
                altered[place] ^= (byte)(1 << (place % 8));
                await File.WriteAllBytesAsync(file, altered, TestContext.Current.CancellationToken);
                Verdict program = OfflineVerifier.Program(copy);
                Assert.True(program.ExitCode == 1, $"{file} at {place}: the program accepts it");
                if (place == places[^1] || place == places[places.Length / 2])
                {
                    Verdict script = await OfflineVerifier.ScriptAsync(copy);
                    Assert.True(script.ExitCode == 1, $"{file} at {place}: the script accepts it");
                    Assert.Equal(program.Findings.Select(finding => finding.File).Distinct().Order(), script.Findings.Select(finding => finding.File).Distinct().Order());
                }
            }

            await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        }

        Assert.True(OfflineVerifier.Program(copy).IsOk);
    }

    private static void Alter(string copy, string alteration)
    {
        switch (alteration)
        {
            case "a letter of a record":
                Line(copy, line => Flip(line, line.IndexOf("\"record\":\"", StringComparison.Ordinal) + 20));
                break;
            case "a byte of a ciphertext":
                Line(copy, line => Flip(line, line.IndexOf("\"sealed\":[\"", StringComparison.Ordinal) + 40));
                break;
            case "a record's salt":
                Line(copy, line => Flip(line, line.IndexOf("\"salt\":\"", StringComparison.Ordinal) + 20));
                break;
            case "a record taken out":
                Lines(copy, lines => lines.RemoveAt(At(lines, 300)));
                break;
            case "a record twice":
                Lines(copy, lines => lines.Insert(At(lines, 300), lines[At(lines, 300)]));
                break;
            case "two records swapped":
                Lines(copy, lines => (lines[At(lines, 300)], lines[At(lines, 300) + 1]) = (lines[At(lines, 300) + 1], lines[At(lines, 300)]));
                break;
            case "two records' contents exchanged":
                Lines(copy, lines =>
                {
                    int at = At(lines, 300);
                    (string one, string other) = (Content(lines[at]), Content(lines[at + 1]));
                    (lines[at], lines[at + 1]) = (lines[at].Replace(one, other, StringComparison.Ordinal), lines[at + 1].Replace(other, one, StringComparison.Ordinal));
                });
                break;
            case "a space in a record":
                Line(copy, line => line.Replace(",\"salt\"", ", \"salt\"", StringComparison.Ordinal));
                break;
            case "white space in a record's base64":
                Line(copy, line => line.Insert(line.IndexOf("\"record\":\"", StringComparison.Ordinal) + 14, "    "));
                break;
            case "a record of no entry":
                Lines(copy, lines => lines.Insert(0, lines[At(lines, 300)].Replace("\"seq\":300,", "\"seq\":0,", StringComparison.Ordinal)));
                break;
            case "the last line feed of the records":
                Bytes(copy, "records.jsonl", bytes => bytes[..^1]);
                break;
            case "a shredded entry":
                File.WriteAllText(Path.Combine(copy, "shredded.jsonl"), "{\"seq\":300,\"erasure\":null}\n");
                break;
            case "a record said to be shredded":
                File.WriteAllText(Path.Combine(copy, "shredded.jsonl"), "{\"seq\":300,\"erasure\":null}\n");
                Line(copy, line => $"{line[..line.IndexOf("\"record\":", StringComparison.Ordinal)]}\"record\":null,\"salt\":null{line[line.IndexOf(",\"sealed\"", StringComparison.Ordinal)..]}");
                break;
            case "a word of an entry":
                Entries(copy, entries => entries[44] = Renamed(entries[44]));
                break;
            case "an entry and its hash":
                Entries(copy, entries => entries[44] = Renamed(entries[44]));
                Bytes(copy, "tile/0/001", bytes => [.. bytes[..(44 * 32)], .. Ledger.LedgerLeaf.RowHash(Bundle(copy)[44]).ToArray(), .. bytes[(45 * 32)..]]);
                break;
            case "two entries swapped":
                Entries(copy, entries => (entries[44], entries[45]) = (entries[45], entries[44]));
                break;
            case "the last entry taken out":
                string bundle = Directory.GetFiles(Path.Combine(copy, "tile/entries/002.p")).Single();
                List<byte[]> last = [.. Ledger.Tiles.EntryBundle.Parse(File.ReadAllBytes(bundle), int.Parse(Path.GetFileName(bundle), null))!];
                File.WriteAllBytes(bundle, Ledger.Tiles.EntryBundle.Encode(last[..^1]));
                break;
            case "a hash of a tile":
                Bytes(copy, "tile/0/001", bytes => Flip(bytes, (44 * 32) + 5));
                break;
            case "a hash above":
                Bytes(copy, "tile/1/000.p/2", bytes => Flip(bytes, 40));
                break;
            case "a tile taken out":
                File.Delete(Path.Combine(copy, "tile/0/001"));
                break;
            case "a bundle taken out":
                File.Delete(Path.Combine(copy, "tile/entries/000"));
                break;
            case "a byte at the end of a tile":
                Bytes(copy, "tile/0/001", bytes => [.. bytes, 0]);
                break;
            case "a file more":
                File.Copy(Path.Combine(copy, "tile/0/001"), Path.Combine(copy, "tile/0/009"));
                break;
            case "a link in a file's place":
                File.Move(Path.Combine(copy, "records.jsonl"), copy + ".records");
                File.CreateSymbolicLink(Path.Combine(copy, "records.jsonl"), copy + ".records");
                break;
            case "another root":
                Text(copy, "checkpoint", text => string.Join('\n', text.Split('\n').Select((line, number) => number == 2 ? Convert.ToBase64String(new byte[32]) : line)));
                break;
            case "a further signature":
                Text(copy, "checkpoint", text => $"{text}— else.example AAAAAAA=\n");
                break;
            case "another key":
                Text(copy, "policy", text => Flip(text, text.IndexOf("\nquorum", StringComparison.Ordinal) - 8));
                break;
            case "a comment in the policy":
                Text(copy, "policy", text => $"# all is well\n{text}");
                break;
            case "another time of the tick":
                Text(copy, "instance/tick", text => text.Replace("Z\n", "Z\n", StringComparison.Ordinal).Replace("time 20", "time 21", StringComparison.Ordinal));
                break;
            case "the opening of another place":
                Text(copy, "instance/opening", text => text.Replace("place 0\n", "place 1\n", StringComparison.Ordinal));
                break;
            case "a cosignature in one of two places":
                Text(copy, "instance/checkpoint", text => $"{text}— else.example AAAAAAA=\n");
                break;
            case "the instance log's checkpoint taken out":
                File.Delete(Path.Combine(copy, "instance/checkpoint"));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(alteration));
        }
    }

    private static int At(List<string> lines, long seq) => lines.FindIndex(line => line.StartsWith($"{{\"seq\":{seq},", StringComparison.Ordinal));

    private static string Content(string line) => line[line.IndexOf("\"record\"", StringComparison.Ordinal)..];

    private static void Line(string copy, Func<string, string> alter) => Lines(copy, lines => lines[At(lines, 300)] = alter(lines[At(lines, 300)]));

    private static void Lines(string copy, Action<List<string>> alter) => Text(copy, "records.jsonl", text =>
    {
        List<string> lines = [.. text.Split('\n')];
        alter(lines);
        return string.Join('\n', lines);
    });

    private static List<byte[]> Bundle(string copy) => [.. Ledger.Tiles.EntryBundle.Parse(File.ReadAllBytes(Path.Combine(copy, "tile/entries/001")), 256)!];

    private static void Entries(string copy, Action<List<byte[]>> alter)
    {
        List<byte[]> entries = Bundle(copy);
        alter(entries);
        File.WriteAllBytes(Path.Combine(copy, "tile/entries/001"), Ledger.Tiles.EntryBundle.Encode(entries));
    }

    private static byte[] Renamed(byte[] leaf) => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(leaf).Replace("message.imported", "message.received", StringComparison.Ordinal));

    private static void Text(string copy, string file, Func<string, string> alter) => Bytes(copy, file, bytes => Encoding.UTF8.GetBytes(alter(Encoding.UTF8.GetString(bytes))));

    private static void Bytes(string copy, string file, Func<byte[], byte[]> alter) =>
        File.WriteAllBytes(Path.Combine(copy, file), alter(File.ReadAllBytes(Path.Combine(copy, file))));

    /// <summary>Another letter of base64 in the place of one.</summary>
    private static string Flip(string text, int at) => $"{text[..at]}{(text[at] == 'A' ? 'B' : 'A')}{text[(at + 1)..]}";

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }
}
