namespace Munshi.Tests.Knowledge;

/// <summary>A third FAQ, a grocer's, written and labelled after all word lists and thresholds were fixed, and ranked once.</summary>
internal static class KiranaQuestions
{
    public const string Faq = """
        {"id":"timing","question":"Shop kitne baje khulti hai?","title":"Timings","answer":"Roz subah 7 se raat 10 baje tak.","examples":["what time do you open","are you open on Sunday","दुकान कब तक खुली है"]}
        {"id":"where","question":"Where is the store?","title":"Location","answer":"Near the water tank, Kadam Road (fictitious).","examples":["dukan kahan hai","दुकान कहाँ है"]}
        {"id":"delivery","question":"Do you deliver groceries at home?","title":"Home delivery","answer":"Yes, within 3 km, for orders above Rs 300, in about 45 minutes.","examples":["ghar pe saman bhejte ho","होम डिलीवरी करते हो क्या","free home delivery"]}
        {"id":"delivery-time","question":"How long does home delivery take?","title":"Delivery time","answer":"About 45 minutes.","examples":["saman kitni der me aayega","सामान कब तक आएगा"]}
        {"id":"minimum","question":"What is the minimum order for delivery?","title":"Minimum order","answer":"Rs 300.","examples":["kam se kam kitne ka order"]}
        {"id":"pay","question":"What payment do you take?","title":"Payment","answer":"Cash, UPI and cards.","examples":["upi chalega","google pay hai kya","यूपीआई चलता है क्या"]}
        {"id":"credit","question":"Do you give monthly credit?","title":"Monthly account","answer":"For regular customers after talking to the owner.","examples":["udhar milega","khata khol sakte hain","उधार मिलेगा क्या"]}
        {"id":"return","question":"Can I return damaged or expired goods?","title":"Returns","answer":"Yes, the same day with the bill.","examples":["saman wapas hoga kya","सामान वापस होगा"]}
        {"id":"atta","question":"Do you grind fresh atta?","title":"Fresh atta","answer":"Yes, Rs 5 a kg for grinding, ready in an hour.","examples":["gehu pisai","गेहूं पिसाई करते हो"]}
        {"id":"vegetables","question":"Do you sell fresh vegetables?","title":"Vegetables","answer":"Every morning from 8.","examples":["sabzi milti hai","सब्जी मिलती है क्या"]}
        {"id":"organic","question":"Do you have organic rice and dal?","title":"Organic","answer":"Brown rice, toor dal and moong dal.","examples":["organic chawal milega","ऑर्गेनिक दाल है क्या"]}
        {"id":"gas","question":"Do you refill gas cylinders?","title":"Gas cylinders","answer":"No, we do not.","examples":["cylinder bharte ho kya"]}
        """;

    private const string Source = """
        what time does shop open => timing
        kab khulti hai dukan => timing
        shop timing => timing
        raat ko kitne baje tak khuli rehti hai => timing
        open on sunday? => timing
        दुकान कितने बजे खुलती है => timing
        দোকান কখন খোলে => timing
        where is your shop => where
        shop ka pata => where
        location bhejo => where
        দোকান কোথায় => where
        home delivery hai kya => delivery
        do you deliver home => delivery
        होम डिलीवरी मिलेगी => delivery
        হোম ডেলিভারি করেন => delivery
        how much time for delivery => delivery-time
        delivery kitni der me hogi => delivery-time
        minimum order kitna hai => minimum
        minimum order for home delivery => minimum
        न्यूनतम ऑर्डर कितना है => minimum
        do you accept gpay => pay
        card payment ho jayega => pay
        paytm chalta hai => pay
        payment kaise kare => pay
        udhaar milta hai kya => credit
        monthly khata => credit
        can i return expired items => return
        saman wapas kar sakte hai => return
        atta pisai hoti hai => atta
        fresh atta milega => atta
        do you have vegetables => vegetables
        sabji milti hai kya => vegetables
        fresh sabzi => vegetables
        सब्ज़ी है क्या => vegetables
        organic rice available? => organic
        organic dal hai => organic
        gas cylinder refill => gas
        do you sell fresh fish => -
        do you have medicines => -
        fresh juice milega => -
        organic honey => -
        organic vegetables => -
        aloo ka rate => -
        price of toor dal => -
        sugar kitne ki hai => -
        milk available? => -
        do you deliver vegetables => -
        delivery charge => -
        gas stove repair => -
        credit card apply => -
        bank credit score => -
        monthly rent => -
        rice cooker hai => -
        cylinder price => -
        do you take old newspapers => -
        return ticket to delhi => -
        water tank cleaning => -
        delivery boy nahi aaya => -
        saman kharab nikla => -
        payment kar diya => -
        is the atta organic => -
        owner ka number => -
        job hai kya => -
        kal dukan khuli thi => -
        dal kitne ki aur chawal kitne ka => -
        mujhe 2 kg chini chahiye => -
        5 kg atta bhej do => -
        1 packet bread => -
        koi hai => -
        hello bhaiya => -
        aaj ka mandi bhav => -
        minimum wage => -
        time kya hua => -
        location of nearest atm => -
        who owns this shop => -
        atta kitne ka => -
        """;

    public static IReadOnlyList<LabelledQuestion> HeldOut { get; } = [.. LabelledQuestion.Parse(Source)];
}
