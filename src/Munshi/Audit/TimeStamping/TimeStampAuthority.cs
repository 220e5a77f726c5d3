using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Munshi.Channels.Egress;

namespace Munshi.Audit.TimeStamping;

/// <summary>The configured time-stamping authority, asked over HTTP (RFC 3161, section 3.4). It learns a hash and nothing else.</summary>
internal sealed class TimeStampAuthority(TimeStampingOptions options, HttpClient http)
{
    private const int MaxAnswerBytes = 64 * 1024;
    private const int NonceBytes = 8;

    /// <summary>Through the egress gate: the configured authority alone.</summary>
    public static TimeStampAuthority Create(TimeStampingOptions options, EgressCounts counts) => new(
        options,
        new HttpClient(new EgressGate(options.Address is { } address ? [new Subprocessor("time-stamping", address)] : [], counts))
        {
            MaxResponseContentBufferSize = MaxAnswerBytes,
            Timeout = TimeSpan.FromSeconds(20),
        });

    /// <summary>Has the SHA-256 of a note stamped. What comes back is checked: nonce, hash, signature, and the way to a trusted certificate.</summary>
    public async Task<TimeStampOutcome> StampAsync(byte[] note, CancellationToken cancellationToken)
    {
        Rfc3161TimestampRequest request = Rfc3161TimestampRequest.CreateFromData(
            note, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(NonceBytes), requestSignerCertificates: true);
        using ByteArrayContent query = new(request.Encode());
        query.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        try
        {
            using HttpResponseMessage answer = await http.PostAsync(options.Address, query, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                return new TimeStampOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"the authority answered {(int)answer.StatusCode}"));
            }

            Rfc3161TimestampToken token = request.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(cancellationToken), out _);
            return TimeStamp.DistrustIn(token, note, options.Trusted) is { } distrust
                ? new TimeStampOutcome.Failed($"the authority sent {distrust}")
                : new TimeStampOutcome.Stamped(new TimeStamp(token.TokenInfo.Timestamp, token.AsSignedCms().Encode()));
        }
        catch (CryptographicException)
        {
            return new TimeStampOutcome.Failed("the authority sent no time stamp of what was asked");
        }
        catch (HttpRequestException)
        {
            return new TimeStampOutcome.Failed("the authority cannot be reached");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TimeStampOutcome.Failed("the authority did not answer");
        }
    }
}
