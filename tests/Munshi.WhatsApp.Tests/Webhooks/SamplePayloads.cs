namespace Munshi.WhatsApp.Tests.Webhooks;

/// <summary>One delivery of every shape the reference knows.</summary>
internal static class SamplePayloads
{
    /// <summary>The members of a message beside sender, id and time, and the content it must be read as.</summary>
    public static readonly (string Members, string Content)[] Messages =
    [
        (""" "type":"text","text":{"body":"Is the blue kurti in stock?"} """, "TextContent"),
        (""" "type":"text","text":{"body":"\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\ude4f"},"context":{"from":"919000000001","id":"wamid.OUT01"} """, "TextContent"),
        (""" "type":"text","text":{"body":"FWD"},"context":{"forwarded":true} """, "TextContent"),
        (""" "type":"text","text":{"body":"about this"},"context":{"referred_product":{"catalog_id":"88001","product_retailer_id":"SKU9"}} """, "TextContent"),
        (""" "type":"text","text":{"body":"from the ad"},"referral":{"source_url":"https://ad.example/1","source_id":"1","source_type":"ad","headline":"Kurti sale","body":"Till Sunday","media_type":"image","image_url":"https://ad.example/i","video_url":"https://ad.example/v","thumbnail_url":"https://ad.example/t","ctwa_clid":"c1","welcome_message":{"text":"Ask us"}} """, "TextContent"),
        (""" "type":"image","image":{"caption":"this one","mime_type":"image/jpeg","sha256":"9f2c","id":"1020304050","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"} """, "ImageContent"),
        (""" "type":"audio","audio":{"mime_type":"audio/ogg; codecs=opus","sha256":"00","id":"1020304051","voice":true} """, "AudioContent"),
        (""" "type":"video","video":{"caption":"packing","mime_type":"video/mp4","sha256":"00","id":"1020304052"} """, "VideoContent"),
        (""" "type":"document","document":{"caption":"GST bill","filename":"../../bill-118.pdf","mime_type":"application/pdf","sha256":"00","id":"1020304053"} """, "DocumentContent"),
        (""" "type":"sticker","sticker":{"mime_type":"image/webp","sha256":"00","id":"1020304054","animated":false} """, "StickerContent"),
        (""" "type":"location","location":{"latitude":12.9716,"longitude":77.5946,"name":"Shop","address":"MG Road"} """, "LocationContent"),
        (""" "type":"contacts","origin":"other","contacts":[{"name":{"formatted_name":"Meena D","first_name":"Meena","last_name":"D","middle_name":"K","prefix":"Ms","suffix":"MA"},"phones":[{"phone":"+91 90000 00103","wa_id":"919000000103","user_id":"IN.7700000000000000103","type":"CELL"}],"emails":[{"email":"meena@shop.example","type":"WORK"}],"addresses":[{"street":"1 Sample Road","city":"Pune","state":"MH","zip":"411000","country":"India","country_code":"in","type":"HOME"}],"urls":[{"url":"https://meena.example","type":"WORK"}],"org":{"company":"MD Traders","department":"Sales","title":"Owner"},"birthday":"1990-02-01","vcard":"BEGIN:VCARD"}] """, "ContactsContent"),
        (""" "type":"interactive","context":{"from":"919000000001","id":"wamid.OUT01"},"interactive":{"type":"button_reply","button_reply":{"id":"slot_10","title":"10 am"}} """, "ReplyContent"),
        (""" "type":"interactive","context":{"from":"919000000001","id":"wamid.OUT02"},"interactive":{"type":"list_reply","list_reply":{"id":"svc_3","title":"Repair","description":"Doorstep"}} """, "ReplyContent"),
        (""" "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"t1\",\"pin\":\"560001\"}"}} """, "FlowReplyContent"),
        (""" "type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}} """, "OtherContent"),
        (""" "type":"button","context":{"from":"919000000001","id":"wamid.OUT04"},"button":{"payload":"STOP_OFFERS","text":"Stop offers"} """, "ReplyContent"),
        (""" "type":"reaction","reaction":{"message_id":"wamid.OUT05","emoji":"\ud83d\udc4d"} """, "ReactionContent"),
        (""" "type":"reaction","reaction":{"message_id":"wamid.OUT05"} """, "ReactionContent"),
        (""" "type":"order","order":{"catalog_id":"88001","text":"pls deliver today","product_items":[{"product_retailer_id":"SKU9","quantity":2,"item_price":249.0,"currency":"INR"}]} """, "OrderContent"),
        (""" "type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051,"title":"Message type unknown","message":"Message type unknown","error_data":{"details":"Message type is currently not supported."}}] """, "UnsupportedContent"),
        (""" "type":"unsupported","errors":[{"code":131060,"title":"This message is currently unavailable"}] """, "UnsupportedContent"),
        (""" "type":"system","system":{"type":"user_changed_number","body":"User Asha Rao changed from 919000000101 to 919000000104","wa_id":"919000000104","user_id":"IN.7700000000000000104"} """, "NumberChangedContent"),
        (""" "type":"system","system":{"type":"user_changed_user_id","body":"User id changed","user_id":"IN.7700000000000000105","previous_user_id":"IN.7700000000000000101","parent_user_id":"IN.ENT.5","previous_parent_user_id":"IN.ENT.1"} """, "UserIdChangedContent"),
        (""" "type":"system","system":{"type":"customer_identity_changed","body":"Asha Rao's security code changed","identity":"DF2lS5v2W6x="} """, "IdentityChangedContent"),
        (""" "type":"system","system":{"type":"user_joined","body":"Asha Rao joined"} """, "OtherSystemContent"),
        (""" "type":"media_placeholder" """, "MediaPlaceholderContent"),
        (""" "type":"image","image":{"mime_type":"image/jpeg"},"group_id":"G1","errors":[{"code":131052,"title":"Media download error","message":"Media download error","error_data":{"details":"larger than 100 MB"},"href":"/docs/errors"}] """, "ImageContent"),
        (""" "type":"request_welcome" """, "RequestWelcomeContent"),
        (""" "type":"edit","edit":{"original_message_id":"wamid.IN01","message":{"context":{"id":"M0"},"type":"text","text":{"body":"the red one"}}} """, "EditContent"),
        (""" "type":"revoke","revoke":{"original_message_id":"wamid.IN01"} """, "RevokeContent"),
        (""" "type":"hologram","hologram":{"id":"1"} """, "OtherContent"),
    ];

