using System.Reflection;
using System.Runtime.CompilerServices;

namespace Munshi.Ledger.Tests;

/// <summary>What others compile against changes knowingly: <c>MUNSHI_API=write</c> writes the approved list anew.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        string found = string.Join('\n', Lines()) + "\n";
        if (Environment.GetEnvironmentVariable("MUNSHI_API") == "write")
        {
            File.WriteAllText(Approved(), found);
        }

        Assert.Equal(File.ReadAllText(Approved()), found);
    }

    private static IEnumerable<string> Lines() => typeof(Digest).Assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => Members(type).Prepend(Head(type)));

    private static string Head(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : "class";
        return $"{kind} {type.FullName} : {type.BaseType}";
    }

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null && member is not MethodInfo { IsSpecialName: true } and not Type)
        .Select(member => $"    {member.MemberType} {member}{Value(member)}")
        .Order(StringComparer.Ordinal);

    private static string Value(MemberInfo member) =>
        member is FieldInfo { IsLiteral: true } constant ? $" = {constant.GetRawConstantValue()}" : "";

    private static string Approved([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "public-api.txt");
}
