using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.Audit.Export;

namespace Munshi.Archives.Data;

/// <summary>A file of <c>data/</c>: an object a line, UTF-8, ended by a line feed. Not safe for concurrent use.</summary>
internal sealed class JsonLines : IDisposable
{
    private readonly FileStream _file;
    private readonly Utf8JsonWriter _json;

    public JsonLines(ExportFolder folder, string name)
    {
        _file = folder.Open($"data/{name}.jsonl");
        _json = new Utf8JsonWriter(_file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public long Count { get; private set; }

    public void Write(DataLine line)
    {
        _json.WriteStartObject();
        line.Write(_json);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _file.WriteByte((byte)'\n');
        Count++;
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }
}
