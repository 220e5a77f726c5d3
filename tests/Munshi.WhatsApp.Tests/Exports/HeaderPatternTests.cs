using System.Text;
using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Tests.Exports.Generated;

namespace Munshi.WhatsApp.Tests.Exports;

public sealed class HeaderPatternTests
{
    [Fact]
    public void A_header_read_by_its_pattern_is_the_header_read_in_full()
    {
        SeededNumbers numbers = new(29);
        ChatModel chat = ChatModel.Generate(9, 60);
        foreach (PhoneLocale locale in PhoneLocale.All)
        {
            HeaderPattern pattern = new();
            string[] lines = Encoding.UTF8.GetString(new ChatRendering { Locale = locale }.Render(chat).Text).Split('\n');
            foreach (string line in lines.SelectMany(line => (string[])[line, line.TrimEnd('\r')]))
            {
                for (int changes = 0; changes < 8; changes++)
                {
                    byte[] changed = Encoding.UTF8.GetBytes(line);
                    if (changed.Length > 0 && changes > 0)
                    {
                        int at = numbers.Below(Math.Min(changed.Length, 40));
                        changed[at] = changes < 5 ? (byte)('0' + numbers.Below(10)) : (byte)numbers.Below(256);
                        changed = changes == 7 ? changed[..at] : changed;
                    }

                    bool expected = HeaderReader.TryRead(changed, out Header full);

                    Assert.Equal((expected, full), (pattern.TryRead(changed, out Header fast), fast));
                }
            }
        }
    }
}
