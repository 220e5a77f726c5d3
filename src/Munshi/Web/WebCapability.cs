using Microsoft.AspNetCore.Localization;

namespace Munshi.Web;

/// <summary>The dashboard's frame: assets, headers, languages, themes and error pages.</summary>
internal static class WebCapability
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets(); // the compressed files of a build that was not published lie elsewhere
        if (!builder.Environment.IsDevelopment())
        {
            // A build that was not published would otherwise be taken for one whose files change under it.
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
            builder.Configuration["EnableStaticAssetsDevelopmentCaching"] = "true";
        }

        IServiceCollection services = builder.Services;
        services.AddRazorComponents();
        services.AddLocalization();
        services.AddMetrics();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "munshi-form";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "form-token";
            options.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });
        services.AddSingleton<AssetUrls>();
        services.AddSingleton<ReceivePolicyReport>();
        services.AddScoped<PageContextSource>();
    }

    /// <summary>Belongs before everything that answers.</summary>
    public static void UseWeb(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(Language.English.Culture),
            SupportedCultures = [.. Language.All.Select(language => language.Culture)],
            SupportedUICultures = [.. Language.All.Select(language => language.Culture)],
            RequestCultureProviders = [new LanguageProvider()],
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorPages.WriteExceptionAsync });
        app.UseStatusCodePages(ErrorPages.WriteStatusAsync);
    }

    public static void MapWeb(this WebApplication app)
    {
        app.MapStaticAssets();
        SavePreferences.Map(app);
        ReceivePolicyReport.Map(app);
    }
}
