using Munshi.Sandbox.Control;
using Munshi.Sandbox.Graph;

namespace Munshi.Sandbox.Media;

/// <summary>What Graph asks of a call about a file before it looks at the file.</summary>
internal static class MediaAccess
{
    public static GraphError? Refusal(BusinessNumbers numbers, Faults faults, HttpRequest request) =>
        faults.IsAlways(Fault.TokenRevoked) || !numbers.All.Any(number => IsOf(number, request)) ? GraphError.TokenInvalid
        : faults.IsAlways(Fault.PermissionMissing) ? GraphError.PermissionMissing
        : faults.IsAlways(Fault.Http500) ? GraphError.Unknown
        : faults.IsAlways(Fault.Http503) ? GraphError.ServiceUnavailable
        : faults.IsAlways(Fault.ApiCallLimit) ? GraphError.ApiCallLimit
        : null;

    /// <summary>Whether the request bears the number's token.</summary>
    public static bool IsOf(BusinessNumber number, HttpRequest request) => request.Headers.Authorization.ToString() == $"Bearer {number.AccessToken}";
}
