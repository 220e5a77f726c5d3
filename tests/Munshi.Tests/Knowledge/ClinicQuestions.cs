namespace Munshi.Tests.Knowledge;

/// <summary>A second, thinner FAQ in another trade, wholly held out: it shows what an owner gets who writes few examples.</summary>
internal static class ClinicQuestions
{
    public const string Faq = """
        {"id":"hours","question":"What are the clinic timings?","answer":"9 am to 1 pm and 5 to 8 pm, Monday to Saturday."}
        {"id":"fees","question":"What is the consultation fee?","answer":"Rs 400; Rs 200 for a second visit within a week.","examples":["doctor ki fees kitni hai"]}
        {"id":"book","question":"How can I book an appointment?","answer":"Write the day and time you prefer.","examples":["appointment chahiye"]}
        {"id":"reschedule","question":"Can I change my appointment to another day?","answer":"Yes, up to two hours before.","examples":["reschedule appointment"]}
        {"id":"cancel","question":"How do I cancel an appointment?","answer":"Write CANCEL and your name."}
        {"id":"address","question":"Where is the clinic?","answer":"4 Palash Road, ground floor (fictitious)."}
        {"id":"reports","question":"When will I get my blood test report?","answer":"Reports are ready the next day after 5 pm.","examples":["report kab milegi"]}
        {"id":"home","question":"Do you collect blood samples at home?","answer":"Yes, 7 to 10 am, Rs 100.","examples":["home sample collection"]}
        {"id":"cards","question":"Do you accept cards and UPI?","answer":"Yes, and cash."}
        {"id":"children","question":"Do you treat children?","answer":"Yes, Dr Example sees children on Tuesdays and Fridays."}
        """;

    private const string Source = """
        clinic timing => hours
        when does the clinic open => hours
        clinic kitne baje khulta hai => hours
        क्लिनिक कब खुलता है => hours
        clinic timmings? => hours
        what is the consultation fees => fees
        doctor fees kitna hai => fees
        डॉक्टर की फीस कितनी है => fees
        consultation charge => fees
        i want to book an appointment => book
        appointment book karna hai => book
        अपॉइंटमेंट चाहिए => book
        how to reschedule my appointment => reschedule
        can i change the appointment day => reschedule
        cancel my appointment => cancel
        appointment cancel karna hai => cancel
        where is your clinic => address
        clinic kahan hai => address
        clinic address please => address
        ক্লিনিকের ঠিকানা => address
        blood report kab milega => reports
        when will my report come => reports
        do you take blood sample at home => home
        home blood collection available? => home
        do you accept upi => cards
        card payment hoga? => cards
        do you see children => children
        do you treat dogs => -
        do you treat diabetes => -
        do you do xray => -
        x-ray ka charge => -
        is dr example a man => -
        my report is wrong => -
        i have fever what medicine should i take => -
        pet me dard hai => -
        emergency help chest pain => -
        do you have ambulance => -
        ambulance charges => -
        can the doctor come home => -
        is doctor available now => -
        blood donation camp timing => -
        blood pressure test => -
        insurance accepted? => -
        parking hai kya => -
        i am not coming tomorrow => -
        doctor se baat karni hai => -
        appointment nahi mila => -
        report lost => -
        are you open on sunday => -
        nurse job vacancy => -
        children vaccination price => -
        fees for home visit => -
        """;

    public static IReadOnlyList<LabelledQuestion> HeldOut { get; } = [.. LabelledQuestion.Parse(Source)];
}
