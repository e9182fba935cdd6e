//! Duties and their clocks: what triggers them, who is alerted when nobody acts, what ends them,
//! and by which version a case is judged.

mod calendar;
mod ending;
mod own;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::Role;
use domain::duty::{Jurisdiction, OrganisationFact, Verdict};
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Running, mails, steps};

/// Eight o'clock UTC on Monday 2 March 2026, when the house opens.
const AWARE: &str = "2026-03-02T07:00:00Z";

const SECURITY: &str = "digitalsikkerhetsloven";

async fn at(running: &Running, time: &str) {
    running.hand.set(time.parse().unwrap());
    running.service().watch_deadlines_once().await;
}

/// A duty of a case, as the data protection officer is told of it.
async fn duty(running: &Running, filed: &Filed, duty: &str) -> Value {
    let case = story::case(running, Role::Dpo, filed).await;
    let duties = case["duties"].as_array().unwrap().clone();
    let found = duties.into_iter().find(|it| it["duty"] == duty);
    found.unwrap_or_else(|| panic!("{duty} is not told"))
}

async fn settle(running: &Running, filed: &Filed, facts: &Value) {
    story::take(running, Role::Dpo, filed, &steps::establish_facts(facts)).await;
}

/// The hours left at every stage of a duty that was raised.
async fn stages(running: &Running, filed: &Filed, duty: &str) -> Vec<u64> {
    let raised = story::happened(running, filed, "deadline_stage_reached").await;
    let of_duty = raised.iter().filter(|stage| stage["duty"] == duty);
    of_duty.map(|stage| stage["hours_left"].as_u64().unwrap()).collect()
}

/// How many mails about a duty other than the 72 hours each address has got.
fn alerts(running: &Running, address: &str) -> usize {
    let mails = running.mails().into_iter();
    let to = mails.filter(|mail| mail.contains(&format!("To: {address}@example.org")));
    to.filter(|mail| mails::text_of(mail).to_lowercase().contains("en frist ")).count()
}

#[tokio::test]
async fn whoever_does_not_act_is_followed_by_the_next() {
    let mut running = Running::start().await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let possible = duty(&running, &filed, SECURITY).await;
    assert_eq!(possible["verdict"], "unknown");
    assert_eq!(possible["unsettled"], json!(["significant_effect_on_service"]));
    assert_eq!(possible["due_at"], "2026-03-03T07:00:00Z");

    // Fifteen hours in, the first stage has passed; as long as it is only possible, nobody is told.
    at(&running, "2026-03-02T22:00:00Z").await;
    assert_eq!(stages(&running, &filed, SECURITY).await, [0; 0]);
    settle(&running, &filed, &json!({ "significant_effect_on_service": true })).await;
    assert_eq!(duty(&running, &filed, SECURITY).await["verdict"], "yes");
    at(&running, "2026-03-02T22:00:01Z").await;
    assert_eq!(stages(&running, &filed, SECURITY).await, [12]);
    let told = async |who: &'static str, mails: usize| {
        eventually("an alert", async || (alerts(&running, who) == mails).then_some(())).await;
    };
    told("personvernombud", 1).await;

    at(&running, "2026-03-03T03:00:00Z").await;
    told("personvernombud", 2).await;
    assert_eq!(alerts(&running, "kommunedirektor"), 0, "there is time yet");
    at(&running, "2026-03-03T06:00:00Z").await;
    told("kommunedirektor", 1).await;
    at(&running, "2026-03-03T07:00:01Z").await;
    told("kommunedirektor", 2).await;
    assert_eq!(stages(&running, &filed, SECURITY).await, [12, 4, 1, 0]);

    // A clock set back, a restart and a second look raise nothing again.
    running.hand.set("2026-03-02T20:00:00Z".parse().unwrap());
    running.restart().await;
    at(&running, "2026-03-03T08:00:00Z").await;
    at(&running, "2026-03-03T08:00:00Z").await;
    assert_eq!(stages(&running, &filed, SECURITY).await, [12, 4, 1, 0]);
    for mail in running.mails() {
        let text = mails::text_of(&mail);
        assert!(!text.contains("sikkerhet") && !text.contains("NSM"), "{text}");
    }
}

