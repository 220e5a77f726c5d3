namespace Munshi.Knowledge;

/// <summary>Words that carry no subject: articles, helpers, politeness, greetings. They are neither matched nor missed.</summary>
internal static class Fillers
{
    private const string Source = """
        a an the this that these those it its is am are was were be been being do does did doing have has had having can could may might must shall should will would
        i me my mine we us our ours you your yours u ur he she they them their his her him who whom what which whats wat how hows y why of in on at to from for with by as into about
        and or if then than so too also just only any some all each every there here up out off over under per via or and etc vs
        not no dont doesnt didnt cant wont isnt arent never nahi nahin nai nhi nahee nehi noy नहीं नही ना না নয়
        want need wanna like get got getting gets give gives giving take takes taking buy buying purchase make makes tell say ask know let lets see show find help provide accept accepts accepted
        please pls plz plss kindly sir madam mam maam bhai bhaiya bro brother sis sister didi dada dear boss uncle aunty ji jee sirji anna akka
        hi hii hello helo hey hlo hai namaste namaskar nomoskar vanakkam salam salaam good morning evening afternoon night gm thanks thank thankyou thx ty ok okay okk yes yeah ya yep hmm hm welcome
        possible possibly way ways option options mode modes method methods type types kind kinds thing things item items product products detail details info information policy policies
        much many more most one ones first something anything someone anyone right sure actually really quick urgent urgently question query regarding im ill weve youre
        across within throughout usually normally use using used work works come coming comes go going goes start starts until till between today
        ka ki ke ko kaa kii se mein main mai par pe hain h hoon hun ho hota hoti hote tha thi the kya kyaa kaise kese kaisa kaisi kaun kon konsa konse kaunsa kaunsi kyun kyu
        aap ap aapka aapke aapki apka apke apki aapko apko mujhe mujhko muje mera meri mere hum hume humko humein hamara tum tumhara tera yeh ye yah woh wo vo iska iske iski uska uske uski isko usko
        kar karo karte karta karti karna karne karni karein kare karenge karoge karega karegi kijiye krte krna kr krdo kro krenge krta krti de dete deta deti dena dene do doge denge dijiye dijie dedo le lete lena lene lenge lu loon
        hoga hogi honge raha rahi rahe rahega rahta rahti rahte rehta rehti rehte jata jati jate jayega jayegi jaega sakta sakti sakte sakta hu chahiye chaiye chahie chahta chahti chahiy batao bataiye bata bataye btao btaiye bolo boliye suno
        aur or ya bhi toh phir fir ek kuch koi sab wala wali wale vala vali jo agar lekin par liye lie ab yahan yaha waha wahan tak saath sath hee na nah naa yaar yr bhaisahab kripya aayenge ayenge aayega ayega aayegi ayegi chal chalega chalegi chalta chalti aana aa aate ata aati bhejo bhejiye bhej share send lagega lagegi lagenge lagta lagti lagte dikhao dikhaye dikha rs rupees rupaye rupee inr
        ami amar amra amader apni apnar apnara apnader tumi tomar tomader ei oi eta ota ki kii keno kemon kemne kibhabe kivabe kon konta kore kori korben korbo koren korte kora korun hoy hobe hoi hoye ache achhe ase achey nei jabe jay jai pari parbo parben para dite din debe deben den dao nite nebo neben nibo chai lagbe lage bolun bolo bolben janan jante janaben ektu doya theke jonno r ar ebong o er te ta ti ke gulo dekhan dekhao dekhben asbe thake thakbe thaken dada didi
        enna irukku venum vendum sollunga epdi eppadi pannunga panna mudiyuma unga naan oru la kku
        है हैं हूं हो हु था थी थे का की के को से में मे पर ने और या भी तो ही क्या कैसे कैसा कैसी कौन कौनसा कौनसी क्यों यह ये वह वो इस उस इसका इसकी इसके उसका उसकी आप आपका आपकी आपके आपको मुझे मेरा मेरी मेरे मैं हम हमें हमारा हमको तुम कर करना करने करनी करते करता करती करें करो करेंगे करोगे कीजिए दे देते देना देने दो दीजिए दोगे देंगे ले लेते लेना लेने लूं होता होती होते होगा होगी होंगे रहा रही रहे जाता जाती जाएगा सकता सकती सकते चाहिए चाहता चाहती बताओ बताइए बताइये बताएं बता बताएँ बोलिए एक कुछ कोई सब वाला वाली वाले जो अगर लिए तक साथ अब यहां वहां जी भैया भाई दीदी सर मैडम नमस्ते नमस्कार हेलो हैलो हाय धन्यवाद शुक्रिया कृपया प्लीज हां ठीक ओके दिखाओ दिखाइए रुपये तरीका तरीके जानकारी कौन से कौनसे आते आना आएगा आएगी आएंगे चल चलेगा चलता लगेगा लगेगी लगेंगे लगता लगती लगते भेजो भेजिए रहता रहती रहते
        আমি আমার আমরা আমাদের আপনি আপনার আপনারা আপনাদের তুমি তোমার তোমাদের এই ওই এটা ওটা এটার কি কী কেন কেমন কিভাবে কীভাবে কোন কোনো কোনটা করে করি করবেন করবো করব করেন করতে করা করুন হয় হবে হয়ে আছে আছেন যাবে যায় যাব যাবো পারি পারব পারবো পারবেন দিতে দিন দেবে দেবেন দেন দাও নিতে নেব নেবো নেবেন নেওয়া দেওয়া চাই লাগবে লাগে বলুন বলো বলবেন জানান জানতে জানাবেন একটু দয়া থেকে জন্য আর এবং ও এর তে টা টি কে দাদা দিদি ভাই নমস্কার হ্যালো হাই ধন্যবাদ হ্যাঁ ঠিক আচ্ছা স্যার ম্যাডাম প্লিজ দেখান দেখাও মধ্যে উপর কোনও গুলো টাকা একটা কিছু সব আসতে আসবে থাকে থাকবে থাকেন পাঠিয়ে
        """;

    private static readonly HashSet<string> Known = Load();

    /// <summary>Long enough that a misspelling of one is told from other words; folded.</summary>
    public static IEnumerable<string> LongWords => Known.Where(word => word.Length >= 5);

    public static bool Contains(FoldedWord word) => Known.Contains(word.Text);

    private static HashSet<string> Load() =>
        [.. Source.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => TextFolding.Fold(word).TrimEnd())];
}
