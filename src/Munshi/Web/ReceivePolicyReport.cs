using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Web;

/// <summary><c>POST /csp-report</c>: counts that a browser refused something. The report, which names addresses, is not read.</summary>
internal sealed class ReceivePolicyReport(IMeterFactory meters)
{
    public const string MeterName = "Munshi.Web";

    private readonly Counter<long> _reports = meters.Create(MeterName).CreateCounter<long>("munshi.web.csp_reports");

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/csp-report", (ReceivePolicyReport counter) => counter.Count())
        .WithName(nameof(ReceivePolicyReport))
        .DisableAntiforgery()
        .ExcludeFromDescription();

    private NoContent Count()
    {
        _reports.Add(1);
        return TypedResults.NoContent();
    }
}
