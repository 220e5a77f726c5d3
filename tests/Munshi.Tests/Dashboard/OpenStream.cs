namespace Munshi.Tests.Dashboard;

/// <summary>An open event stream, read line by line.</summary>
internal sealed class OpenStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private OpenStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _reader = new StreamReader(body);
    }

    /// <summary>Returns once the server listens for this stream.</summary>
    public static async Task<OpenStream> StartAsync(DashboardVisitor visitor, string? lastEventId = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        HttpResponseMessage response = await visitor.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new OpenStream(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The data of the next event.</summary>
    public async Task<string> NextAsync()
    {
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line[6..];
            }
        }

        throw new EndOfStreamException("The stream ended.");
    }

    public async Task<bool> EndsAsync()
    {
        while (await LineAsync() is not null)
        {
        }

        return true;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    private Task<string?> LineAsync() =>
        _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
}
