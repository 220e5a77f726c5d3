using System.Diagnostics;
using System.Text.Json;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.CommandLine;
using Munshi.Tests.Import;
using Munshi.Tests.Kill;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Archives;

public sealed class ArchiveVerbTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    private const string OfTwin = "SELECT count(*) FROM vault.message m JOIN workspace.workspace w USING (client_id) WHERE w.slug = 'twin'";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_verb_refuses_in_one_sentence_writes_beside_a_running_server_and_leaves_nothing_whole_when_it_is_killed()
    {
        string target = installation.PathOf("archive");
        ProgramResult unsigned = await installation.RunAsync("workspace", "export", "--workspace", "shop", target);
        ProgramResult unknown = await installation.RunAsync("workspace", "export", "--workspace", "no-such", target);
        ProgramResult wrong = await installation.RunAsync("workspace", "export", "--workspace", "shop");
        ProgramResult language = await installation.RunAsync("workspace", "export", "--workspace", "shop", target, "--language", "xx");
        ProgramResult help = await MunshiProgram.RunAsync("workspace", "export", "--help");

        Assert.Equal((1, 1, 2, 2, 0), (unsigned.ExitCode, unknown.ExitCode, wrong.ExitCode, language.ExitCode, help.ExitCode));
        Assert.StartsWith("No checkpoint of this workspace was signed yet", unsigned.Sentence(), StringComparison.Ordinal);
        Assert.StartsWith("There is no workspace 'no-such'", unknown.Errors, StringComparison.Ordinal);
        Assert.False(Path.Exists(target) || Path.Exists(target + ".part"));

        string chat = installation.PathOf("chat.txt");
        await File.WriteAllTextAsync(chat, ExportedChat.Of(4000), Cancellation);
        ProgramResult imported = await installation.RunAsync("chat", "import", "--workspace", "shop", "--contact", "919000008001", chat);
        Assert.True(imported.ExitCode == 0, imported.Errors);
        using BuiltServer server = new(installation.DataDirectory, new Uri("http://127.0.0.1:9/"));
        await server.StartAsync();
        await Eventually.TrueAsync(async () => (await installation.RunAsync("ledger", "verify", "--json")).ExitCode == 0);

        ProgramResult written = await installation.RunAsync("workspace", "export", "--workspace", "shop", target, "--json", "--language", "bn");
        ProgramResult again = await installation.RunAsync("workspace", "export", "--workspace", "shop", target);

        Assert.True(written.ExitCode == 0, written.Errors);
        JsonElement told = JsonDocument.Parse(written.Output).RootElement;
        Assert.Equal((true, 1, 4000), (told.GetProperty("ok").GetBoolean(), told.GetProperty("conversations").GetInt32(), told.GetProperty("lines").GetProperty("messages").GetInt32()));
        Assert.Contains("<html lang=\"bn\">", await File.ReadAllTextAsync(Path.Combine(target, "html/index.html"), Cancellation), StringComparison.Ordinal);
        Assert.Empty(OfflineVerifier.Program(target).Findings);
        Assert.Equal((1, $"{target} exists and is not empty: name a new directory."), (again.ExitCode, again.Sentence()));

        await ReadInAsync(target);

        string killed = installation.PathOf("killed");
        await KillAsync(killed);

        Assert.False(Directory.Exists(killed));
        Assert.Empty(Directory.GetFiles(killed + ".part", "MANIFEST.note", SearchOption.AllDirectories));
        Assert.Equal(1, OfflineVerifier.Program(killed + ".part").ExitCode);
        ProgramResult after = await installation.RunAsync("workspace", "export", "--workspace", "shop", killed);
        Assert.Contains("from an export that was broken off: remove it", after.Sentence(), StringComparison.Ordinal);
    }

    /// <summary>Into another workspace beside the running server, once broken off as the power going out would.</summary>
    private async Task ReadInAsync(string archive)
    {
        ProgramResult taken = await installation.RunAsync("workspace", "import", archive, "--workspace", "shop");
        ProgramResult wrong = await installation.RunAsync("workspace", "import", archive);
        ProgramResult help = await MunshiProgram.RunAsync("workspace", "import", "--help");
        using (Process process = Start("workspace", "import", archive, "--workspace", "twin"))
        {
            await Eventually.TrueAsync(async () => process.HasExited || await installation.CountAsync(OfTwin) is > 0 and < 4000);
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        Assert.InRange(await installation.CountAsync(OfTwin), 500, 3999);
        ProgramResult link = await installation.RunAsync("member", "sign-in-link", "--workspace", "twin");
        ProgramResult member = await installation.RunAsync("member", "add", "--workspace", "twin", "--name", "Mira");
        ProgramResult export = await installation.RunAsync("workspace", "export", "--workspace", "twin", installation.PathOf("half"));
        ProgramResult half = await installation.RunAsync("ledger", "verify", "--workspace", "twin");
        ProgramResult goneOn = await installation.RunAsync("workspace", "import", archive, "--workspace", "twin", "--json");
        ProgramResult again = await installation.RunAsync("workspace", "import", archive, "--workspace", "twin", "--policy", Path.Combine(archive, "ledger/policy"));

        Assert.All([link, member, export], refused => Assert.StartsWith("Workspace 'twin' is not whole yet: an archive is still read into it.", refused.Sentence(), StringComparison.Ordinal));
        Assert.Contains("unfinished: an archive is read in since ", half.Output, StringComparison.Ordinal);
        Assert.Equal((1, 2, 0), (taken.ExitCode, wrong.ExitCode, help.ExitCode));
        Assert.StartsWith("There is already a workspace 'shop'", taken.Errors, StringComparison.Ordinal);
        Assert.True(goneOn.ExitCode == 0, goneOn.Errors);
        JsonElement told = JsonDocument.Parse(goneOn.Output).RootElement;
        Assert.Equal((4000, false, false), (told.GetProperty("lines").GetProperty("messages").GetInt32(), told.GetProperty("wasThere").GetBoolean(), told.GetProperty("hasOwner").GetBoolean()));
        Assert.Equal(4000, await installation.CountAsync(OfTwin));
        Assert.Equal(0, again.ExitCode);
        Assert.EndsWith("All of this archive is in workspace 'twin' already.\n", again.Output, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await installation.RunAsync("ledger", "verify", "--json")).ExitCode == 0);
    }

    /// <summary>As the power going out would, while messages are written.</summary>
    private async Task KillAsync(string target)
    {
        using Process process = Start("workspace", "export", "--workspace", "shop", target);
        await Eventually.TrueAsync(() => Task.FromResult(process.HasExited || File.Exists(Path.Combine(target + ".part", "data/media.jsonl"))));
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    private Process Start(params string[] arguments)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Process.Start(new ProcessStartInfo(
            RepositoryFiles.Path($"artifacts/bin/Munshi/{configuration}/munshi"), [.. arguments, "--data", installation.DataDirectory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
