using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Munshi.Sandbox.Pages;

/// <summary>A page as a response; the component has one parameter, <c>View</c>.</summary>
/// <remarks>Not a <c>RazorComponentResult</c>: its services would leave data-protection keys in the home directory.</remarks>
internal sealed class PageResult<TPage>(object view) : IResult
    where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using HtmlRenderer renderer = new(httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        ParameterView parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["View"] = view });
        string html = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString());
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }
}
