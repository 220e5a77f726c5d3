using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>What an answer of Graph says of the call.</summary>
internal static class GraphAnswer
{
    private const int MaxIdLength = 512;
    private const int MaxDetailsLength = 1024;

    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    /// <param name="status">The HTTP status.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header.</param>
    /// <param name="body">The whole body; empty where it could not be had.</param>
    /// <param name="markedId">For a read mark, the id it is about: Graph answers <c>{"success":true}</c> without one.</param>
    /// <param name="now">For a <c>Retry-After</c> given as a date.</param>
    public static SendOutcome Read(
        HttpStatusCode status, RetryConditionHeaderValue? retryAfter, ReadOnlyMemory<byte> body, string? markedId, DateTimeOffset now)
    {
        int httpStatus = (int)status;
        if (JsonFields.TryParse(body, out JsonDocument? document))
        {
            using (document)
            {
                JsonElement root = document.RootElement;
                JsonElement error = root.Field("error"u8);
                if (error.Field("code"u8).Int32() is { } code)
                {
                    return Refused(code, error, httpStatus, Wait(retryAfter, now));
                }

                if (httpStatus is >= 200 and <= 299 && Accepted(root, markedId) is { } accepted)
                {
                    return accepted;
                }
            }
        }

        return httpStatus switch
        {
            >= 500 => new SendOutcome.Uncertain(UncertainReason.ServerFault),
            >= 300 => Refused(GraphErrorClass.NoCode, default, httpStatus, Wait(retryAfter, now)),
            _ => new SendOutcome.Uncertain(UncertainReason.Unreadable),
        };
    }

    private static SendOutcome.Accepted? Accepted(JsonElement root, string? markedId)
    {
        if (markedId is not null)
        {
            return root.Field("success"u8).IsTrue() ? new SendOutcome.Accepted(markedId, null, null) : null;
        }

        JsonElement contact = root.Field("contacts"u8).First();
        return root.Field("messages"u8).First().Field("id"u8).Id(MaxIdLength) is { } id
            ? new SendOutcome.Accepted(id, contact.Field("wa_id"u8).Id(MaxIdLength), contact.Field("user_id"u8).Id(MaxIdLength))
            : null;
    }

    private static SendOutcome.Refused Refused(int code, JsonElement error, int httpStatus, TimeSpan? retryAfter) => new(
        code,
        error.Field("error_data"u8).Field("details"u8).Text(MaxDetailsLength),
        httpStatus,
        error.Field("fbtrace_id"u8).Id(MaxIdLength),
        GraphErrorClass.Classify(code, httpStatus),
        retryAfter);

    private static TimeSpan? Wait(RetryConditionHeaderValue? retryAfter, DateTimeOffset now)
    {
        TimeSpan? wait = retryAfter?.Delta ?? (retryAfter?.Date - now);
        return wait is { } given ? TimeSpan.FromTicks(Math.Clamp(given.Ticks, 0, MaxRetryAfter.Ticks)) : null;
    }
}
