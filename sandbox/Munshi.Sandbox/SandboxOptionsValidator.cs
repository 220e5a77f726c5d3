using System.Net;
using Microsoft.Extensions.Options;

namespace Munshi.Sandbox;

/// <summary>One plain sentence for each wrong setting; the listening address is checked here too.</summary>
internal sealed class SandboxOptionsValidator(IConfiguration configuration) : IValidateOptions<SandboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        List<string> problems = [];
        foreach (string problem in options.App?.WithDefaults().Problems() ?? [])
        {
            problems.Add($"{SandboxOptions.Section}:{problem}");
        }

        foreach (string url in (configuration[WebHostDefaults.ServerUrlsKey] ?? SandboxHost.DefaultUrls).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsLoopback(url))
            {
                problems.Add($"urls: {url} is not a loopback address; the sandbox listens only on addresses such as {SandboxHost.DefaultUrls}.");
            }
        }

        if (options.DataFile is { } file && (file.Length == 0 || Directory.Exists(file)))
        {
            problems.Add($"{SandboxOptions.Section}:DataFile must name a file, not a directory.");
        }

        if (options.SmtpPort is < 0 or > IPEndPoint.MaxPort)
        {
            problems.Add($"{SandboxOptions.Section}:SmtpPort must be a number from 0 to {IPEndPoint.MaxPort}.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out Uri? address)
        && address.Scheme == Uri.UriSchemeHttp
        && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip)));
}
