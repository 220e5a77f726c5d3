using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.ApiKeys;
using Munshi.Database.Manifest;

namespace Munshi.Api;

/// <summary>Stands before everything below <c>/api</c>: an open database gate, a key, and not too often. Sessions are not looked at.</summary>
internal sealed class ApiDoorkeeper(RequestDelegate next, DatabaseGate gate, ApiKeyRegistry keys, ApiLimits limits)
{
    private const string Scheme = "Bearer";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(ApiCapability.Root))
        {
            await next(context);
            return;
        }

        context.Response.OnStarting(static state => NeverStore((HttpContext)state), context);
        if (!gate.IsOpen)
        {
            await ApiProblem.Closed(context).ExecuteAsync(context);
        }
        else if (await AdmitAsync(context) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>As the response starts, so that it survives an exception handler that clears the response.</summary>
    private static Task NeverStore(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    /// <summary>Null where the caller may go on, who is then a feature of the request.</summary>
    private async Task<ProblemHttpResult?> AdmitAsync(HttpContext context)
    {
        string address = CallerAddress.Of(context);
        if (limits.Refuses(address) is { } blocked)
        {
            return ApiProblem.TooMany(context, blocked, "too-many-failures", "Too many calls from this address came without a usable API key.");
        }

        string? sent = Sent(context.Request);
        if (await keys.FindAsync(sent, context.RequestAborted) is not { } caller)
        {
            limits.Fail(address);
            return ApiProblem.NoKey(context, sent is not null);
        }

        if (limits.Take(caller.KeyId) is { } wait)
        {
            return ApiProblem.TooMany(context, wait, "too-many-calls", "This API key was used too often within the minute.");
        }

        context.Features.Set(caller);
        return null;
    }

    /// <summary>What came as the key, in the one place where a key may stand: RFC 6750, section 2.1.</summary>
    private static string? Sent(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && AuthenticationHeaderValue.TryParse(header, out AuthenticationHeaderValue? credentials)
        && string.Equals(credentials.Scheme, Scheme, StringComparison.OrdinalIgnoreCase)
            ? credentials.Parameter ?? ""
            : null;
}
