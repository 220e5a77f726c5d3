using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Control;

/// <summary><c>PUT /control/app</c>: registers a number or changes it; absent parts keep their value.</summary>
internal static class RegisterApp
{
    public static void Map(RouteGroupBuilder group) => group.MapPut("/app", HandleAsync);

    private static async Task<Results<Ok<BusinessNumberView>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, BusinessNumbers numbers, CancellationToken cancellationToken)
    {
        (AppRegistration? given, string problem) = await JsonBody.ReadAsync<AppRegistration>(request, cancellationToken);
        if (given is null)
        {
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
        }

        AppRegistration app = given.WithDefaults(numbers.Find(given.PhoneNumberId ?? BusinessNumber.DefaultPhoneNumberId));
        string problems = string.Join(' ', app.Problems());
        if (problems.Length > 0)
        {
            return TypedResults.Problem(problems, statusCode: StatusCodes.Status400BadRequest);
        }

        BusinessNumber number = app.ToNumber();
        numbers.Register(number);
        return TypedResults.Ok(BusinessNumberView.Of(number));
    }
}
