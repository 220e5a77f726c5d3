using Munshi.Sandbox.Control;
using Munshi.Sandbox.Pages;
using Munshi.Sandbox.Phone;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Telling;

/// <summary><c>POST /control/tell</c>: a form with <c>event</c>, <c>number</c> and, for what is of a customer, <c>customer</c> and <c>text</c>.</summary>
internal static class TellFromPage
{
    private const string Lane = "account";
    private const int MaxTextLength = 1_000;

    public static void Map(WebApplication app) => app.MapPost("/control/tell", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext context, Faults faults, Tally tally, BusinessNumbers numbers, Phones phones, WebhookSender webhooks, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Problem("Send a form with event, number, customer and text.", statusCode: StatusCodes.Status400BadRequest);
        }

        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string text = form["text"].ToString().Trim();
        CustomerNumber? customer = CustomerNumber.TryCreateWritten(form["customer"].ToString());
        if (ToldEvents.All.FirstOrDefault(known => known.Name == form["event"]) is not { } told)
        {
            return Refuse("event must be one of " + string.Join(", ", ToldEvents.All.Select(known => known.Name)) + ".");
        }

        if (numbers.Find(form["number"].ToString()) is not { } number)
        {
            return Refuse(ControlCapability.NoSuchNumber);
        }

        if (told.IsOfCustomer && (customer is null || text.Length is 0 or > MaxTextLength))
        {
            return Refuse(customer is null ? CustomerNumber.Rule : $"text must have 1 to {MaxTextLength} characters.");
        }

        CustomerIdentity identity = phones.Thread(number.PhoneNumberId, customer ?? CustomerNumber.TryCreate(number.DisplayPhoneNumber)!).Identity;
        webhooks.Send(new WebhookDelivery
        {
            PhoneNumberId = number.PhoneNumberId,
            Lane = told.IsOfCustomer ? identity.Number.Digits : Lane,
            Body = ToldEvents.Body(told.Name, number, identity, text, clock.GetUtcNow()),
        });
        return new SeeOther("/control#tell");

        IResult Refuse(string reason)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return ShowControlPage.Show(context, faults, tally, numbers, reason);
        }
    }
}
