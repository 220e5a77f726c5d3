using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class SignInLinkVerbTests
{
    [Theory]
    [InlineData("inbox.example")]
    [InlineData("inbox.example:443")]
    [InlineData("/inbox")]
    [InlineData("ftp://inbox.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("https://name:word@inbox.example")]
    [InlineData("https://inbox.example/?a=b")]
    [InlineData("https://inbox.example/#a")]
    public async Task A_base_address_that_is_no_web_address_is_wrong_usage(string address)
    {
        foreach (string[] verb in new string[][] { ["member", "sign-in-link", "--workspace", "shop"], ["setup-link"] })
        {
            ProgramResult result = await MunshiProgram.RunAsync([.. verb, $"--base-address={address}"]);

            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Equal(
                "--base-address must be an http or https address without name, query or fragment, for example https://inbox.example.", result.Sentence());
        }
    }
}
