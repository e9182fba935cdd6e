//! Somebody who got a mail by mistake says by a secret link what became of it: once, without being
//! told anything of the case, and as a proposal to whoever establishes the facts.

use domain::Role;
use hyper::StatusCode;
use tests::browser_form::BrowserForm;
use tests::mails::{answer_page, mailed};
use tests::story::{self, Filed};
use tests::{Running, steps};

const RECIPIENT: &str = "ola@example.net";
const CONTENT: &str = "Epikrisen til en pasient";
const DUE_AT: &str = "2026-03-04T12:00:00Z";

/// A case in which a recipient was mailed a link, and the link.
async fn asked(running: &Running) -> (Filed, String) {
    let filed = story::report_by_api(running, None).await;
    let ask = steps::ask_confirmation("Ola Nordmann", RECIPIENT, CONTENT, DUE_AT);
    story::take(running, Role::Dpo, &filed, &ask).await;
    let mail = mailed(running, RECIPIENT, "/answer/").await;
    assert_tells_nothing(&filed, &mail);
    let link = answer_page(&mail);
    (filed, link)
}

/// Neither number, content nor category of the case.
fn assert_tells_nothing(filed: &Filed, text: &str) {
    for hidden in [&*filed.number, "pikrise", "Nordmann", "mobil", "telefon"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
}

fn answered(form: BrowserForm) -> BrowserForm {
    form.set("disposal", "deleted")
        .set("opened", "yes")
        .set("passed_on", "no")
        .set("remark", "Jeg merket det med en gang.")
}

#[tokio::test]
async fn a_recipient_confirms_once_and_is_told_nothing() {
    let running = Running::start().await;
    let (filed, link) = asked(&running).await;
    let visitor = running.visitor();
    let page = visitor.get(&link).await.expect(StatusCode::OK);
    assert_tells_nothing(&filed, &page.text);
    assert!(page.text.contains(r#"name="robots" content="noindex""#), "{page:?}");
    assert!(page.text.contains(r#"name="referrer" content="no-referrer""#), "{page:?}");
    let form = BrowserForm::on(&page, "/answer/confirmation");
    let half = form.clone().set("disposal", "deleted").send(&visitor).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY, "{half:?}");
    assert_tells_nothing(&filed, &half.text);
    let form = answered(form);
    let thanks = form.send(&visitor).await;
    assert!(thanks.text.contains("Takk"), "{thanks:?}");
    let used = visitor.get(&link).await;
    assert_eq!(used.status, StatusCode::NOT_FOUND, "a link takes one answer");
    assert_tells_nothing(&filed, &used.text);
    assert_eq!(form.send(&visitor).await.status, StatusCode::OK, "sent twice, it is kept once");
    let given = story::happened(&running, &filed, "confirmation_given").await;
    assert_eq!(given.len(), 1, "{given:?}");
}

#[tokio::test]
async fn the_answer_is_evidence_on_the_case_and_proposes_facts() {
    let running = Running::start().await;
    let (filed, link) = asked(&running).await;
    let visitor = running.visitor();
    let page = visitor.get(&link).await.expect(StatusCode::OK);
    answered(BrowserForm::on(&page, "/answer/confirmation")).send(&visitor).await;
    let told = mailed(&running, "personvernombud@example.org", "har svart").await;
    assert!(!told.contains("merket"), "{told}");
    let case = story::case(&running, Role::Dpo, &filed).await;
    let given = &case["inquiries"][0]["confirmation"]["given"];
    assert_eq!(given["disposal"], "deleted", "{case}");
    assert_eq!((&given["opened"], &given["passed_on"]), (&true.into(), &false.into()));
    assert!(case["facts"].is_null() || case["facts"]["version"].is_null(), "{}", case["facts"]);
    let officer = running.browser(Role::Dpo).await;
    let shown = officer.get(&filed.page()).await;
    assert!(shown.text.contains("Jeg merket det med en gang."), "{shown:?}");
    assert!(shown.text.contains(CONTENT), "{shown:?}");
    let address = format!("{}/facts", filed.page());
    let facts = BrowserForm::open(&officer, &address, &address).await;
    assert_eq!(facts.value("deletion"), Some("confirmed"));
    assert_eq!(facts.value("disclosure"), Some("seen"));
    assert_eq!(facts.value("spread"), Some("no"));
}

#[tokio::test]
async fn a_link_that_was_withdrawn_leads_nowhere() {
    let running = Running::start().await;
    let (filed, link) = asked(&running).await;
    let visitor = running.visitor();
    let page = visitor.get(&link).await.expect(StatusCode::OK);
    let form = answered(BrowserForm::on(&page, "/answer/confirmation"));
    let case = story::case(&running, Role::Dpo, &filed).await;
    let inquiry = case["inquiries"][0]["id"].as_str().unwrap().to_owned();
    story::take(&running, Role::Dpo, &filed, &steps::withdraw_inquiry(&inquiry, "Feil")).await;
    let withdrawn = form.send(&visitor).await;
    assert_eq!(withdrawn.status, StatusCode::NOT_FOUND, "{withdrawn:?}");
    assert_tells_nothing(&filed, &withdrawn.text);
    assert!(withdrawn.text.contains("Jeg merket det med en gang."), "{withdrawn:?}");
    let given = story::happened(&running, &filed, "confirmation_given").await;
    assert!(given.is_empty(), "{given:?}");
}

#[tokio::test]
async fn a_recipient_confirms_also_after_the_case_has_ended() {
    let running = Running::start().await;
    let (filed, link) = asked(&running).await;
    let visitor = running.visitor();
    let page = visitor.get(&link).await.expect(StatusCode::OK);
    let form = answered(BrowserForm::on(&page, "/answer/confirmation"));
    let found = steps::close_as_not_a_deviation("Det gikk til rett mottaker");
    story::take(&running, Role::Dpo, &filed, &found).await;
    let thanks = form.send(&visitor).await.expect(StatusCode::OK);
    assert!(thanks.text.contains("Takk"), "{thanks:?}");
    assert_eq!(story::happened(&running, &filed, "confirmation_given").await.len(), 1);
    running.service().dispatch_once().await;
    let over =
        running.mails().iter().any(|mail| tests::mails::text_of(mail).contains("trenger ikke"));
    assert!(!over, "what they got is to be gone all the same");
}
