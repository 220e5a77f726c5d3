namespace Munshi.Web;

/// <summary>The hidden field that proves a form was made by this server for this browser.</summary>
public sealed record FormToken(string FieldName, string Value);
