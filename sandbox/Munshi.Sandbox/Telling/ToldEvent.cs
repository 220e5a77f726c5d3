namespace Munshi.Sandbox.Telling;

/// <summary>Something that Meta tells a business though no customer did anything.</summary>
/// <param name="Name">As in the form.</param>
/// <param name="Title">For people.</param>
/// <param name="IsOfCustomer">Whether it names a customer and words.</param>
public sealed record ToldEvent(string Name, string Title, bool IsOfCustomer);
