using Microsoft.OpenApi;

namespace Munshi.Api;

/// <summary><c>GET /openapi/v1.json</c>: what the API can be asked, for programs. Anyone may read it: it tells nothing of any workspace.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string KeyScheme = "apiKey";

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["seq"] = "The number of an entry, from 0.",
        ["id"] = "The id of a message.",
        ["cursor"] = "The nextCursor of the page before; without it the page is the newest.",
        ["limit"] = "Entries of the page, 1 to 500; 50 without it.",
        ["from"] = "The size of the older checkpoint, above 0.",
        ["to"] = "The size of the newer checkpoint.",
    };

    public static void Add(IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith(ApiCapability.Version1.TrimStart('/'), StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            foreach (OpenApiParameter parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            {
                parameter.Description = Parameters.GetValueOrDefault(parameter.Name ?? "");
            }

            return Task.CompletedTask;
        });
    });

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Munshi",
            Version = Name,
            Description = "The ledger of one workspace and its proofs. The workspace is the key's. Errors are problem details (RFC 9457) whose member 'reason' is for programs.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, made by an owner under Settings, API keys." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
    }
}
