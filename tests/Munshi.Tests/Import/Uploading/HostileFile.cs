using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Munshi.Tests.Import.Uploading;

/// <summary>Files that somebody may give for a chat.</summary>
internal static class HostileFile
{
    /// <param name="file">What it is.</param>
    /// <param name="chat">Of two lines, where it holds one.</param>
    public static byte[] Of(string file, string chat) => file switch
    {
        "a photo" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, .. Enumerable.Range(0, 9_000).Select(i => (byte)(i * 31))],
        "a torn archive" => ExportedChat.Zip(chat, "a.jpg")[..^40],
        "an archive in an archive" => Zip(("WhatsApp Chat - A.zip", "PK")),
        "a hundred thousand files" => Zip([("_chat.txt", chat), .. Enumerable.Range(0, 100_000).Select(i => ($"{i}.jpg", ""))]),
        "a name that points out" => Zip(("_chat.txt", chat), ("../a.jpg", "x")),
        "four gigabytes" => ClaimFourGigabytes(Zip(("_chat.txt", chat))),
        _ => Zip(("_chat.txt", chat), ("_chat.txt", chat)),
    };

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>The directory's length of the one file, at 24 bytes behind its signature (APPNOTE 4.3.12).</summary>
    private static byte[] ClaimFourGigabytes(byte[] archive)
    {
        int entry = archive.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(entry + 24), uint.MaxValue - 1);
        return archive;
    }
}
