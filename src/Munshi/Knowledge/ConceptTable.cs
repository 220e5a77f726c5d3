namespace Munshi.Knowledge;

/// <summary>Everyday shop words of English, Hindi, Bengali, their romanised forms and romanised Tamil, grouped by what they mean.</summary>
/// <remarks>A word stands in one concept only. Related concepts are kept apart and linked, so that a refund is offered, not answered, when an exchange is asked for.</remarks>
internal static class ConceptTable
{
    /// <summary>The longest form, in words.</summary>
    public const int MaxWords = 4;

    /// <summary><c>name weight: form, form</c>. Written plainly; folding and stemming happen on loading.</summary>
    private const string Source = """
        price 1: price, prise, cost, costing, rate, charge, fee, fees, mrp, pricing, how much, how much is, how much for, kitna hai, kitne ka, kitne ki, kitne ke, kitne me, kitne mein, kitne hai, kitna hua, kitna lagega, kitna lagta, kitne lagenge, kitna paisa, kitne paise, kitna charge, kitne rupaye, kitna padega, kya price, kya rate, dam, daam, keemat, kimat, qeemat, kharcha, mulya, bhav, koto taka, koto dam, dam koto, koto lagbe, koto porbe, kemon dam, vilai, evvalavu, evlo, दाम, कीमत, क़ीमत, मूल्य, भाव, रेट, प्राइस, चार्ज, चार्जेस, फीस, शुल्क, खर्च, कितने का, कितने की, कितने के, कितने में, कितना है, कितने रुपये, कितना लगेगा, कितना लगता, कितना पड़ेगा, कितना पैसा, कितने पैसे, দাম, মূল্য, রেট, প্রাইস, চার্জ, খরচ, কত টাকা, কত দাম, দাম কত, কত লাগবে, কত লাগে, কত পড়বে
        howmuch 0.4: kitna, kitne, kitni, koto, how many, कितना, कितने, कितनी, কত, কতো, কতটা
        hours 1: hours, timing, open, opening, opens, close, closing, khula, khuli, khule, khulta, khulti, khulega, khulegi, khulne, kholte, band hota, band hoti, band hone, band karte, band kab, kab band, khola, kholen, khole, khulbe, bondho, bandho hoy, shop time, store time, dukan time, dukan ka time, neram, tirappu, खुला, खुली, खुले, खुलता, खुलती, खुलने, खुलेगा, खुलेगी, खोलते, बंद, टाइमिंग, খোলা, খোলে, খোলেন, খুলবে, খুলবেন, খোলার, বন্ধ, টাইমিং, ওপেন
        time 0.5: time, kitne baje, kitna baje, koto baje, what time, कितने बजे, কত টায়, samay, somoy, shomoy, baje, bajey, koytay, koyta, kotay, टाइम, समय, बजे, সময়, টাইম, টা বাজে, কটায়, কটা
        duration 1: how long, how many days, many days, days, kitne din, kitna time, kitna samay, kitne time, kitne samay, koto din, kotodin, koy din, kitne dino, kab tak, kobe pabo, kab milega, kab aayega, kab ayega, kab pahunchega, kab pahuchega, kitni der, how soon, how fast, how quickly, कितने दिन, कितने दिनों, कितना समय, कितना टाइम, कितनी देर, कब तक, कब मिलेगा, कब आएगा, कब पहुंचेगा, কত দিন, কতদিন, কয়দিন, কদিন, কত সময়, কবে পাব, কবে পাবো, কতক্ষণ
        when 0.5: when, kab, kobe, kokhon, kakhan, eppo, कब, কবে, কখন
        where 0.6: where, kahan, kahaan, kaha, kidhar, kothay, kothai, kothaye, kothae, enga, कहां, कहाँ, किधर, কোথায়
        address 1: address, addres, adress, adres, addr, location, located, locate, map, maps, google map, google maps, landmark, directions, direction, reach, rasta, pata, thikana, showroom, pathe, mugavari, एड्रेस, पता, लोकेशन, ठिकाना, रास्ता, শোরুম, ঠিকানা, লোকেশন, অ্যাড্রেস, রাস্তা, शोरूम
        shop 0.3: shop, store, outlet, dukan, dukaan, dokan, kadai, दुकान, शॉप, স্টোর, দোকান, শপ, स्टोर
        delivery 1: delivery, deliver, delivering, delivered, dlvry, delvry, dilivery, home delivery, shipping, ship, shipped, shipment, dispatch, bhejoge, bhejte, bhejenge, bhej, bhejna, bhejna hai, pathao, pathan, pathaben, pathate, ghar pe, doorstep, डिलीवरी, डिलिवरी, होम डिलीवरी, शिपिंग, भेज, भेजते, भेजेंगे, भेजोगे, ডেলিভারি, হোম ডেলিভারি, শিপিং, পাঠান, পাঠাবেন, পাঠাতে
        courier 1: courier, couriers, कूरियर, कोरियर, কুরিয়ার
        parcel 0.6: parcel, parsel, package, पार्सल, পার্সেল
        pickup 1: pickup, pick up, collect, self pickup, store pickup, पिकअप, পিকআপ
        return 1: return, retrun, retun, wapas, wapis, vapas, vapis, waapas, wapsi, send back, give back, lautana, lauta, ferot, pherot, ferat, thirumba, रिटर्न, वापस, वापिस, वापसी, लौटाना, लौटा, রিটার্ন, ফেরত, ফেরৎ
        refund 1: refund, refnd, money back, paise wapas, paisa wapas, paise vapas, taka ferot, रिफंड, रिफ़ंड, पैसे वापस, पैसा वापस, রিফান্ড, টাকা ফেরত
        exchange 1: exchange, xchange, replace, replacement, badal, badalna, badli, bodol, bodlano, bodle, bodlate, exchnge, एक्सचेंज, बदल, बदलना, बदली, বদল, বদলানো, বদলাতে, বদলে, এক্সচেঞ্জ
        payment 1: payment, pay, paying, payable, pymt, paymnt, bhugtan, paisa kaise, paise kaise, taka debo, taka debo kivabe, payment kivabe, पेमेंट, भुगतान, पेमेन्ट, পেমেন্ট, টাকা দেব, টাকা দেবো
        upi 1: upi, gpay, google pay, googlepay, phonepe, phone pe, phonpe, paytm, bhim, bhim upi, यूपीआई, गूगल पे, जीपे, फोनपे, फोन पे, पेटीएम, ইউপিআই, গুগল পে, জিপে, ফোনপে, পেটিএম
        qr 1: qr, qr code, scanner, क्यूआर, কিউআর
        card 1: card, credit card, debit card, visa, mastercard, rupay, कार्ड, क्रेडिट कार्ड, डेबिट कार्ड, কার্ড, ক্রেডিট কার্ড
        cash 1: cash, nagad, nogod, नकद, नगद, कैश, ক্যাশ, নগদ
        cod 1: cod, cash on delivery, pay on delivery, payment on delivery, payment at delivery, pay at delivery, cash at delivery, c o d, delivery par paisa, delivery pe paisa, delivery par cash, delivery pe cash, delivery ke time payment, कैश ऑन डिलीवरी, कैश ऑन डिलिवरी, सीओडी, डिलीवरी पर पैसे, ক্যাশ অন ডেলিভারি, সিওডি
        emi 1: emi, instalment, installment, kist, kisht, kisti, किस्त, ईएमआई, কিস্তি, ইএমআই
        order 0.7: order, ordr, oder, odr, ordering, ऑर्डर, आर्डर, অর্ডার
        track 1: track, tracking, trace, status, stetus, where is my order, where is my parcel, where is my package, where my order, where is order, order kahan, order kaha, parcel kahan, parcel kaha, mera order kahan, order kothay, parcel kothay, kahan pahuncha, kaha pahucha, pahucha, pahuncha, pahunchi, pahuchi, पहुंचा, पहुंची, awb, tracking id, tracking number, ट्रैक, ट्रैकिंग, स्टेटस, ऑर्डर कहां, ऑर्डर कहाँ, पार्सल कहां, ট্র্যাক, ট্র্যাকিং, স্ট্যাটাস, অর্ডার কোথায়, পার্সেল কোথায়
        booking 1: book, booking, appointment, appointmnt, appoint, slot, reserve, reservation, apointment, बुक, बुकिंग, अपॉइंटमेंट, अपॉइन्टमेंट, বুক, বুকিং, অ্যাপয়েন্টমেন্ট
        available 0.3: available, availability, avail, stock, in stock, milega, milegi, milenge, milta, milti, milte, mil, mil jayega, mil sakta, mil sakti, uplabdh, pawa jabe, paowa jabe, pabo, paoa jabe, pawa jay, kidaikkuma, irukka, मिलेगा, मिलेगी, मिलेंगे, मिलता, मिलती, मिल, उपलब्ध, स्टॉक, পাওয়া, পাওয়া যাবে, পাওয়া যায়, পাব, পাবো, স্টক
        discount 1: discount, discnt, disount, offer, ofer, sale, coupon, promo, promocode, scheme, डिस्काउंट, छूट, ऑफर, ऑफ़र, सेल, কুপন, ডিসকাউন্ট, ছাড়, অফার, सेल लगी
        bargain 1: bargain, negotiate, negotiable, less price, best price, last price, final price, kam karo, kam kar, kam karoge, kuch kam, thoda kam, komano, komaben, কমানো, কমাবেন, कम करो, कम करोगे, कुछ कम, थोड़ा कम
        size 1: size, sizing, saiz, naap, length, lambai, साइज, साइज़, नाप, लंबाई, সাইজ, মাপ
        wholesale 1: wholesale, wholsale, holesale, bulk, bulk order, thok, reseller, reselling, resale, resell, dealer, dealership, paikari, paikar, थोक, होलसेल, रीसेलर, পাইকারি, হোলসেল
        cancel 1: cancel, cancle, cancellation, cancelling, radd, batil, रद्द, कैंसल, कैंसिल, বাতিল, ক্যানসেল
        contact 1: contact, phone number, mobile number, contact number, call number, whatsapp number, helpline, fon number, phone no, mobile no, contact no, sampark, jogajog, संपर्क, फोन नंबर, मोबाइल नंबर, নম্বর, ফোন নম্বর, যোগাযোগ, যোগাযোগের, কন্টাক্ট
        call 0.6: call, phone, fon, telephone, mobile, कॉल, फोन, फ़ोन, মোবাইল, ফোন, কল, मोबाइल
        warranty 1: warranty, warrenty, waranty, guarantee, garantee, gurantee, guaranty, garanti, guarantie, वारंटी, गारंटी, ওয়ারেন্টি, গ্যারান্টি
        sunday 1: sunday, ravivar, itwar, itvar, robibar, रविवार, इतवार, संडे, রবিবার, সানডে
        holiday 1: holiday, weekly off, off day, public holiday, छुट्टी, ছুটি
        festival 1: festival, puja, pujo, durga puja, diwali, holi, eid, dussehra, navratri, christmas, त्योहार, दिवाली, होली, ईद, পুজো, পূজা, পুজোর, দুর্গাপুজো, ঈদ
        today 0.4: today, aaj, aj, aajke, ajke, tomorrow, kal, tonight, now, abhi, आज, कल, अभी, আজ, আজকে, কাল, এখন
        free 0.8: free, muft, फ्री, मुफ्त, मुफ़्त, ফ্রি, বিনামূল্যে
        international 1: international, abroad, foreign, overseas, outside india, videsh, bidesh, bideshe, bahar desh, out of india, worldwide, विदेश, इंटरनेशनल, বিদেশ, বিদেশে
        invoice 1: invoice, bill, gst bill, receipt, rasid, raseed, tax invoice, बिल, रसीद, जीएसटी बिल, বিল, রসিদ
        gst 1: gst, gstin, जीएसटी, জিএসটি
        wash 1: wash, washing, dry clean, dryclean, dry cleaning, dhona, dhulai, dhoye, dhone, kacha, dhobo, washable, धोना, धोने, धुलाई, ड्राई क्लीन, धोएं, ধোয়া, ধোব, ধোবো, কাচা, ড্রাই ক্লিন
        stitch 1: stitch, stitching, tailor, tailoring, tailr, silai, silwana, silte, silwa, सिलते, सिलवा, selai, sewing, सिलाई, टेलर, सिलवाना, সেলাই, দর্জি
        colour 1: colour, color, colr, rang, rong, रंग, कलर, রং, রঙ, কালার
        photo 1: photo, foto, photos, pic, pics, picture, image, images, chobi, chhobi, tasveer, फोटो, तस्वीर, ছবি, ফটো
        video 1: video, video call, live video, वीडियो, वीडियो कॉल, ভিডিও, ভিডিও কল
        original 1: original, genuine, authentic, asli, aslee, real, pure, asol, khanti, handloom mark, असली, ओरिजिनल, शुद्ध, আসল, খাঁটি, অরিজিনাল
        parking 1: parking, park, gaadi, पार्किंग, পার্কিং
        gift 1: gift, gifting, uphar, tohfa, upohar, उपहार, गिफ्ट, तोहफा, উপহার, গিফট
        pack 0.8: pack, packing, packed, wrap, wrapping, पैक, पैकिंग, প্যাক, প্যাকিং
        home 0.3: home, ghar, bari, barite, घर, বাড়ি, বাড়িতে
        saree 0.6: saree, sari, shari, sharee, sarir, sharir, साड़ी, साड़ियां, साड़ियों, শাড়ি, শাড়িটা, শাড়ির
        silk 1: silk, resham, reshmi, सिल्क, रेशम, रेशमी, সিল্ক, রেশম
        cotton 1: cotton, suti, sooti, कॉटन, सूती, কটন, সুতি
        blouse 1: blouse, blaus, ब्लाउज, ब्लाउज़, ব্লাউজ
        minimum 1: minimum, min, moq, kam se kam, nyunatam, कम से कम, न्यूनतम, মিনিমাম, ন্যূনতম
        damaged 1: damage, damaged, defect, defective, torn, phata, fata, kharab, chhera, nosto, tuta, toota, broken, खराब, ख़राब, फटा, टूटा, ছেঁড়া, নষ্ট, ভাঙা
        repair 1: repair, fix, repairing, theek karna, marammat, meramot, मरम्मत, रिपेयर, মেরামত, রিপেয়ার
        catalogue 1: catalogue, catalog, catelog, collection, new arrival, new arrivals, new collection, naya collection, notun collection, latest, कैटलॉग, कलेक्शन, ক্যাটালগ, কালেকশন
        """;

