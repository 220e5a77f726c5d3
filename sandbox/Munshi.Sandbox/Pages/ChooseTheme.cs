using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Pages;

/// <summary><c>POST /theme</c>: the form with <c>theme</c> and the page to go <c>back</c> to.</summary>
internal static class ChooseTheme
{
    public static void Map(WebApplication app) => app.MapPost("/theme", HandleAsync);

    private static async Task<Results<SeeOther, ProblemHttpResult>> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return TypedResults.Problem("The theme is chosen by a form.", statusCode: StatusCodes.Status400BadRequest);
        }

        IFormCollection form = await request.ReadFormAsync(cancellationToken);
        return PageTheme.TryChoose(request.HttpContext.Response, form["theme"])
            ? new SeeOther(LocalPath(form["back"].ToString()))
            : TypedResults.Problem("theme must be system, light or dark.", statusCode: StatusCodes.Status400BadRequest);
    }

    /// <summary>Never another site: what is not a path here becomes the phone page.</summary>
    private static string LocalPath(string back) =>
        back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && back.All(character => character is > ' ' and <= '~' and not '\\') ? back : "/";
}
