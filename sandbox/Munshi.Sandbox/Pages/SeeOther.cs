namespace Munshi.Sandbox.Pages;

/// <summary>303: the browser follows with GET.</summary>
/// <param name="location">A path of this server.</param>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
