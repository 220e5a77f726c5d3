using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class MistypedDirectoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("munshi-mistyped-").FullName;

    [Theory]
    [InlineData("serve")]
    [InlineData("workspace", "list")]
    [InlineData("workspace", "create", "shop", "--name", "Aparajita Sarees")]
    [InlineData("member", "sign-in-link", "--workspace", "shop")]
    [InlineData("ledger", "verify")]
    [InlineData("knowledge", "ask", "timings", "--workspace", "shop")]
    public async Task A_directory_without_an_installation_is_refused_and_nothing_is_made(params string[] verb)
    {
        string mistyped = Path.Combine(_root, "no", "such");

        ProgramResult result = await MunshiProgram.RunAsync([.. verb, "--data", mistyped]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal($"There is no installation in {mistyped}. Was it started with --data? Say the same here. ./munshi migrate --data DIR makes a new one.", result.Sentence());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public async Task An_existing_directory_without_an_installation_is_left_as_it_was()
    {
        string file = Path.Combine(_root, "letter.txt");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        ProgramResult result = await MunshiProgram.RunAsync("workspace", "list", "--data", _root);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
