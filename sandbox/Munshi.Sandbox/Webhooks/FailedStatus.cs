using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Webhooks;

/// <summary>The errors that a status <c>failed</c> carries, by Meta's code.</summary>
internal static class FailedStatus
{
    public const int DefaultCode = 131026;

    private static readonly Dictionary<int, (string Title, string Details)> ByCode = new()
    {
        [DefaultCode] = ("Message undeliverable", "Message undeliverable."),
        [131047] = ("Re-engagement message", "More than 24 hours have passed since the recipient last wrote to this number."),
        [131049] = ("This message was not delivered to maintain healthy ecosystem engagement.", "The recipient has had enough messages of this kind for now."),
        [130472] = ("User's number is part of an experiment", "The recipient's number is part of an experiment."),
        [131042] = ("Business eligibility payment issue", "There is a problem with the payment method of this account."),
        [131050] = ("User has stopped marketing messages", "The recipient chose to get no marketing messages of this business."),
        [131053] = ("Media upload error", "The media could not be taken."),
        [131000] = ("Something went wrong", "The message could not be sent for an unknown reason."),
    };

    public static IReadOnlyCollection<int> Codes => ByCode.Keys;

    public static string TitleOf(int code) => ByCode[code].Title;

    /// <param name="code">One of <see cref="Codes"/>.</param>
    public static JsonObject Error(int code) => new()
    {
        ["code"] = code,
        ["title"] = ByCode[code].Title,
        ["message"] = ByCode[code].Title,
        ["error_data"] = new JsonObject { ["details"] = ByCode[code].Details },
        ["href"] = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    };
}
