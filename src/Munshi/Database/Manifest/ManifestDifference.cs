namespace Munshi.Database.Manifest;

/// <summary>One fact of the database that differs from what this version of the program was built with.</summary>
/// <param name="Line">The fact: <c>kind|object|detail</c>.</param>
/// <param name="Missing">True: it should be there and is not. False: it is there and should not.</param>
/// <param name="Weakens">Whether a promise rests on it; such a difference closes the gate.</param>
internal sealed record ManifestDifference(string Line, bool Missing, bool Weakens)
{
    public override string ToString() => $"{(Missing ? "missing" : "not expected")}: {Line}";
}
