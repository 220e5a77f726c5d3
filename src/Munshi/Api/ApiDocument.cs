using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Munshi.Api;

/// <summary>What the API can be asked, as OpenAPI 3.1. It is made once: all of it is known when the server starts.</summary>
internal sealed class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    private const string Name = "v1";
    private const string KeyScheme = "apiKey";

    /// <summary>Parameters by name: what each is, and its values.</summary>
    private static readonly Dictionary<string, (string Says, Func<OpenApiSchema> Schema)> Parameters = new()
    {
        ["seq"] = ("The number of an entry.", () => Whole("0")),
        ["id"] = ("The id of a message or conversation.", () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" }),
        ["cursor"] = ("The nextCursor of the page before; without it the page is the newest.", () => new OpenApiSchema { Type = JsonSchemaType.String }),
        ["limit"] = ("Entries of the page; 50 without it.", () => Whole("1", $"{ListEntries.MostAtOnce}")),
        ["from"] = ("The size of the older checkpoint.", () => Whole("1")),
        ["to"] = ("The size of the newer checkpoint, not below from.", () => Whole("1")),
    };

    private readonly Lazy<Task<byte[]>> _document = new(() => MakeAsync(provider));

    /// <summary>UTF-8 JSON.</summary>
    public Task<byte[]> ReadAsync() => _document.Value;

    public static void Add(IServiceCollection services) => services.AddSingleton<ApiDocument>().AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith(ApiCapability.Version1.TrimStart('/'), StringComparison.Ordinal) == true;
        options.AddSchemaTransformer((schema, _, _) =>
        {
            SayPlainly(schema);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            foreach (OpenApiParameter parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            {
                (parameter.Description, parameter.Schema) = (Parameters[parameter.Name!].Says, Parameters[parameter.Name!].Schema());
                parameter.Required = parameter.Name is not ("cursor" or "limit");
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
    });

    private static async Task<byte[]> MakeAsync(IOpenApiDocumentProvider provider)
    {
        using MemoryStream json = new();
        OpenApiDocument document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return json.ToArray();
    }

    private static OpenApiSchema Whole(string least, string most = "9223372036854775807") =>
        new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = least, Maximum = most };

    /// <summary>The serializer would also read a number from a string; it never writes one so.</summary>
    private static void SayPlainly(OpenApiSchema schema)
    {
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.Integer))
        {
            (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
        }
    }

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Munshi",
            Version = Name,
            Description = "The ledger of one workspace and its proofs, and sending messages. The workspace is the key's. Errors are problem details (RFC 9457).",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, made by an owner under Settings, API keys." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        if (document.Components.Schemas?.TryGetValue("ProblemDetails", out IOpenApiSchema? problem) == true && problem is OpenApiSchema { Properties: { } members })
        {
            members["reason"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For programs: it does not change." };
        }
    }
}
