using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Phone;

/// <summary>The phone of the path and the business it talks to: <c>?number=</c>, else the last registered.</summary>
internal sealed record PhoneAddress(
    [FromRoute(Name = "number")] string Digits, [FromQuery(Name = "number")] string? PhoneNumberId, [FromServices] BusinessNumbers Numbers)
{
    /// <summary>Null exactly when both parts are good.</summary>
    public ProblemHttpResult? Read(out CustomerNumber customer, out BusinessNumber business)
    {
        customer = CustomerNumber.TryCreate(Digits)!;
        business = (PhoneNumberId is null ? Numbers.Current : Numbers.Find(PhoneNumberId))!;
        return customer is null ? TypedResults.Problem(CustomerNumber.Rule, statusCode: StatusCodes.Status400BadRequest)
            : business is null ? TypedResults.Problem(ControlCapability.NoSuchNumber, statusCode: StatusCodes.Status409Conflict)
            : null;
    }
}
