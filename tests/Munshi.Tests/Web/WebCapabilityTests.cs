using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Munshi.Web;

namespace Munshi.Tests.Web;

public sealed class WebCapabilityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_comes_with_every_security_header()
    {
        await using WebServer server = await WebServer.StartAsync();

        using HttpResponseMessage response = await server.Client.GetAsync("/page", Cancellation);

        IDocument page = PageRenderer.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("script-src 'nonce-", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("csp=\"/csp-report\"", Header(response, "Reporting-Endpoints"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Equal("camera=(), microphone=(), geolocation=()", Header(response, "Permissions-Policy"));
        Assert.Contains("no-store", Header(response, "Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("HX-Request", Header(response, "Vary"));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
        Assert.NotNull(page.QuerySelector("h1"));
    }

    [Fact]
    public async Task Only_a_secure_connection_promises_two_years_of_it()
    {
        await using WebServer server = await WebServer.StartAsync();

        using HttpResponseMessage response = await server.Client.GetAsync("https://localhost/page", Cancellation);

        Assert.Equal("max-age=63072000; includeSubDomains", Header(response, "Strict-Transport-Security"));
        Assert.Contains("; secure", Header(response, "Set-Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_two_responses_share_a_nonce()
    {
        await using WebServer server = await WebServer.StartAsync();

        using HttpResponseMessage first = await server.Client.GetAsync("/page", Cancellation);
        using HttpResponseMessage second = await server.Client.GetAsync("/page", Cancellation);

        Assert.NotEqual(Header(first, "Content-Security-Policy"), Header(second, "Content-Security-Policy"));
    }

    [Fact]
    public async Task An_endpoint_may_set_a_stricter_policy()
    {
        await using WebServer server = await WebServer.StartAsync();

        using HttpResponseMessage response = await server.Client.GetAsync("/own-policy", Cancellation);

        Assert.Equal("sandbox", Header(response, "Content-Security-Policy"));
    }

    [Fact]
    public async Task A_failure_shows_a_page_with_a_reference_and_no_detail_and_keeps_the_headers()
    {
        await using WebServer server = await WebServer.StartAsync();

        using HttpResponseMessage response = await server.Client.GetAsync("/fails", Cancellation);

        string html = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.NotEmpty(PageRenderer.Parse(html).QuerySelector(".reference code")!.TextContent);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.True(response.Headers.Contains("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/nowhere", "text/html")]
    [InlineData("/api/v1/nowhere", "application/problem+json")]
    public async Task What_is_not_there_is_told_in_the_callers_manner(string path, string contentType)
    {
        await using WebServer server = await WebServer.StartAsync();

        using HttpResponseMessage response = await server.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_program_that_fails_is_given_the_reference_as_json()
    {
        await using WebServer server = await WebServer.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/fails");
        request.Headers.Accept.ParseAdd("application/json");

        using HttpResponseMessage response = await server.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.True(problem.RootElement.TryGetProperty("traceId", out _));
    }

    [Theory]
    [InlineData("/page", null, null, "en")]
    [InlineData("/page", null, "bn-IN,en;q=0.8", "bn")]
    [InlineData("/page", null, "fr,hi;q=0.5,en;q=0.4", "hi")]
    [InlineData("/page", null, "hi;q=0,bn;q=0.1", "bn")]
    [InlineData("/page", "munshi-lang=hi", "bn", "hi")]
    [InlineData("/page?lang=bn", "munshi-lang=hi", "en", "bn")]
    [InlineData("/page?lang=xx", "munshi-lang=yy", "zz", "en")]
    public async Task The_query_beats_the_cookie_and_the_cookie_the_browsers_wish(string path, string? cookie, string? accepted, string expected)
    {
        await using WebServer server = await WebServer.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie ?? "none=0");
        request.Headers.Add("Accept-Language", accepted ?? "");

        using HttpResponseMessage response = await server.Client.SendAsync(request, Cancellation);

        IDocument page = PageRenderer.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(expected, page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_chosen_language_and_theme_are_kept_by_a_plain_form()
    {
        await using WebServer server = await WebServer.StartAsync();
        IDocument page = await server.OpenPageAsync();

        using HttpResponseMessage language = await PostAsync(server, page, ("lang", "bn"), ("return", "/inbox?view=mine"));
        using HttpResponseMessage theme = await PostAsync(server, page, ("theme", "dark"), ("return", "/inbox"));

        Assert.Equal(HttpStatusCode.Redirect, language.StatusCode);
        Assert.Equal("/inbox?view=mine", language.Headers.Location?.OriginalString);
        Assert.StartsWith("munshi-lang=bn;", Header(language, "Set-Cookie"), StringComparison.Ordinal);
        Assert.StartsWith("munshi-theme=dark;", Header(theme, "Set-Cookie"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("inbox")]
    [InlineData("")]
    public async Task A_form_cannot_lead_off_this_server(string target)
    {
        await using WebServer server = await WebServer.StartAsync();
        IDocument page = await server.OpenPageAsync();

        using HttpResponseMessage response = await PostAsync(server, page, ("return", target));

        Assert.Equal("/inbox", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        await using WebServer server = await WebServer.StartAsync();
        await server.OpenPageAsync();

        using FormUrlEncodedContent form = new([new("lang", "bn")]);
        using HttpResponseMessage response = await server.Client.PostAsync("/preferences", form, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie") && Header(response, "Set-Cookie").Contains("munshi-lang", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_policy_report_is_counted()
    {
        await using WebServer server = await WebServer.StartAsync();
        long counted = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == ReceivePolicyReport.MeterName && instrument.Meter.Scope == server.Services.GetRequiredService<IMeterFactory>())
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => counted += measurement);
        listener.Start();

        using StringContent report = new("[{\"type\":\"csp-violation\"}]", System.Text.Encoding.UTF8, "application/reports+json");
        using HttpResponseMessage response = await server.Client.PostAsync("/csp-report", report, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(1, counted);
    }

    [Fact]
    public async Task A_page_names_files_that_a_browser_may_keep_for_ever()
    {
        await using WebServer server = await WebServer.StartAsync();
        IDocument page = await server.OpenPageAsync();

        string address = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using HttpResponseMessage response = await server.Client.GetAsync(address, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("immutable", Header(response, "Cache-Control"), StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage response, string name) =>
        string.Join(", ", response.Headers.GetValues(name));

    private static Task<HttpResponseMessage> PostAsync(WebServer server, IDocument page, params (string Name, string Value)[] fields)
    {
        FormUrlEncodedContent form = new(
        [
            new("form-token", page.QuerySelector("input[name=form-token]")!.GetAttribute("value")),
            .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)),
        ]);
        return server.Client.PostAsync("/preferences", form, Cancellation);
    }
}