    /// <summary><c>one other strength</c>: the share of a match that a related concept is worth.</summary>
    private const string LinkSource = """
        time hours 0.75
        time duration 0.7
        when hours 0.6
        when duration 0.6
        when time 0.6
        where address 0.85
        howmuch price 0.6
        howmuch duration 0.4
        return refund 0.6
        return exchange 0.6
        refund exchange 0.5
        upi payment 0.6
        qr upi 0.5
        courier delivery 0.6
        parcel delivery 0.6
        parcel order 0.6
        festival holiday 0.5
        card payment 0.6
        cash payment 0.6
        cod payment 0.5
        cod cash 0.6
        emi payment 0.4
        contact call 0.8
        holiday sunday 0.6
        holiday hours 0.5
        sunday hours 0.5
        discount bargain 0.6
        price bargain 0.5
        invoice gst 0.6
        track order 0.5
        international delivery 0.4
        pickup delivery 0.3
        """;

    private static readonly (Concept[] All, Dictionary<string, Concept> Forms, HashSet<string> Words) Loaded = Load();

    private static readonly ILookup<int, (int Other, double Strength)> Links = LoadLinks();

    public static IReadOnlyList<Concept> All => Loaded.All;

    /// <summary>Single-word forms after folding, for guessing at misspellings.</summary>
    public static IReadOnlyCollection<string> Words => Loaded.Words;