#[tokio::test]
async fn the_deputy_of_a_case_is_alerted_before_the_controller() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let deputy = running.people.holder(Role::SecurityOfficer);
    let handler = running.people.holder(Role::Dpo);
    story::take(&running, Role::Dpo, &filed, &steps::assign(handler, Some(deputy))).await;
    settle(&running, &filed, &json!({ "significant_effect_on_service": true })).await;
    at(&running, "2026-03-02T20:00:00Z").await;
    assert_eq!(stages(&running, &filed, SECURITY).await, [12]);
    assert_eq!(alerts(&running, "sikkerhetssjef"), 0);
    at(&running, "2026-03-03T03:00:00Z").await;
    let told = async || (alerts(&running, "sikkerhetssjef") == 1).then_some(());
    eventually("an alert to the deputy", told).await;
    assert_eq!(alerts(&running, "kommunedirektor"), 0);
}

#[tokio::test]
async fn a_duty_that_was_done_alerts_nobody() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    settle(&running, &filed, &json!({ "significant_effect_on_service": true })).await;
    let done = steps::fulfil_duty(SECURITY, "2026-03-02T07:30:00Z");
    story::take(&running, Role::Dpo, &filed, &done).await;
    let ended = duty(&running, &filed, SECURITY).await;
    assert_eq!(
        (&ended["ended_at"], &ended["running"]),
        (&json!("2026-03-02T07:30:00Z"), &json!(false))
    );
    at(&running, "2026-03-04T07:00:00Z").await;
    assert_eq!(stages(&running, &filed, SECURITY).await, [0; 0]);
    let again = steps::fulfil_duty(SECURITY, "2026-03-02T07:40:00Z");
    let refused = story::refused(&running, Role::Dpo, &filed, &again).await;
    assert_eq!(refused["refusal"], "duty_fulfilled");
    // Notifying the authority is a step of its own.
    let notify = steps::fulfil_duty("gdpr-33", "2026-03-02T07:30:00Z");
    let refused = story::refused(&running, Role::Dpo, &filed, &notify).await;
    assert_eq!(refused["refusal"], "no_such_duty");
}

#[tokio::test]
async fn what_was_found_out_is_answered_on_a_page_and_kept_in_versions() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    let dpo = running.browser(Role::Dpo).await;
    let page = dpo.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(page.text.contains("Plikter som kan gjelde"), "{}", page.text);
    let address = format!("{}/facts", filed.page());
    assert!(page.text.contains(&format!("href=\"{address}\"")), "the questions lead to the form");
    for (answer, verdict) in [("yes", "yes"), ("unknown", "unknown"), ("no", "no")] {
        let form = BrowserForm::open(&dpo, &address, &address).await;
        let sent = form.set("protected_address", answer).send(&dpo).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        assert_eq!(duty(&running, &filed, "protected-address").await["verdict"], verdict);
    }
    let versions = story::happened(&running, &filed, "facts_established").await;
    let versions =
        versions.iter().map(|it| (it["version"].clone(), it["facts"]["protected_address"].clone()));
    let versions: Vec<_> = versions.collect();
    assert_eq!(
        versions,
        [(json!(1), json!(true)), (json!(2), json!(null)), (json!(3), json!(false))]
    );
    // At the moment of the report nobody knew.
    let then = format!("/api/v1/cases/{}?as_of=2026-03-02T08:00:00Z", filed.number);
    running.pass(TimeDelta::hours(1));
    settle(&running, &filed, &json!({ "protected_address": true })).await;
    let then = running.api(Role::Dpo).get(&then).await.expect(StatusCode::OK).json();
    assert_eq!(then["facts"]["protected_address"], false);
}

#[tokio::test]
async fn a_duty_is_recorded_as_done_on_a_page() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    settle(&running, &filed, &json!({ "protected_address": true })).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/duty", filed.page());
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let fields = [("duty", "protected-address"), ("reference", "Politiet 17")];
    let sent = form.fill(&fields).send(&dpo).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let page = dpo.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(page.text.contains("Politiet 17"), "{}", page.text);
    assert_eq!(duty(&running, &filed, "protected-address").await["running"], false);
}

