namespace Munshi.Web.Resources;

/// <summary>Names the resource files <c>Text.resx</c>, <c>Text.hi.resx</c> and <c>Text.bn.resx</c>: every text a page shows.</summary>
public sealed class Text;