    /// <param name="keys">Up to <see cref="MaxWords"/> word keys joined by a space.</param>
    /// <returns>Null when the words are no form of a concept.</returns>
    public static Concept? Find(string keys) => Loaded.Forms.GetValueOrDefault(keys);

    public static IEnumerable<(int Other, double Strength)> LinksOf(Concept concept) => Links[concept.Number];

    /// <summary>The forms that stand in two concepts; none, by test.</summary>
    internal static IReadOnlyList<string> Conflicts()
    {
        Dictionary<string, string> owners = [];
        return [.. Parse()
            .SelectMany(line => line.Forms.Select(form => (line.Name, Keys: KeysOf(form))))
            .Where(form => owners.TryGetValue(form.Keys, out string? owner) ? owner != form.Name : !owners.TryAdd(form.Keys, form.Name))
            .Select(form => $"{form.Keys}: {form.Name}, {owners[form.Keys]}")];
    }

    private static (Concept[] All, Dictionary<string, Concept> Forms, HashSet<string> Words) Load()
    {
        List<Concept> all = [];
        Dictionary<string, Concept> forms = new(StringComparer.Ordinal);
        HashSet<string> words = new(StringComparer.Ordinal);
        foreach ((string name, double weight, string[] lineForms) in Parse())
        {
            Concept concept = new(name, all.Count, weight);
            all.Add(concept);
            foreach (string form in lineForms)
            {
                forms.TryAdd(KeysOf(form), concept);
                if (!form.Contains(' ', StringComparison.Ordinal))
                {
                    words.Add(TextFolding.Fold(form).TrimEnd());
                }
            }
        }

        return ([.. all], forms, words);
    }

    private static ILookup<int, (int Other, double Strength)> LoadLinks()
    {
        Dictionary<string, int> numbers = Loaded.All.ToDictionary(concept => concept.Name, concept => concept.Number);
        return LinkSource
            .Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .Select(parts => (One: numbers[parts[0]], Other: numbers[parts[1]], Strength: ParseNumber(parts[2])))
            .SelectMany(link => new[] { link, (One: link.Other, Other: link.One, link.Strength) })
            .ToLookup(link => link.One, link => (link.Other, link.Strength));
    }

    private static IEnumerable<(string Name, double Weight, string[] Forms)> Parse()
    {
        foreach (string line in Source.Split('\n', StringSplitOptions.TrimEntries))
        {
            string[] halves = line.Split(':', 2);
            string[] head = halves[0].Split(' ');
            yield return (head[0], ParseNumber(head[1]), halves[1].Split(',', StringSplitOptions.TrimEntries));
        }
    }

    private static double ParseNumber(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string KeysOf(string form) => string.Join(' ', TextFolding.Words(form).Select(word => word.Key));
}
