using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>Neighbouring tiles of leaf hashes, with the records of their entries.</summary>
/// <param name="Tiles">Of level 0.</param>
/// <param name="Records">Null where the export has none to read.</param>
internal sealed record TileWork(ArraySegment<TilePath> Tiles, TakenLines? Records);
