using Munshi.Sandbox.Control;

namespace Munshi.Sandbox;

/// <summary>Settings of the sandbox, section <c>Sandbox</c>.</summary>
/// <remarks>The app is optional: without one, <c>PUT /control/app</c> registers it later.</remarks>
internal sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Where webhooks go: an absolute http or https address.</summary>
    public string? Callback { get; init; }

    /// <summary>Keys <c>X-Hub-Signature-256</c>.</summary>
    public string? AppSecret { get; init; }

    /// <summary>Sent as <c>hub.verify_token</c> in the handshake.</summary>
    public string? VerifyToken { get; init; }

    /// <summary>The bearer token that the Graph API accepts.</summary>
    public string? AccessToken { get; init; }

    public string? PhoneNumberId { get; init; }

    public string? DisplayPhoneNumber { get; init; }

    public string? WabaId { get; init; }

    public string? BusinessName { get; init; }

    /// <summary>Where the mail server listens, on loopback; 0, the default, takes a free port (<c>GET /mail/server</c> tells which).</summary>
    public int SmtpPort { get; init; }

    /// <summary>JSON Lines; phone history and counters survive a restart in it. Without it, memory only.</summary>
    public string? DataFile { get; init; }

    /// <summary>The app given at start; null when none of its four parts is set.</summary>
    public AppRegistration? App =>
        Callback is null && AppSecret is null && VerifyToken is null && AccessToken is null
            ? null
            : new AppRegistration
            {
                Callback = Callback,
                AppSecret = AppSecret,
                VerifyToken = VerifyToken,
                AccessToken = AccessToken,
                PhoneNumberId = PhoneNumberId,
                DisplayPhoneNumber = DisplayPhoneNumber,
                WabaId = WabaId,
                BusinessName = BusinessName,
            };
}
