using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Munshi.Sandbox.Phone;

/// <summary>The page as a response. Not a <c>RazorComponentResult</c>: its services would leave data-protection keys in the home directory.</summary>
internal sealed class PhonePageResult(PhonePageView view) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using HtmlRenderer renderer = new(httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        ParameterView parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(PhonePage.View)] = view });
        string html = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<PhonePage>(parameters)).ToHtmlString());
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }
}
