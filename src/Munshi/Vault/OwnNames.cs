namespace Munshi.Vault;

/// <summary>A list of names that the business, or one of its people, gives. Its number keeps the lists' locks apart.</summary>
internal enum OwnNames
{
    SavedViews = 4,
    Labels = 1,
    Fields = 2,
}
