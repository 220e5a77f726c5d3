namespace Munshi.Sandbox.TimeStamping;

/// <summary>A time-stamping authority (RFC 3161).</summary>
internal static class TimeStampingCapability
{
    public static void AddTimeStamping(this IServiceCollection services) => services.AddSingleton<TimeStampAuthority>();

    public static void MapTimeStamping(this WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("/tsa");
        AnswerQuery.Map(group);
        group.MapGet("/certificate", (TimeStampAuthority authority) => TypedResults.Text(authority.CertificatePem, "application/x-pem-file"));
    }
}
