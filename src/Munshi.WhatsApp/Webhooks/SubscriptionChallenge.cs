using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>The handshake Meta makes by GET whenever the callback address or the verify token is edited.</summary>
public static class SubscriptionChallenge
{
    public const string ModeParameter = "hub.mode";
    public const string TokenParameter = "hub.verify_token";
    public const string ChallengeParameter = "hub.challenge";

    /// <summary>The longest challenge echoed, in characters; Meta's are about ten digits.</summary>
    public const int MaxChallengeLength = 256;

    /// <summary>Decides the answer. Tokens are compared as SHA-256 digests, so the time taken tells nothing of the stored one.</summary>
    /// <param name="mode"><c>hub.mode</c>.</param>
    /// <param name="token"><c>hub.verify_token</c>.</param>
    /// <param name="challenge"><c>hub.challenge</c>.</param>
    /// <param name="expectedToken">The token kept for this Meta app. An empty one refuses everything.</param>
    public static SubscriptionOutcome Answer(string? mode, string? token, string? challenge, string expectedToken)
    {
        ArgumentNullException.ThrowIfNull(expectedToken);

        if (mode != "subscribe")
        {
            return new SubscriptionOutcome.Refused(SubscriptionRefusal.Mode);
        }

        if (expectedToken.Length == 0 || token is null || !SameToken(token, expectedToken))
        {
            return new SubscriptionOutcome.Refused(SubscriptionRefusal.Token);
        }

        return challenge is { Length: > 0 and <= MaxChallengeLength } && !challenge.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new SubscriptionOutcome.Confirmed(challenge)
            : new SubscriptionOutcome.Refused(SubscriptionRefusal.Challenge);
    }

    private static bool SameToken(string token, string expectedToken)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> kept = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), given);
        SHA256.HashData(MemoryMarshal.AsBytes(expectedToken.AsSpan()), kept);
        return CryptographicOperations.FixedTimeEquals(given, kept);
    }
}
