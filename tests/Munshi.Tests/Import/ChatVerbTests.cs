using System.Diagnostics;
using Munshi.Tests.Running;

namespace Munshi.Tests.Import;

/// <summary><c>munshi chat</c> as a process of its own.</summary>
public sealed class ChatVerbTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-chat-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Read_prints_an_object_for_each_message()
    {
        string file = Write(
            "05/03/2021, 14:05 - Asha: hello\n13/03/2021, 09:00 - Asha: IMG-20210313-WA0000.jpg (file attached)\n13/03/2021, 09:01 - Asha: 6 pm <This message was edited>\n13/03/2021, 09:02 - Asha added Ravi\n");

        (int code, string output, string errors) = await RunAsync("read", file, "--json");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            """
            {"at":"2021-03-05T14:05:00","from":"Asha","kind":"text","text":"hello","attachment":null,"edited":false}
            {"at":"2021-03-13T09:00:00","from":"Asha","kind":"media","text":"","attachment":"IMG-20210313-WA0000.jpg","edited":false}
            {"at":"2021-03-13T09:01:00","from":"Asha","kind":"text","text":"6 pm","attachment":null,"edited":true}
            {"at":"2021-03-13T09:02:00","from":null,"kind":"system","text":"Asha added Ravi","attachment":null,"edited":false}

            """,
            output);
    }

    [Fact]
    public async Task Read_for_people_gives_the_summary_first_and_tells_what_is_uncertain()
    {
        (int code, string output, _) = await RunAsync("read", Write("3/4/21, 14:05 - Asha: x\u001b[2J\n"));

        Assert.Equal(0, code);
        Assert.StartsWith("1 messages, 2021-04-03 14:05 to 2021-04-03 14:05\n", output, StringComparison.Ordinal);
        Assert.Contains("Problem: The dates are ambiguous: nothing in the file proves whether day or month comes first; --date-order says it.", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("2021-03-04 14:05", (await RunAsync("read", Path.Combine(_directory, "chat.txt"), "--date-order", "mdy")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("a letter", "is not a WhatsApp export: no line in it begins as a message does.")]
    [InlineData(null, "could not be read.")]
    public async Task What_cannot_be_read_is_said_in_one_sentence(string? text, string end)
    {
        string file = text is null ? Path.Combine(_directory, "missing.txt") : Write(text);

        (int code, string output, string errors) = await RunAsync("read", file);

        Assert.Equal((1, "", $"The file {file} {end}\n"), (code, output, errors));
    }

    [Fact]
    public async Task A_pipe_with_a_name_is_refused_before_it_is_opened()
    {
        string pipe = Path.Combine(_directory, "chat.txt");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (int code, string output, string errors) = await RunAsync("read", pipe).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal((1, "", $"{pipe} is not a file, so it was not read: give the export as WhatsApp saved it.\n"), (code, output, errors));
    }

    [Theory]
    [InlineData("read", "FILE", "--date-order", "dym")]
    [InlineData("import", "FILE")]
    [InlineData("import", "FILE", "--workspace", "shop", "--time-zone", "Mars/Olympus")]
    [InlineData("import", "FILE", "--workspace", "shop", "--time-zone", "India Standard Time")]
    public async Task Wrong_usage_is_2(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).Code);

    private string Write(string text)
    {
        string file = Path.Combine(_directory, "chat.txt");
        File.WriteAllText(file, text);
        return file;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        ProcessStartInfo start = new(RepositoryFiles.Path($"artifacts/bin/Munshi/{configuration}/munshi"), ["chat", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
