using Munshi.Knowledge;

namespace Munshi.Tests.Knowledge;

public sealed class FaqAccuracyTests(ITestOutputHelper output)
{
    private static readonly FaqIndex SareeShop = new(SampleFaq.Entries);

    private static readonly FaqIndex Clinic = new(SampleFaq.Parse(ClinicQuestions.Faq));

    [Fact]
    public void Tuning_report() => Report(Accuracy.Of(SareeShop, SareeShopQuestions.Tuning));

    [Fact]
    public void Held_report() => Report(Accuracy.Of(SareeShop, SareeShopQuestions.HeldOut));

    [Fact]
    public void Clinic_report() => Report(Accuracy.Of(Clinic, ClinicQuestions.HeldOut));

    [Fact]
    public void Traps_report() => Report(Accuracy.Of(SareeShop, SareeShopTraps.HeldOut));

    [Fact]
    public void Kirana_report() => Report(Accuracy.Of(new FaqIndex(SampleFaq.Parse(KiranaQuestions.Faq)), KiranaQuestions.HeldOut));

    private void Report(Accuracy accuracy)
    {
        output.WriteLine($"wrong {accuracy.Wrong.Count} of {accuracy.Asked} ({accuracy.WrongRate:P1}); answered {accuracy.Answered} of {accuracy.Answerable} ({accuracy.AnsweredRate:P1}); helped {accuracy.HelpedRate:P1}");
        output.WriteLine("WRONG\n" + string.Join('\n', accuracy.Wrong));
        output.WriteLine("MISSED\n" + string.Join('\n', accuracy.Missed));
    }
}
