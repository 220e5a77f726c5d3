using Amazon.Runtime;
using Amazon.S3;
using Munshi.Channels.Egress;

namespace Munshi.Media.Files.S3;

/// <summary>Makes the client of the configured store; each of its calls passes the egress gate.</summary>
internal static class S3Client
{
    public static AmazonS3Client Create(S3Options options, EgressCounts counts) => new(
        new BasicAWSCredentials(options.AccessKey, options.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = options.ServiceUrl!.AbsoluteUri,
            AuthenticationRegion = options.Region,
            ForcePathStyle = true,
            UseHttp = options.ServiceUrl.Scheme == Uri.UriSchemeHttp,
            HttpClientFactory = new Gated(new HttpClient(new EgressGate([new Subprocessor("media-store", options.ServiceUrl)], counts)) { Timeout = Timeout.InfiniteTimeSpan }),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 2,
        });

    private sealed class Gated(HttpClient client) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
