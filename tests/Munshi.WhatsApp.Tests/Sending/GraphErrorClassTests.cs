using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Tests.Sending;

public sealed class GraphErrorClassTests
{
    // "Error codes" of the Cloud API (2025-12-12): code, HTTP status, what a client does.
    [Theory]
    [InlineData(RetryClass.StopSender, 401, 0, 190)]
    [InlineData(RetryClass.StopSender, 403, 3, 10, 200, 250, 299, 368, 131005, 131031)]
    [InlineData(RetryClass.StopSender, 400, 33, 131037, 131042, 131045, 131048)]
    [InlineData(RetryClass.Retry, 400, 1, 2, 4, 80007, 131016, 133004, 130429)]
    [InlineData(RetryClass.Retry, 500, 131000, 131057)]
    [InlineData(RetryClass.RetryPair, 400, 131056)]
    [InlineData(RetryClass.Wait, 400, 132015, 132069, 133000, 133005, 133016, 137000)]
    [InlineData(RetryClass.Fail, 400, 100, 131008, 131009, 135000, 130472, 131021, 131026, 131047, 131049, 131050, 131051, 131052, 131053)]
    [InlineData(RetryClass.Fail, 403, 130497)]
    [InlineData(RetryClass.Fail, 404, 132001)]
    [InlineData(RetryClass.Fail, 400, 131060, 131062, 132000, 132005, 132007, 132012, 132016, 132068, 139100, 139103, 2593107, 2593108, 2593109)]
    [InlineData(RetryClass.Fail, 500, 134100, 134101, 134102)]
    public void Documented_code_has_its_class_over_http_and_by_webhook(RetryClass expected, int httpStatus, params int[] codes)
    {
        Assert.All(codes, code => Assert.Equal(expected, GraphErrorClass.Classify(code, httpStatus)));
        Assert.All(codes, code => Assert.Equal(expected, GraphErrorClass.Classify(code, 0)));
    }

    [Theory]
    [InlineData(999999, 400, RetryClass.Fail)]
    [InlineData(999999, 0, RetryClass.Fail)]
    [InlineData(999999, 401, RetryClass.StopSender)]
    [InlineData(999999, 403, RetryClass.StopSender)]
    [InlineData(999999, 429, RetryClass.Retry)]
    [InlineData(999999, 503, RetryClass.Retry)]
    [InlineData(300, 400, RetryClass.Fail)]
    [InlineData(132999, 400, RetryClass.Fail)]
    [InlineData(133017, 400, RetryClass.Fail)]
    [InlineData(int.MinValue, 400, RetryClass.Fail)]
    public void Unknown_code_is_judged_by_its_http_status(int code, int httpStatus, RetryClass expected) =>
        Assert.Equal(expected, GraphErrorClass.Classify(code, httpStatus));

    [Theory]
    [InlineData(RetryClass.RetryPair, 131056, new[] { 1, 4, 16, 64, 256 })]
    [InlineData(RetryClass.Retry, 2, new[] { 2, 4, 8, 16, 32, 64, 128, 240, 240 })]
    [InlineData(RetryClass.Retry, 131000, new[] { 2, 4, 8 })]
    [InlineData(RetryClass.Retry, 4, new[] { 60, 120, 240, 480, 960, 1920 })]
    [InlineData(RetryClass.Retry, 80007, new[] { 60, 120, 240, 480, 960, 1920 })]
    [InlineData(RetryClass.Retry, 131057, new[] { 60, 60, 60 })]
    [InlineData(RetryClass.Wait, 132015, new int[0])]
    [InlineData(RetryClass.Fail, 131047, new int[0])]
    [InlineData(RetryClass.StopSender, 190, new int[0])]
    public void Delays_grow_and_then_end(RetryClass retryClass, int code, int[] seconds)
    {
        for (int attempt = 1; attempt <= seconds.Length; attempt++)
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds[attempt - 1]), GraphErrorClass.NextDelay(retryClass, code, attempt, jitter: 0));
        }

        Assert.Null(GraphErrorClass.NextDelay(retryClass, code, seconds.Length + 1, jitter: 0));
        Assert.Null(GraphErrorClass.NextDelay(retryClass, code, int.MaxValue, jitter: 1));
    }

    [Theory]
    [InlineData(2, 15)]
    [InlineData(131057, 15)]
    [InlineData(131056, 15)]
    [InlineData(4, 80)]
    public void Retries_are_over_in_time_even_with_the_most_jitter(int code, int minutes)
    {
        RetryClass retryClass = GraphErrorClass.Classify(code, 400);
        TimeSpan total = TimeSpan.Zero;
        for (int attempt = 1; GraphErrorClass.NextDelay(retryClass, code, attempt, jitter: 1) is { } delay; attempt++)
        {
            total += delay;
        }

        Assert.InRange(total, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(minutes));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-1, 0.5)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    public void Impossible_attempt_or_jitter_is_an_argument_error(int attempt, double jitter) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GraphErrorClass.NextDelay(RetryClass.Retry, 2, attempt, jitter));
}