    /// <summary>Whole deliveries that are no single message.</summary>
    public static readonly string[] Others =
    [
        Payload.Delivery(Payload.Change("messages", $$$$""" "contacts":[{{{{Payload.Asha}}}}],"statuses":[{"id":"wamid.OUT08","status":"read","timestamp":"1795241020","recipient_user_id":"IN.7700000000000000101","parent_recipient_user_id":"IN.ENT.1","conversation":{"id":"conv1","expiration_timestamp":"1795327400","origin":{"type":"referral_conversion"}},"pricing":{"billable":false,"pricing_model":"PMP","type":"free_entry_point","category":"referral_conversion"}}] """)),
        Payload.Status("""{"id":"wamid.OUT09","status":"delivered","timestamp":"1795241030","recipient_type":"group","recipient_id":"GROUP-1","recipient_participant_id":"919000000101","recipient_participant_user_id":"IN.7700000000000000101"}"""),
        Payload.Delivery(Payload.Change("smb_message_echoes", """ "message_echoes":[{"from":"919000000001","to":"919000000101","id":"wamid.ECHO2","timestamp":"1795242010","type":"revoke","revoke":{"original_message_id":"wamid.ECHO1"}}] """)),
        Payload.Delivery(Payload.Change("history", """ "history":[{"metadata":{"phase":2,"chunk_order":9,"progress":100},"threads":[]},{"metadata":{"phase":1,"chunk_order":3,"progress":60},"threads":[{"id":"IN.7700000000000000102","messages":[]}]}] """)),
        Payload.Delivery(Payload.Change("smb_app_state_sync", """ "state_sync":[{"type":"contact","action":"remove","contact":{"phone_number":"919000000102","user_id":"IN.7700000000000000102","username":"ravi.k"},"metadata":{"timestamp":"1795240010"}}] """)),
        Payload.Delivery(Payload.Change("standby", $$$$""" "contacts":[{{{{Payload.Asha}}}}],"messages":[{"from":"919000000101","id":"wamid.SB1","timestamp":"1795240020","type":"text","text":{"body":"to the other agent"}}],"message_echoes":[{"from":"919000000001","to":"919000000101","id":"wamid.SB2","timestamp":"1795240021","type":"text","text":{"body":"from the other agent"}}],"statuses":[{"id":"wamid.SB2","status":"sent","timestamp":"1795240022","recipient_id":"919000000101"}] """)),
        Payload.Delivery(Payload.Change("standby", $$$$""" "standby":{"contacts":[{{{{Payload.Asha}}}}],"messages":[{"from":"919000000101","id":"wamid.SB3","timestamp":"1795240023","type":"text","text":{"body":"to the other agent"}}]} """)),
        Payload.Delivery(Payload.Change("standby", """ "standby":{"message_echoes":[{"id":"wamid.SB4","timestamp":"1795240024","message":{"to":"919000000101","type":"text","text":{"body":"from the other agent"}}}]} """)),
        Payload.Delivery("""{"field":"messaging_handovers","value":{"messaging_product":"whatsapp","recipient":{"display_phone_number":"919000000001","phone_number_id":"555000111222333"},"sender":{"phone_number":"919000000101","user_id":"IN.7700000000000000101"},"timestamp":"1795240025","type":"control_passed","control_passed":{"metadata":"m 1","previous_owner_app_id":"600100","previous_owner_app_role":"meta_business_agent","previous_owner_role":"ai_agent","new_owner_role":"escalation"}}}"""),
        Payload.Delivery(Payload.Change("history", """ "contacts":[{"profile":{"username":"asha.rao","country_code":"IN"},"wa_id":"","user_id":"IN.7700000000000000101"}],"message_echoes":[{"from":"919000000001","to":"","to_user_id":"IN.7700000000000000101","id":"wamid.H4","timestamp":"1795000110","type":"image","image":{"id":"1020304061"}}] """)),
        Payload.Delivery(Payload.Change("smb_app_state_sync", """ "state_sync":[{"type":"contact","action":"add","contact":{"full_name":"Asha Rao","phone_number":"","user_id":"IN.7700000000000000101","username":"asha.rao","country_code":"IN"},"metadata":{"timestamp":"1795240011"}}] """)),
        """{"object":"whatsapp_business_account","entry":[]}""",
        Payload.Status("""{"id":"wamid.OUT06","status":"delivered","timestamp":"1795241000","recipient_id":"919000000101","recipient_user_id":"IN.7700000000000000101","biz_opaque_callback_data":"outbox:01JD","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"service"}}"""),
        Payload.Status("""{"id":"wamid.OUT07","status":"failed","timestamp":"1795241010","recipient_id":"919000000101","errors":[{"code":131047,"title":"Re-engagement message","message":"Re-engagement message","error_data":{"details":"more than 24 hours"},"href":"https://x.example"}]}"""),
        Payload.Delivery(Payload.Change("messages", """ "errors":[{"code":130429,"title":"Rate limit hit","message":"Rate limit hit","error_data":{"details":"slow down"}}] """)),
        Payload.Delivery(Payload.Change("smb_message_echoes", $$$""" "contacts":[{{{Payload.Asha}}}],"message_echoes":[{"from":"919000000001","to":"919000000101","to_user_id":"IN.7700000000000000101","id":"wamid.ECHO1","timestamp":"1795242000","type":"text","text":{"body":"I will call you"}}] """)),
        Payload.Delivery(Payload.Change("history", """ "history":[{"metadata":{"phase":0,"chunk_order":1,"progress":40},"threads":[{"id":"919000000101","messages":[{"from":"919000000101","id":"wamid.H1","timestamp":"1795000000","type":"text","text":{"body":"hi"},"history_context":{"status":"READ"}},{"from":"919000000001","to":"919000000101","id":"wamid.H2","timestamp":"1795000040","type":"media_placeholder","history_context":{"status":"DELIVERED"}}]}]}] """)),
        Payload.Delivery(Payload.Change("history", """ "history":[{"errors":[{"code":2593109,"title":"History sync is turned off by the business from the WhatsApp Business App"}]}] """)),
        Payload.Delivery(Payload.Change("history", """ "messages":[{"from":"919000000101","id":"wamid.H3","timestamp":"1795000100","type":"image","image":{"id":"1020304060"}}] """)),
        Payload.Delivery(Payload.Change("smb_app_state_sync", """ "state_sync":[{"type":"contact","action":"add","contact":{"full_name":"Asha Rao","first_name":"Asha","phone_number":"919000000101"},"metadata":{"timestamp":"1795240000"}}] """)),
        Payload.Delivery(Payload.Change("user_preferences", $$""" "contacts":[{{Payload.Asha}}],"user_preferences":[{"wa_id":"919000000101","user_id":"IN.7700000000000000101","detail":"User requested to stop marketing messages","category":"marketing_messages","value":"stop","timestamp":1795244000}] """)),
        .. AccountPayloads.All,
    ];

    public static IEnumerable<string> All => [.. Messages.Select(message => Payload.Message(message.Members)), .. Others];
}
