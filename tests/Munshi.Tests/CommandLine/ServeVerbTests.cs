using System.Net;
using System.Net.Sockets;
using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class ServeVerbTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    [Theory]
    [InlineData("99999")]
    [InlineData("65536")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("80 80")]
    [InlineData("५०८०")]
    [InlineData("99999999999999999999")]
    public async Task A_port_that_is_none_is_wrong_usage(string port)
    {
        ProgramResult result = await installation.RunAsync("serve", $"--port={port}");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal("--port must be a number from 1 to 65535.", result.Sentence());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        ProgramResult result = await installation.RunAsync("serve", "--port", $"{port}");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal($"Port {port} is taken by another program: choose another with --port.", result.Sentence());
    }
}
