using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Munshi.Tests.Dashboard;

namespace Munshi.Tests.Api;

public sealed class ApiDocumentTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anyone_may_read_it_and_it_lists_every_route_of_the_api_and_no_other()
    {
        JsonElement document = await DocumentAsync();
        string[] routes =
        [
            .. shared.Server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}")
                .Where(path => path.StartsWith("/api/", StringComparison.Ordinal)),
        ];

        Assert.Equal(11, routes.Length);
        Assert.Equal(routes.Order(StringComparer.Ordinal), document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_route_has_a_name_a_summary_its_answers_and_the_key()
    {
        JsonElement document = await DocumentAsync();

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        JsonElement scheme = Assert.Single(document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject()).Value;
        Assert.Equal(("http", "bearer"), (scheme.GetProperty("type").GetString(), scheme.GetProperty("scheme").GetString()));
        Assert.Single(document.GetProperty("security").EnumerateArray());
        Assert.All(document.GetProperty("paths").EnumerateObject(), path =>
        {
            JsonElement operation = Assert.Single(path.Value.EnumerateObject(), method => method.Name is "get" or "post").Value;
            Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            JsonElement responses = operation.GetProperty("responses");
            Assert.True(responses.GetProperty("200").GetProperty("content").EnumerateObject().Any(), path.Name);
            foreach (string refusal in (string[])["401", "429", "503"])
            {
                Assert.Equal("application/problem+json", Assert.Single(responses.GetProperty(refusal).GetProperty("content").EnumerateObject()).Name);
            }

            string[] placeholders = [.. path.Name.Split('{').Skip(1).Select(part => part.Split('}')[0])];
            JsonElement[] parameters = operation.TryGetProperty("parameters", out JsonElement listed) ? [.. listed.EnumerateArray()] : [];
            Assert.Equal(placeholders, parameters.Where(one => one.GetProperty("in").GetString() == "path").Select(one => one.GetProperty("name").GetString()));
            Assert.All(parameters, one => Assert.NotEmpty(one.GetProperty("description").GetString()!));
            Assert.All(parameters.Where(one => one.GetProperty("name").GetString() is "seq" or "limit" or "from" or "to"), one => Assert.Equal("integer", one.GetProperty("schema").GetProperty("type").GetString()));
        });
    }

    [Fact]
    public async Task The_members_of_its_answers_are_described_with_one_type_each()
    {
        JsonElement schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");

        Assert.Equal("integer", schemas.GetProperty("ProofAnswer").GetProperty("properties").GetProperty("treeSize").GetProperty("type").GetString());
        Assert.Equal("string", schemas.GetProperty("ProblemDetails").GetProperty("properties").GetProperty("reason").GetProperty("type").GetString());
        Assert.All(schemas.EnumerateObject().Where(schema => schema.Name != "ProblemDetails"), schema =>
        {
            Assert.NotEmpty(schema.Value.GetProperty("description").GetString()!);
            Assert.All(schema.Value.GetProperty("properties").EnumerateObject(), member => Assert.True(
                member.Value.TryGetProperty("description", out JsonElement says) && says.GetString()!.Length > 0 || member.Value.TryGetProperty("$ref", out _) || member.Value.TryGetProperty("oneOf", out _), $"{schema.Name}.{member.Name}"));
        });
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using HttpClient anyone = new() { BaseAddress = shared.Server.Address };
        return await anyone.GetFromJsonAsync<JsonElement>("openapi/v1.json", Cancellation);
    }
}
