//! A letter went to the wrong house, for the third time: two reports are one case, the earliest
//! awareness counts, and the measure that should have helped is seen again three months later.

use chrono::TimeDelta;

use super::*;

const ADDRESS: &str = "Brevet om vedtaket havnet hos naboen i Fjellveien";

async fn reported(running: &Running, happened: &str) -> Filed {
    report(running, "misdirected-letter", happened, json!({ "sent-by": "post" })).await
}

/// Of two reports about the same letter one goes on, and counts from the earlier awareness.
async fn merge_the_duplicate(running: &Running, filed: &Filed) {
    let twin = reported(running, "Naboen i Fjellveien fikk brevet om vedtaket").await;
    let earlier = steps::establish_awareness("2026-03-02T06:00:00Z", "Naboen ringte da");
    dpo(running, &twin, earlier).await;
    dpo(running, &twin, steps::involve(running.people.holder(Role::SecurityOfficer))).await;
    let similar = running.api(Role::Dpo).get(&filed.address("similar")).await.json();
    let alike = &similar["items"][0];
    assert_eq!(alike["case"], *twin.number);
    let kinds: Vec<_> =
        alike["reasons"].as_array().unwrap().iter().map(|it| it["kind"].clone()).collect();
    assert_eq!(kinds, ["same_category", "same_unit", "near_in_time", "same_words"]);
    let own = steps::merge(&twin.number, "Det samme");
    let itself = story::refused(running, Role::Dpo, &twin, &own).await;
    assert_eq!(itself["refusal"], "same_case");
    dpo(running, &twin, steps::merge(&filed.number, "Samme brev")).await;
    let ended = story::case(running, Role::Dpo, &twin).await;
    assert_eq!(ended["phase"], "merged");
    assert_eq!(ended["merged_into"], *filed.number);
    assert_eq!(ended["clock"]["running"], false);
    let goes_on = story::case(running, Role::Dpo, filed).await;
    assert_eq!(goes_on["duplicates"], json!([twin.number]));
    assert_eq!(goes_on["clock"]["aware_at"], "2026-03-02T06:00:00Z");
    let kept_out = running.api(Role::SecurityOfficer).get(&filed.address("")).await;
    assert_eq!(kept_out.status, StatusCode::NOT_FOUND, "whoever was involved there is so here");
    let reopen = story::refused(running, Role::Dpo, &twin, &steps::reopen("Feil")).await;
    assert_eq!(reopen["refusal"], "case_is_merged");
    let again = steps::merge(&twin.number, "Feil vei");
    let closed = story::refused(running, Role::Dpo, filed, &again).await;
    assert_eq!(closed["refusal"], "other_case_not_open");
    assert!(page(running, Role::Dpo, &twin).await.contains("Fortsetter i sak"));
}

#[tokio::test]
async fn a_letter_astray_goes_from_two_reports_to_a_measure_that_did_not_help() {
    let running = Running::start().await;
    let before = reported(&running, "Et annet brev havnet i feil postkasse i Fjellveien").await;
    dpo(&running, &before, steps::close_as_not_a_deviation("Brevet var tomt")).await;
    let filed = reported(&running, ADDRESS).await;
    merge_the_duplicate(&running, &filed).await;
    dpo(&running, &filed, steps::link(&before.number, "Tredje gang i Fjellveien")).await;
    let linked = story::case(&running, Role::Dpo, &before).await;
    assert_eq!(linked["linked"][0]["case"], *filed.number, "both say so");
    let leader = running.people.holder(Role::Leader);
    let actions = [("get-it-back", leader)];
    dpo(&running, &filed, receive(&running, "misdirected-letter", &actions)).await;
    let back = measure_from(&running, &filed, "get-it-back").await;
    do_and_verify(&running, &filed, Role::Leader, &back).await;
    dpo(&running, &filed, steps::assess("Lite innhold", "document_only")).await;
    controller(&running, &filed, steps::decide("do_not_notify", "Brevet kom uåpnet tilbake")).await;
    controller(&running, &filed, steps::decide_on_people("no_high_risk", "Uåpnet")).await;
    let routine =
        story::propose_measure(&running, &filed, "preventive", "To ser på adressen", leader).await;
    let done = steps::complete_measure(&routine, "Rutinen er innført");
    story::take(&running, Role::Leader, &filed, &done).await;
    dpo(&running, &filed, steps::submit_memo("Brevet")).await;
    controller(&running, &filed, steps::close()).await;
    running.pass(TimeDelta::days(91));
    let mail = mailed(&running, "personvernombud@example.org", "hva et tiltak").await;
    assert!(mail.contains(&filed.page()), "{mail}");
    let reviewed = steps::review_effect(&routine, "not", "To brev til på avveie siden");
    dpo(&running, &filed, reviewed).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let routine = case["measures"].as_array().unwrap().iter().find(|it| it["id"] == routine);
    assert_eq!(routine.unwrap()["review"]["effect"], "not");
    dpo(&running, &filed, steps::reopen("Rutinen virker ikke")).await;
    let page = page(&running, Role::Dpo, &filed).await;
    assert!(page.contains("Foreslå et nytt tiltak"), "{page}");
}
