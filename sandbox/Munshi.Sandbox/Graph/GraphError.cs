using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Graph;

/// <summary>An error as the Graph API words it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Details">What <c>error_data.details</c> says; null for errors that carry no <c>error_data</c>.</param>
internal sealed record GraphError(int Status, int Code, string Message, string? Details = null, int? Subcode = null, string Type = "OAuthException")
{
    public static readonly GraphError TokenInvalid = new(401, 190, "Error validating access token: the session is not valid.");

    public static readonly GraphError Unknown = new(500, 131000, "(#131000) Something went wrong", "The message could not be sent for an unknown reason.");

    public static readonly GraphError Throughput = new(429, 130429, "(#130429) Rate limit hit", "The number has reached its messaging throughput.");

    /// <summary>As Meta's table of error codes has it; a 429 was seen too.</summary>
    public static readonly GraphError ThroughputAsDocumented = Throughput with { Status = 400 };

    public static readonly GraphError ServiceUnavailable = new(503, 131016, "(#131016) Service unavailable", "A service is temporarily unavailable.");

    public static readonly GraphError ApiCallLimit = new(
        400, 80007, "(#80007) There have been too many calls to this WhatsApp Business account. Wait a bit and try again.");

    public static readonly GraphError PairRate = new(
        400, 131056, "(#131056) (Business Account, Consumer Account) pair rate limit hit", "Too many messages from this number to the same recipient in a short time.");

    public static readonly GraphError PermissionMissing = new(403, 10, "(#10) Application does not have permission for this action");

    public static readonly GraphError NumberNotRegistered = new(400, 133010, "(#133010) Account not registered", "The number is not registered.");

    public static readonly GraphError RecipientNotListed = new(
        400, 131030, "(#131030) Recipient phone number not in allowed list", "The recipient is not on the test number's list.");

    public static readonly GraphError PaymentProblem = new(
        400, 131042, "(#131042) Business eligibility payment issue", "There is a problem with the business's payment method.");

    public static readonly GraphError WindowClosed = new(
        400, 131047, "(#131047) Re-engagement message", "More than 24 hours have passed since the recipient last wrote to this number.");

    public static readonly GraphError Undeliverable = new(400, 131026, "(#131026) Message undeliverable", "The recipient is not known on WhatsApp.");

    public static readonly GraphError ToItself = new(400, 131021, "(#131021) Recipient cannot be sender", "The recipient is the sending number.");

    /// <summary>Of a refusal that was asked for, unless told otherwise.</summary>
    public const int DefaultCode = 131050;

    private static readonly Dictionary<int, (int Status, string Message)> Known = new()
    {
        [0] = (401, "(#0) The token is not known"),
        [3] = (500, "(#3) API method not allowed"),
        [4] = (400, "(#4) Too many calls"),
        [33] = (400, "(#33) The number was deleted"),
        [368] = (403, "(#368) Temporarily blocked for policy violations"),
        [130429] = (400, "(#130429) Rate limit hit"),
        [130472] = (400, "(#130472) User's number is part of an experiment"),
        [130497] = (403, "(#130497) The country is not allowed"),
        [131000] = (500, "(#131000) Something went wrong"),
        [131005] = (403, "(#131005) Access denied"),
        [131026] = (400, "(#131026) Message undeliverable"),
        [131031] = (403, "(#131031) The account has been locked"),
        [131037] = (400, "(#131037) The display name is not approved"),
        [131042] = (400, "(#131042) Business eligibility payment issue"),
        [131045] = (500, "(#131045) Incorrect certificate"),
        [131047] = (400, "(#131047) Re-engagement message"),
        [131048] = (400, "(#131048) Spam rate limit hit"),
        [131049] = (400, "(#131049) Not delivered to maintain healthy ecosystem engagement"),
        [DefaultCode] = (400, "(#131050) User has stopped marketing messages"),
        [131053] = (400, "(#131053) Media upload error"),
        [131056] = (400, "(#131056) Pair rate limit hit"),
        [131057] = (500, "(#131057) Account in maintenance mode"),
        [132000] = (400, "(#132000) The number of parameters does not match"),
        [132001] = (404, "(#132001) The template does not exist in this language"),
        [132015] = (400, "(#132015) The template is paused"),
        [132016] = (400, "(#132016) The template is disabled"),
        [190] = (401, "Error validating access token: the session is not valid."),
    };

    /// <summary>Those that can be asked for.</summary>
    public static IReadOnlyCollection<int> Codes => Known.Keys;

    /// <param name="code">One of <see cref="Codes"/>.</param>
    public static GraphError Of(int code) => new(Known[code].Status, code, Known[code].Message, "Asked for by the control page.");

    public static GraphError NoSuchObject(string id) => new(
        400, 100, $"Unsupported post request. Object with ID '{id}' does not exist or cannot be loaded.", Subcode: 33, Type: "GraphMethodException");

    public static GraphError Parameter(string details) => new(400, 100, $"(#100) {details}", details);

    public static GraphError Value(string details) => new(400, 131009, "(#131009) Parameter value is not valid", details);

    public static GraphError UnsupportedType(string type) => new(
        400, 131051, "(#131051) Unsupported message type", $"The sandbox does not take messages of type {type}.");

    public static GraphError MediaUpload(string details) => new(400, 131053, "(#131053) Media upload error", details);

    public JsonObject ToJson()
    {
        JsonObject error = new() { ["message"] = Message, ["type"] = Type, ["code"] = Code };
        if (Subcode is { } subcode)
        {
            error["error_subcode"] = subcode;
        }

        if (Details is { } details)
        {
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = details };
        }

        error["fbtrace_id"] = "A" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        return new JsonObject { ["error"] = error };
    }
}
