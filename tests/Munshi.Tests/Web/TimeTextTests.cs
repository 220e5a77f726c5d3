using System.Globalization;
using Munshi.Web;

namespace Munshi.Tests.Web;

public sealed class TimeTextTests : IAsyncDisposable
{
    private readonly PageRenderer _renderer = new();

    [Theory]
    [InlineData(-0.5, "just now")]
    [InlineData(-1, "1 min ago")]
    [InlineData(-59, "59 min ago")]
    [InlineData(-60, "1 h ago")]
    [InlineData(-1439, "23 h ago")]
    [InlineData(-1440, "Yesterday")]
    [InlineData(-4320, "Wednesday")]
    [InlineData(-12960, "12 Nov 2026")]
    public void Below_a_day_it_says_how_long_ago_and_after_that_which_day(double minutes, string expected)
    {
        Assert.Equal(expected, Times(Language.English).Ago(PageRenderer.Now.AddMinutes(minutes)));
    }

    [Theory]
    [InlineData("hi", "5 मिनट पहले")]
    [InlineData("bn", "5 মিনিট আগে")]
    public void It_speaks_the_readers_language(string language, string expected)
    {
        Assert.Equal(expected, Times(Language.Find(language)!).Ago(PageRenderer.Now.AddMinutes(-5)));
    }

    [Theory]
    [InlineData(0.2, "1 min left")]
    [InlineData(59, "59 min left")]
    [InlineData(150, "2 h left")]
    public void What_is_left_is_never_said_to_be_more(double minutes, string expected)
    {
        Assert.Equal(expected, Times(Language.English).Left(PageRenderer.Now.AddMinutes(minutes)));
    }

    [Theory]
    [InlineData("en", 0, false)]
    [InlineData("en", 1, true)]
    [InlineData("hi", 0, true)]
    [InlineData("bn", 0, true)]
    [InlineData("bn", 2, false)]
    public void One_is_what_CLDR_calls_one(string language, int count, bool one)
    {
        Assert.Equal(one, Language.Find(language)!.IsOne(count));
    }

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();

    private TimeText Times(Language language)
    {
        CultureInfo.CurrentUICulture = language.Culture;
        return _renderer.Page(language).Times;
    }
}
