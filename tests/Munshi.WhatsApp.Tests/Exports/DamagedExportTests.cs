using System.Globalization;
using System.Text;
using Munshi.WhatsApp.Tests.Exports.Generated;

namespace Munshi.WhatsApp.Tests.Exports;

/// <summary>Exports of many countries, damaged at random: whatever the bytes, there are records and named problems, and no byte is lost.</summary>
public sealed class DamagedExportTests
{
    private const int Rounds = 1000;

    private static readonly byte[][] Words =
    [
        .. ((string[])["\u200E", "\u200F", "\r\n", "\n", "\r", ": ", " - ", "[", "]", "<", ">", "(file attached)", "<This message was edited>", "31/02/20, 10:00 - ", "\uFEFF", "POLL:\n", "“", "٣", "1399/01/01"])
            .Select(Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xE2, 0x80], [0xED, 0xA0, 0x80],
    ];

    /// <summary><c>MUNSHI_HOSTILE_MINUTES=60</c> says for how long, <c>MUNSHI_HOSTILE_SEED</c> from which seed; a failure names the round's own.</summary>
    [Fact]
    public void Damaged_exports_are_read_or_refused_and_no_byte_is_lost()
    {
        double minutes = double.Parse(Environment.GetEnvironmentVariable("MUNSHI_HOSTILE_MINUTES") ?? "0", CultureInfo.InvariantCulture);
        ulong seed = ulong.Parse(Environment.GetEnvironmentVariable("MUNSHI_HOSTILE_SEED") ?? "7", CultureInfo.InvariantCulture);
        long start = TimeProvider.System.GetTimestamp();
        byte[][] exports = [.. PhoneLocale.All.SelectMany(Rendered)];
        for (ulong round = 0; round < Rounds || TimeProvider.System.GetElapsedTime(start).TotalMinutes < minutes; round++)
        {
            SeededNumbers numbers = new(seed + round);
            byte[] damaged = exports[numbers.Below(exports.Length)];
            for (int changes = 1 + numbers.Below(12); changes > 0; changes--)
            {
                damaged = Damage(damaged, exports, numbers);
            }

            try
            {
                RawText.AssertWhole(damaged);
            }
            catch (Exception thrown)
            {
                Assert.Fail($"MUNSHI_HOSTILE_SEED={seed + round}: {thrown}");
            }
        }
    }

    private static IEnumerable<byte[]> Rendered(PhoneLocale locale)
    {
        ChatRendering rendering = new() { Locale = locale, Window = ..30 };
        ChatModel chat = ChatModel.Generate(3, 30);
        yield return rendering.Render(chat).Text;
        yield return (rendering with { WithMedia = true }).Render(chat).Text;
    }

    private static byte[] Damage(byte[] text, byte[][] others, SeededNumbers numbers)
    {
        int at = numbers.Below(text.Length + 1);
        int length = Math.Min(numbers.Below(60), text.Length - at);
        byte[] other = others[numbers.Below(others.Length)];
        int from = numbers.Below(other.Length);
        ReadOnlySpan<byte> part = numbers.Below(8) switch
        {
            0 => [],
            1 => Words[numbers.Below(Words.Length)],
            2 => Words[numbers.Below(Words.Length)],
            3 => (byte[])[.. text.AsSpan(at, length), .. text.AsSpan(at, length)],
            4 => other.AsSpan(from, Math.Min(numbers.Below(400), other.Length - from)),
            5 => (byte[])[(byte)numbers.Below(256)],
            6 => (byte[])[.. text.AsSpan(at, length), .. "\n"u8],
            _ => (byte[])[.. "\r\n"u8, .. text.AsSpan(at, length)],
        };
        int cut = numbers.Below(40) == 0 ? text.Length : at + length;
        return Starts([.. text.AsSpan(0, at), .. part, .. text.AsSpan(cut)]);
    }

    /// <summary>Not as an archive, a marked or a UTF-16 file does: those have tests of their own, and their bytes are not the text's.</summary>
    private static byte[] Starts(byte[] text) => text is [0xEF or 0xFE or 0xFF or (byte)'P', ..] or [_, 0, ..] or [0, ..] or [] ? [(byte)'\n', .. text] : text;
}
