using System.Text;
using Munshi.Access;

namespace Munshi.Knowledge;

/// <summary><c>GET /knowledge/sample.csv</c>: three entries to begin from, as spreadsheets read and write them.</summary>
internal static class SampleFaqFile
{
    /// <summary>With a byte order mark, without which Excel takes the letters for others.</summary>
    internal const string Content =
        "\uFEFFid,question,title,answer,examples\r\n"
        + "hours,When are you open?,Opening hours,\"Monday to Saturday, 11 am to 8 pm.\",what time do you open|dukan kab khulti hai|दुकान कब खुलती है|দোকান কখন খোলে\r\n"
        + "address,Where is your shop?,Our address,\"12 Shiuli Lane, first floor (change this).\",shop address|दुकान कहाँ है|দোকান কোথায়\r\n"
        + "delivery,How long does delivery take?,Delivery time,3 to 5 working days (change this).,kitne din lagenge|डिलीवरी में कितने दिन लगेंगे|ডেলিভারি কত দিনে হবে\r\n";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(KnowledgeUrls.Sample, () => TypedResults.Bytes(Encoding.UTF8.GetBytes(Content), "text/csv; charset=utf-8", "munshi-questions.csv"))
        .WithName(nameof(SampleFaqFile))
        .ForMembers();
}
