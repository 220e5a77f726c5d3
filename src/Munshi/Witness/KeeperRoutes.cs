using Microsoft.AspNetCore.Mvc;

namespace Munshi.Witness;

/// <summary><c>/keeper/{installation}</c> and <c>/keeper/{installation}/{epoch}</c>: for the bearer of the installation's secret alone.</summary>
internal static partial class KeeperRoutes
{
    private const string Bearer = "Bearer ";
    private const string Bytes = "application/octet-stream";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/keeper/{installation}");
        group.AddEndpointFilter(RequireSecretAsync);
        group.MapGet("/", (string installation, KeyKeeper keeper) => TypedResults.Ok(new { epochs = keeper.List(installation) }));
        RouteGroupBuilder one = group.MapGroup("/{epoch}");
        one.AddEndpointFilter(async (context, next) =>
            KeyKeeper.IsEpoch((string?)context.HttpContext.GetRouteValue("epoch") ?? "") ? await next(context) : TypedResults.NotFound());
        one.MapPut("/", PutAsync).WithMetadata(new RequestSizeLimitAttribute(KeyKeeper.MaxLength));
        one.MapGet("/", (string installation, string epoch, HttpResponse response, KeyKeeper keeper) => Answer(keeper.Get(installation, epoch), response));
        one.MapDelete("/", Delete);
    }

    private static async Task<IResult> PutAsync(string installation, string epoch, HttpRequest request, KeyKeeper keeper, CancellationToken cancellationToken)
    {
        using MemoryStream received = new();
        try
        {
            await request.Body.CopyToAsync(received, cancellationToken);
        }
        catch (BadHttpRequestException refused)
        {
            return TypedResults.StatusCode(refused.StatusCode);
        }

        if (received.Length == 0)
        {
            return TypedResults.BadRequest();
        }

        KeeperOutcome outcome = keeper.Put(installation, epoch, received.ToArray());
        return outcome is KeeperOutcome.Kept ? TypedResults.NoContent() : Answer(outcome, request.HttpContext.Response);
    }

    private static IResult Delete(string installation, string epoch, HttpResponse response, KeyKeeper keeper, ILogger<KeyKeeper> logger)
    {
        KeeperOutcome outcome = keeper.Destroy(installation, epoch);
        if (outcome is not KeeperOutcome.Destroyed)
        {
            return Answer(outcome, response);
        }

        Log.Destroyed(logger, installation, epoch);
        return TypedResults.NoContent();
    }

    private static IResult Answer(KeeperOutcome outcome, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return outcome switch
        {
            KeeperOutcome.Kept kept => TypedResults.Bytes(kept.SealedKey, Bytes),
            KeeperOutcome.Missing => TypedResults.NotFound(),
            KeeperOutcome.Other => TypedResults.Conflict(),
            KeeperOutcome.Destroyed => TypedResults.StatusCode(StatusCodes.Status410Gone),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async ValueTask<object?> RequireSecretAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        string installation = (string?)context.HttpContext.GetRouteValue("installation") ?? "";
        string authorization = context.HttpContext.Request.Headers.Authorization.ToString();
        if (KeyKeeper.IsInstallation(installation)
            && authorization.StartsWith(Bearer, StringComparison.Ordinal)
            && context.HttpContext.RequestServices.GetRequiredService<KeyKeeper>().Knows(installation, authorization[Bearer.Length..]))
        {
            return await next(context);
        }

        Log.Refused(context.HttpContext.RequestServices.GetRequiredService<ILogger<KeyKeeper>>());
        context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Unauthorized();
    }

    private static partial class Log
    {
        [LoggerMessage(17005, LogLevel.Warning, "The keeper refused a request without an installation's secret")]
        public static partial void Refused(ILogger logger);

        [LoggerMessage(17006, LogLevel.Warning, "The key of epoch {Epoch} of {Installation} is destroyed")]
        public static partial void Destroyed(ILogger logger, string installation, string epoch);
    }
}
