using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Media;

namespace Munshi.Sandbox.Phone;

/// <summary><c>POST /phone/{number}/messages</c>: writes as that customer, by JSON or multipart form.</summary>
internal static class PostMessage
{
    public static void Map(RouteGroupBuilder group) => group
        .MapPost("/{number}/messages", HandleAsync)
        .WithMetadata(new RequestSizeLimitAttribute(UploadLimits.MaxBodyBytes));

    private static async Task<Results<Created<PhoneMessageView>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PhoneAddress address, HttpRequest request, CustomerMessages messages, CancellationToken cancellationToken)
    {
        if (address.Read(out CustomerNumber customer, out BusinessNumber business) is { } wrong)
        {
            return wrong;
        }

        // Only multipart is a form here: curl sends JSON as x-www-form-urlencoded unless told otherwise.
        bool multipart = request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;
        (CustomerInput? input, string problem) = multipart
            ? await CustomerForm.ReadAsync(request, cancellationToken)
            : await JsonBody.ReadAsync<CustomerInput>(request, cancellationToken);
        if (input is null)
        {
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
        }

        return messages.Write(business, customer, input) switch
        {
            WriteOutcome.Written written => TypedResults.Created($"/phone/{written.Customer.Digits}/messages", written.Message),
            WriteOutcome.Refused refused => TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status400BadRequest),
            _ => throw new UnreachableException(),
        };
    }
}