#[tokio::test]
async fn the_clocks_are_listed_soonest_first_for_those_who_may_see_the_cases() {
    let running = Running::start().await;
    let late = story::report_by_api(&running, Some("2026-03-02T05:00:00Z")).await;
    let early = story::report_by_api(&running, Some("2026-03-01T05:00:00Z")).await;
    let leader = running.people.holder(Role::Leader);
    story::take(&running, Role::Dpo, &early, &steps::involve(leader)).await;
    for filed in [&late, &early] {
        story::take(&running, Role::Dpo, filed, &steps::receive(&running.people)).await;
    }
    let clocks = async |role, query: &str| {
        let answer = running.api(role).get(&format!("/api/v1/clocks{query}")).await;
        let list = answer.expect(StatusCode::OK).json();
        let clock = |it: &Value| {
            (it["case"].as_str().unwrap().to_owned(), it["duty"].as_str().unwrap().to_owned())
        };
        list["items"].as_array().unwrap().iter().map(clock).collect::<Vec<_>>()
    };
    let of = |filed: &Filed| (filed.number.clone(), "gdpr-33".to_owned());
    assert_eq!(clocks(Role::Dpo, "").await, [of(&early), of(&late)]);
    assert_eq!(clocks(Role::Leader, "").await, [of(&late)], "kept from what they are involved in");
    let possible: BTreeSet<_> = clocks(Role::Dpo, "?possible=true").await.into_iter().collect();
    assert!(possible.contains(&(early.number.clone(), SECURITY.to_owned())), "{possible:?}");
    assert!(!possible.contains(&of(&early)));

    let page = running.browser(Role::Dpo).await.get("/clocks").await.expect(StatusCode::OK);
    let places = [&early, &late].map(|filed| page.text.find(&format!("\"{}\"", filed.page())));
    assert!(places[0].is_some() && places[0] < places[1], "{}", page.text);
    let page = running.browser(Role::Dpo).await.get("/clocks?possible=yes").await;
    assert!(page.expect(StatusCode::OK).text.contains("digitalsikkerhetsloven"));
    let employee = running.browser(Role::Employee).await.get("/clocks").await;
    assert_eq!(employee.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_jurisdiction_selects_duties_and_authority() {
    let running = Running::start_with(|settings| {
        settings.duties.calendar.jurisdiction = Jurisdiction::Se;
        settings.duties.organisation.insert(OrganisationFact::HealthCare, Verdict::No);
    })
    .await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let duties: BTreeSet<_> =
        case["duties"].as_array().unwrap().iter().map(|it| it["duty"].as_str().unwrap()).collect();
    assert!(duties.contains("lex-sarah") && duties.contains("cybersakerhetslagen-24h"));
    assert!(!duties.contains(SECURITY), "{duties:?}");
    assert_eq!(duty(&running, &filed, "lex-maria").await["verdict"], "no");
    let page = running.browser(Role::Dpo).await.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(page.text.contains("Avgjør om bruddet skal meldes til IMY"), "{}", page.text);
    assert!(!page.text.contains("Datatilsynet"), "{}", page.text);
}

#[tokio::test]
async fn the_questions_that_wait_are_shown_page_by_page() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let leader = running.people.holder(Role::Leader);
    for number in 1..=51 {
        let due_at = format!("2026-03-0{}T12:00:00Z", if number == 51 { 9 } else { 8 });
        let ask = steps::inquire(leader, &format!("Spørsmål {number}"), &due_at);
        story::take(&running, Role::Dpo, &filed, &ask).await;
    }
    let dpo = running.browser(Role::Dpo).await;
    let questions = async |query: &str| {
        let page = dpo.get(&format!("/clocks{query}")).await.expect(StatusCode::OK).text;
        let part = page.split_once("id=\"questions\"").map(|(_, part)| part.to_owned());
        let part = part.unwrap_or_default();
        (part.split("</section>").next().unwrap().matches("<tr>").count(), part)
    };
    let (rows, first) = questions("").await;
    assert_eq!(rows, 1 + 50, "with the heading's");
    assert!(first.contains("href=\"/clocks?questions=2\""), "{first}");
    assert_eq!(questions("?questions=2").await.0, 1 + 1);
    assert_eq!(questions("?questions=9").await.0, 1 + 1, "the last, where there are not so many");
    assert_eq!(questions("?possible=yes").await.0, 0);
}
