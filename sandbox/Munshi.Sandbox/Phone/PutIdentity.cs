using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Phone;

/// <summary><c>PUT /phone/{number}/identity</c>: what the business learns of this customer, from the next webhook on.</summary>
internal static class PutIdentity
{
    public static void Map(RouteGroupBuilder group) => group.MapPut("/{number}/identity", HandleAsync);

    private static async Task<Results<Ok<Identity>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PhoneAddress address, HttpRequest request, Phones phones, CancellationToken cancellationToken)
    {
        if (address.Read(out CustomerNumber customer, out BusinessNumber business) is { } wrong)
        {
            return wrong;
        }

        (IdentityInput? input, string problem) = await JsonBody.ReadAsync<IdentityInput>(request, cancellationToken);
        if (input is not { IsGood: true })
        {
            return TypedResults.Problem(input is null ? problem : IdentityInput.Rule, statusCode: StatusCodes.Status400BadRequest);
        }

        phones.Thread(business.PhoneNumberId, customer).Identify(input.Username, input.PhoneKeptBack);
        return TypedResults.Ok(new Identity(customer.Digits, customer.UserId, input.Username, input.PhoneKeptBack));
    }

    internal sealed record Identity(string Phone, string UserId, string? Username, bool PhoneKeptBack);
}
