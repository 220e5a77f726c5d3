namespace Munshi.Setup;

/// <summary>Addresses of the set-up pages.</summary>
internal static class SetupUrls
{
    public const string Start = "/setup";
    public const string Settings = "/settings/channels";
    public const string TryNow = "/settings/channels/try";
    public const string Owner = "/setup/owner";
    public const string Secret = "/setup/app";
    public const string PublicAddress = "/setup/webhook/address";
    public const string VerifyToken = "/setup/webhook/verify-token";
    public const string Number = "/setup/number";
    public const string Test = "/setup/test";

    /// <summary>The value of a form's <c>from</c> that leads back to <see cref="Settings"/>.</summary>
    public const string FromSettings = "settings";

    public static string Step(SetupStep step) => $"{Start}/{Name(step)}";

    private static string Name(SetupStep step) => step switch
    {
        SetupStep.App => "app",
        SetupStep.Webhook => "webhook",
        SetupStep.Number => "number",
        SetupStep.Test => "test",
        _ => "knowledge",
    };
}
