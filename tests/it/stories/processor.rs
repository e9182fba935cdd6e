//! A breach at a processor: their contact is asked by a secret link, which takes one answer, runs
//! out, and leads nowhere for anybody who does not hold it; the handler is away meanwhile.

use chrono::TimeDelta;
use tests::browser_form::BrowserForm;
use tests::mails::answer_page;

use super::*;

const ASKED: &str = "Når oppdaget dere innbruddet, og hvilke kunder er berørt?";
const CONTACT: &str = "hendelser@example.net";

async fn reported(running: &Running) -> Filed {
    let happened = "Leverandøren meldte om innbrudd i driftsmiljøet";
    report(running, "processor-breach", happened, json!({ "supplier": "Drift AS" })).await
}

async fn ask(running: &Running, filed: &Filed) -> String {
    let ask = steps::inquire_outside("Drift AS ved vakten", CONTACT, ASKED, DUE_AT);
    dpo(running, filed, ask).await["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_breach_at_a_processor_goes_from_their_word_to_closing() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let own = running.people.holder(Role::Dpo);
    dpo(&running, &filed, receive(&running, "processor-breach", &[("written-account", own)])).await;
    ask(&running, &filed).await;
    let mail = mailed(&running, CONTACT, "/answer/").await;
    assert!(!mail.contains("innbrudd"), "{mail}");
    let link = answer_page(&mail);
    let visitor = running.visitor();
    let question = visitor.get(&link).await.expect(StatusCode::OK);
    assert!(question.text.contains("hvilke kunder er berørt"), "{question:?}");
    for hidden in ["Leverandøren meldte", &filed.number, "Solbakken"] {
        assert!(!question.text.contains(hidden), "{hidden}: {question:?}");
    }
    let form = BrowserForm::on(&question, "/answer");
    let empty = form.clone().set("answer", "").send(&visitor).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let thanks = form.set("answer", "Fredag kl. 22. Bare dere.").send(&visitor).await;
    assert!(thanks.text.contains("Takk"), "{thanks:?}");
    assert_eq!(visitor.get(&link).await.status, StatusCode::NOT_FOUND, "one answer");
    let answered = mailed(&running, "personvernombud@example.org", "har svart").await;
    assert!(!answered.contains("Fredag"), "{answered}");
    let told = story::timeline(&running, &filed).await;
    let answer = told.iter().find(|it| it["happened"]["event"] == "inquiry_answered").unwrap();
    assert_eq!(answer["by"]["kind"], "respondent");
    let log = running.browser(Role::Auditor).await.get("/access-log").await;
    assert!(log.text.contains("Hemmelig lenke"), "{log:?}");
    finish(&running, &filed).await;
}

/// While the officer is away a deputy carries the case on to the memo.
async fn finish(running: &Running, filed: &Filed) {
    let (handler, deputy) =
        (running.people.holder(Role::Dpo), running.people.holder(Role::SecurityOfficer));
    dpo(running, filed, steps::assign(handler, Some(deputy))).await;
    let away = json!({ "until": "2026-03-09T07:00:00Z" });
    let _ = running.api(Role::Dpo).post("/api/v1/absence", &away).await;
    let acting = async |step: Step| {
        story::take(running, Role::SecurityOfficer, filed, &step).await;
    };
    let account = measure_from(running, filed, "written-account").await;
    acting(steps::complete_measure(&account, "Redegjørelsen er mottatt")).await;
    acting(steps::verify_measure(&account, true, "Den svarer på alt")).await;
    acting(steps::assess("Innbrudd", "notify_authority")).await;
    acting(steps::refer("police_report", "Vest politidistrikt", "Datainnbrudd", "1234/26")).await;
    controller(running, filed, steps::decide("notify", "Innbrudd")).await;
    acting(steps::notify("2026-03-02T08:00:00Z", None)).await;
    controller(running, filed, steps::decide_on_people("no_high_risk", "Kryptert")).await;
    acting(steps::submit_memo("Innbruddet")).await;
    controller(running, filed, steps::close()).await;
    assert_eq!(story::case(running, Role::Dpo, filed).await["phase"], "closed");
}

#[tokio::test]
async fn whatever_is_the_matter_with_a_link_the_page_is_the_same() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let inquiry = ask(&running, &filed).await;
    let link = answer_page(&mailed(&running, CONTACT, "/answer/").await);
    let visitor = running.visitor();
    let wrong = visitor.get(&format!("/answer/{}", "0".repeat(64))).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    dpo(&running, &filed, steps::withdraw_inquiry(&inquiry, "Feil adresse")).await;
    let withdrawn = visitor.get(&link).await;
    assert_eq!((withdrawn.status, &withdrawn.text), (wrong.status, &wrong.text));
    assert!(!withdrawn.text.contains(&filed.number));
    let other = reported(&running).await;
    ask(&running, &other).await;
    let second = mailed(&running, CONTACT, &other.number).await;
    let second = answer_page(&second);
    assert_eq!(visitor.get(&second).await.status, StatusCode::OK);
    running.pass(TimeDelta::days(15));
    let expired = visitor.get(&second).await;
    assert_eq!((expired.status, &expired.text), (wrong.status, &wrong.text));
}

#[tokio::test]
async fn a_respondent_is_reminded_and_an_answer_that_is_late_is_seen() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    dpo(&running, &filed, steps::inquire(owner, "Hvor mange?", DUE_AT)).await;
    running.pass(TimeDelta::hours(30));
    mailed(&running, "systemeier@example.org", "venter fortsatt").await;
    let reminded = story::happened(&running, &filed, "inquiry_reminded").await;
    assert_eq!(reminded.len(), 1);
    assert_eq!(reminded[0]["reminder"], "before_due");
    running.pass(TimeDelta::hours(30));
    let late = mailed(&running, "personvernombud@example.org", "skulle vært besvart").await;
    assert!(!late.contains("Hvor mange"), "{late}");
    let inbox = running.browser(Role::Dpo).await.get("/inbox").await;
    assert!(inbox.text.contains("Svar mangler"), "{inbox:?}");
    assert!(page(&running, Role::Dpo, &filed).await.contains("Over tiden"));
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["inquiries"][0]["overdue"], true);
    let browser = running.browser(Role::SystemOwner).await;
    let own = browser.get("/inquiries").await;
    assert!(own.text.contains("Svaret skulle vært gitt"), "{own:?}");
    let inquiry = case["inquiries"][0]["id"].as_str().unwrap();
    let address = format!("{}/inquiries/{inquiry}", filed.page());
    let shown = browser.get(&address).await.expect(StatusCode::OK);
    let sent = BrowserForm::on(&shown, &address).set("answer", "Sju").send(&browser).await;
    assert!(sent.text.contains("Svaret er sendt"), "{sent:?}");
    let inbox = running.browser(Role::Dpo).await.get("/inbox").await;
    assert!(!inbox.text.contains("Svar mangler"), "{inbox:?}");
}
