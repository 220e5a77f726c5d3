using System.Diagnostics;
using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

/// <summary><c>munshi note</c> as a process of its own.</summary>
public sealed class NoteVerbTests : IDisposable
{
    // golang.org/x/mod/sumdb/note, note_test.go.
    private const string PrivateKey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string Note = Text + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private const string WitnessKey = "witness.example/w1+6474b229+BAemx4dUgMsvlqoNlzegdjMs4PyGC8zXb7PndI6ZbfIj";
    private const string Cosigned =
        "vault.example/t/acme\n7\n56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=\n\n"
        + "— witness.example/w1 ZHSyKQAAAABrAN8AvwIBIm9hdv3hn7LjFB3xHIjbZmq6L3lFu3dxuwSJG44w53i9fe1OoG1moFRHDXvLFXKZZ7uA2Rc2cNx2U3qABw==\n";

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-note-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Sign_prints_the_note_that_Go_prints()
    {
        Assert.Equal((0, Note, ""), await RunAsync("sign", "--key", Write("key", PrivateKey + "\n"), Write("text", Text)));
    }

    [Fact]
    public async Task Sign_prints_an_object_for_programs()
    {
        (int code, string output, _) = await RunAsync("sign", "--json", "--key", Write("key", PrivateKey), Write("text", Text));

        Assert.Equal(0, code);
        Assert.StartsWith("""{"name":"PeterNeumann","keyId":"c74f20a3","note":"If you think""", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_names_who_signed()
    {
        Assert.Equal((0, "Signed by PeterNeumann, key c74f20a3.\n", ""), await RunAsync("verify", "--key", VerifierKey, Write("note", Note)));
        Assert.Equal(
            (0, """{"valid":true,"signatures":[{"name":"witness.example/w1","keyId":"6474b229","timestamp":1795219200}]}""" + "\n", ""),
            await RunAsync("verify", "--json", "--key", VerifierKey, "--key", WitnessKey, Write("note", Cosigned)));
    }

    [Fact]
    public async Task A_changed_note_is_a_finding()
    {
        string note = Write("note", Note.Replace("problem is", "problem was", StringComparison.Ordinal));

        Assert.Equal((1, "", "The note does not verify: a signature by a known key does not hold.\n"), await RunAsync("verify", "--key", VerifierKey, note));
        Assert.Equal(
            (1, """{"valid":false,"reason":"a signature by a known key does not hold"}""" + "\n", "The note does not verify: a signature by a known key does not hold.\n"),
            await RunAsync("verify", "--json", "--key", VerifierKey, note));
    }

    [Theory]
    [InlineData(Text, "The note does not verify: no empty line between text and signatures.\n")]
    [InlineData(Cosigned, "The note does not verify: no signature by a known key.\n")]
    [InlineData("", "The note does not verify: does not end with a line feed.\n")]
    [InlineData(null, "The note could not be read from that file.\n")]
    public async Task What_is_no_signed_note_is_said_in_one_sentence(string? note, string errors)
    {
        Assert.Equal((1, "", errors), await RunAsync("verify", "--key", VerifierKey, note is null ? Path.Combine(_directory, "missing") : Write("note", note)));
    }

    [Theory]
    [InlineData("PRIVATE+KEY+PeterNeumann", Text, "The private key is refused: not of the form PRIVATE+KEY+name+keyid+key.\n")]
    [InlineData("", Text, "The private key must be 1 to 4096 characters long.\n")]
    [InlineData(PrivateKey, "no line feed", "The text cannot be signed: it must be UTF-8, end with a line feed, hold no other control character, and be at most 1000000 bytes with its signature.\n")]
    public async Task What_cannot_be_signed_is_said_in_one_sentence(string key, string text, string errors)
    {
        Assert.Equal((1, "", errors), await RunAsync("sign", "--key", Write("key", key), Write("text", text)));
    }

    [Theory]
    [InlineData("verify", "FILE")]
    [InlineData("verify", "--key", "rubbish", "FILE")]
    [InlineData("verify", "--key", VerifierKey)]
    [InlineData("sign", "FILE")]
    public async Task Wrong_usage_is_2(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).Code);

    private string Write(string name, string text)
    {
        string file = Path.Combine(_directory, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        ProcessStartInfo start = new(RepositoryFiles.Path($"artifacts/bin/Munshi/{configuration}/munshi"), ["note", .. arguments])
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
