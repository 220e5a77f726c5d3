using System.Text.Json;

namespace Munshi.Archives.Data;

/// <summary>A row as it goes out.</summary>
/// <param name="Id">By which its file is ordered.</param>
/// <param name="Write">Writes its members.</param>
internal readonly record struct DataLine(Guid Id, Action<Utf8JsonWriter> Write)
{
    public override string ToString() => $"{nameof(DataLine)} {Id}";
}
