using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Phone;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Graph;

/// <summary><c>POST /{version}/{phone_number_id}/messages</c>: sends a message, or marks one as read.</summary>
internal sealed class PostMessages(BusinessNumbers numbers, BusinessMessages messages, MessagingLimits limits, Phones phones, Faults faults, Tally tally, TimeProvider clock)
{
    public static void Map(WebApplication app) => app.MapPost(
        "/{version:regex(^v\\d+\\.\\d+$)}/{phoneNumberId}/messages",
        (string phoneNumberId, HttpContext context, PostMessages endpoint) => endpoint.HandleAsync(phoneNumberId, context));

    private async Task HandleAsync(string phoneNumberId, HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        SendOutcome outcome = Handle(phoneNumberId, context.Request.Headers.Authorization.ToString(), body.ToArray(), out bool sent);
        if (outcome is SendOutcome.Refused refused)
        {
            tally.CountRefused(refused.Error.Code);
            if (refused.Error == GraphError.ApiCallLimit)
            {
                context.Response.Headers["X-Business-Use-Case-Usage"] = UsageHeader(phoneNumberId);
            }

            if (refused.Error.Code == GraphError.Throughput.Code && faults.Number(FaultNumber.RetryAfterSeconds) is > 0 and int seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            await AnswerAsync(context, refused.Error.Status, refused.Error.ToJson());
        }
        else if (sent && faults.Take(Fault.HangAfterAccept))
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        else if (sent && faults.Take(Fault.Http500AfterAccept))
        {
            tally.GraphAnswered(StatusCodes.Status500InternalServerError);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        else
        {
            await Task.Delay(TimeSpan.FromMilliseconds(sent ? faults.Number(FaultNumber.AnswerDelayMs) : 0), clock, context.RequestAborted);
            await AnswerAsync(context, StatusCodes.Status200OK, ((SendOutcome.Accepted)outcome).Answer);
        }
    }

    /// <param name="sent">Whether a message was accepted, not a read receipt.</param>
    private SendOutcome Handle(string phoneNumberId, string authorization, byte[] body, out bool sent)
    {
        sent = false;
        if (!numbers.All.Any(known => authorization == $"Bearer {known.AccessToken}"))
        {
            return new SendOutcome.Refused(GraphError.TokenInvalid);
        }

        if (numbers.Find(phoneNumberId) is not { } number || authorization != $"Bearer {number.AccessToken}")
        {
            return new SendOutcome.Refused(GraphError.NoSuchObject(phoneNumberId));
        }

        switch (GraphRequestReader.Read(body))
        {
            case GraphRequest.Refused refused:
                return new SendOutcome.Refused(refused.Error);
            case GraphRequest.MarkRead receipt:
                return MarkRead(number, receipt);
            case GraphRequest.Send when faults.Take(Fault.Refused):
                return new SendOutcome.Refused(GraphError.Of(faults.Number(FaultNumber.RefusedCode)));
            case GraphRequest.Send when FaultOf(faults.Take) is { } error:
                return new SendOutcome.Refused(error);
            case GraphRequest.Send send when faults.Take(Fault.Limits) && limits.Exceeded(number.PhoneNumberId, send.To ?? send.Recipient!) is { } error:
                return new SendOutcome.Refused(error);
            case GraphRequest.Send send:
                SendOutcome outcome = messages.Send(number, send);
                sent = outcome is SendOutcome.Accepted;
                return outcome;
            default:
                throw new UnreachableException();
        }
    }

    /// <remarks>Faults with a count are left for the messages: a read receipt does not use them up.</remarks>
    private SendOutcome MarkRead(BusinessNumber number, GraphRequest.MarkRead receipt)
    {
        if (FaultOf(fault => fault != Fault.PairRate && faults.IsAlways(fault)) is { } error)
        {
            return new SendOutcome.Refused(error);
        }

        if (!phones.MarkReadByBusiness(number.PhoneNumberId, receipt.MessageId, receipt.Typing))
        {
            return new SendOutcome.Refused(GraphError.Value("message_id is not a message that this number received."));
        }

        tally.Count(Counted.MarkedRead);
        return new SendOutcome.Accepted(new JsonObject { ["success"] = true });
    }

    private static GraphError? FaultOf(Func<Fault, bool> isOn) =>
        isOn(Fault.TokenRevoked) ? GraphError.TokenInvalid
        : isOn(Fault.Http429) ? GraphError.Throughput
        : isOn(Fault.Throughput) ? GraphError.ThroughputAsDocumented
        : isOn(Fault.ApiCallLimit) ? GraphError.ApiCallLimit
        : isOn(Fault.Http500) ? GraphError.Unknown
        : isOn(Fault.Http503) ? GraphError.ServiceUnavailable
        : isOn(Fault.PairRate) ? GraphError.PairRate
        : isOn(Fault.PermissionMissing) ? GraphError.PermissionMissing
        : isOn(Fault.NumberNotRegistered) ? GraphError.NumberNotRegistered
        : isOn(Fault.RecipientNotListed) ? GraphError.RecipientNotListed
        : isOn(Fault.PaymentProblem) ? GraphError.PaymentProblem
        : null;

    /// <summary>Graph's business use case usage: the account is at 100 % and may call again in a minute.</summary>
    private string UsageHeader(string phoneNumberId) =>
        $$$"""{"{{{numbers.Find(phoneNumberId)?.WabaId}}}":[{"type":"whatsapp","call_count":100,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":1}]}""";

    private async Task AnswerAsync(HttpContext context, int status, JsonObject answer)
    {
        tally.GraphAnswered(status);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "OAuth \"Facebook Platform\" \"invalid_token\"";
        }

        await context.Response.Body.WriteAsync(MetaJson.Write(answer), context.RequestAborted);
    }
}
