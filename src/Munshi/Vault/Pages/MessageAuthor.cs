namespace Munshi.Vault.Pages;

public enum MessageAuthor
{
    Customer,
    Automatic,
    Person,
}
