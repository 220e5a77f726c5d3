using System.Net.Http.Headers;
using Munshi.Tests.Running;

namespace Munshi.Browser.Tests;

/// <summary>Plainly fictitious customers, so that the pages have something of everything to show.</summary>
internal static class SampleCustomers
{
    public static async Task WriteAsync(RunningServer server)
    {
        await AskAsync(server, "919000004901", "Priya Ghosh (example)", "What are your timings?", "How long does delivery take?");
        await AskAsync(server, "919000004902", "राहुल वर्मा (example)", "क्या दुकान रविवार को खुली है?");
        await AskAsync(server, "919000004903", "মিতা সেন (example)", "আমার অর্ডারটা কোথায়? দয়া করে একজন মানুষের সঙ্গে কথা বলতে চাই।");
        await AskAsync(server, "919000004904", "A customer whose profile name is very long indeed and goes on (example)", "Could somebody call me about the 240 sarees for the wedding? I wrote to you last week and nobody has come back to me yet, and the day is near.");
        await AskAsync(server, "919000004905", null, "Do you have cash on delivery?");
        using SandboxPhone phone = new(server, "919000004906");
        string first = await phone.WriteAsync(new { text = "Is this one still there?", name = "Farhan Ali (example)" }, CancellationToken.None);
        await phone.NextFromBusinessAsync(first, CancellationToken.None);
        using HttpClient http = new() { BaseAddress = server.SandboxAddress };
        using ByteArrayContent picture = new([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0]);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using MultipartFormDataContent form = new() { { picture, "file", "saree.jpg" } };
        using HttpResponseMessage sent = await http.PostAsync(new Uri("phone/919000004906/messages", UriKind.Relative), form);
        sent.EnsureSuccessStatusCode();
        await phone.WriteAsync(new { text = "This one I mean", replyTo = first }, CancellationToken.None);
    }

    private static async Task AskAsync(RunningServer server, string number, string? name, params string[] texts)
    {
        using SandboxPhone phone = new(server, number);
        foreach (string text in texts)
        {
            string id = await phone.WriteAsync(new { text, name }, CancellationToken.None);
            await phone.NextFromBusinessAsync(id, CancellationToken.None);
        }
    }
}
