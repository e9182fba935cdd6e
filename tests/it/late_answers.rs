//! An answer that comes late: after the case has ended it is taken all the same; by a link that is
//! used or too old nothing is taken, and nothing that was written is lost.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::mails::{answer_page, mailed, text_of};
use tests::story::{self, Filed};
use tests::{File, Running, steps};

const QUESTION: &str = "Hvem har slått opp i journalen?";
const ANSWER: &str = "Sju oppslag, alle fra samme bruker.\nFire av dem om natten.";
const CONTACT: &str = "drift@example.net";
const DUE: &str = "2026-03-04T12:00:00Z";
const OVER: &str = "venter ikke på svar lenger";

fn log() -> File {
    File::new("oppslag.txt", "text/plain", b"Merkelogg: sju oppslag")
}

async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

/// A case in which the system owner is asked, and the page of the question.
async fn asked(running: &Running) -> (Filed, String) {
    let filed = received(running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let ask = steps::inquire(owner, QUESTION, DUE);
    let made = story::take(running, Role::Dpo, &filed, &ask).await.json();
    let page = format!("{}/inquiries/{}", filed.page(), made["id"].as_str().unwrap());
    (filed, page)
}

/// A case in which somebody outside is asked, and the link they were mailed.
async fn asked_outside(running: &Running) -> (Filed, String) {
    let filed = received(running).await;
    let ask = steps::inquire_outside("Driftsselskapet", CONTACT, QUESTION, DUE);
    story::take(running, Role::Dpo, &filed, &ask).await;
    (filed, answer_page(&mailed(running, CONTACT, "/answer/").await))
}

async fn end(running: &Running, filed: &Filed) {
    let found = steps::close_as_not_a_deviation("Oppslagene var i tjenesten");
    story::take(running, Role::Dpo, filed, &found).await;
}

async fn answers(running: &Running, filed: &Filed) -> Value {
    story::case(running, Role::Dpo, filed).await["inquiries"][0]["answers"].clone()
}

/// The mails that say that no answer is needed any more, each with whom it went to.
async fn told_over(running: &Running) -> Vec<String> {
    running.service().dispatch_once().await;
    let mails = running.mails().into_iter().filter(|mail| text_of(mail).contains(OVER));
    mails.collect()
}

#[tokio::test]
async fn whoever_answers_while_the_case_is_closed_is_heard_with_their_files() {
    let running = Running::start().await;
    let (filed, page) = asked(&running).await;
    let owner = running.browser(Role::SystemOwner).await;
    let form = BrowserForm::open(&owner, &page, &page).await.set("answer", ANSWER);
    end(&running, &filed).await;
    let list = owner.get("/inquiries").await.expect(StatusCode::OK).text;
    assert!(!list.contains(&page), "nobody waits for it: {list}");
    for _ in 0..2 {
        let kept = form.send_with(&owner, &[log()]).await.expect(StatusCode::OK);
        assert!(kept.text.contains("Svaret er sendt."), "{}", kept.text);
        assert!(kept.text.contains("ingen venter på svaret"), "{}", kept.text);
    }
    let kept = answers(&running, &filed).await;
    assert_eq!(kept.as_array().map(Vec::len), Some(1), "{kept}");
    assert_eq!(
        (&kept[0]["text"], &kept[0]["attachments"][0]["name"]),
        (&json!(ANSWER), &json!("oppslag.txt"))
    );
    let _ = mailed(&running, "personvernombud@example.org", "har svart").await;
    let own = filed.address(page.strip_prefix(&format!("{}/", filed.page())).unwrap());
    let own = running.api(Role::SystemOwner).get(&own).await.expect(StatusCode::OK).json();
    assert_eq!(own["ended"], true, "{own}");
}

#[tokio::test]
async fn a_statement_is_not_taken_once_the_case_is_closed_and_is_not_lost() {
    let running = Running::start().await;
    let (filed, page) = asked(&running).await;
    let owner = running.browser(Role::SystemOwner).await;
    let form = BrowserForm::open(&owner, &page, &page).await;
    let form = form.without("answer").set("statement", ANSWER);
    end(&running, &filed).await;
    let again = form.send(&owner).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("Fire av dem om natten."), "{}", again.text);
    assert!(again.text.contains("Send teksten som svar"), "{}", again.text);
    let later = owner.get(&page).await.expect(StatusCode::OK).text;
    assert!(!later.contains("name=\"statement\""), "nothing is asked for in vain: {later}");
}

#[tokio::test]
async fn a_link_takes_its_answer_also_where_the_case_went_on_in_another() {
    let running = Running::start().await;
    let goes_on = received(&running).await;
    let (filed, link) = asked_outside(&running).await;
    let visitor = running.visitor();
    let form = BrowserForm::open(&visitor, &link, "/answer").await.set("answer", ANSWER);
    let merge = steps::merge(&goes_on.number, "Meldt to ganger");
    story::take(&running, Role::Dpo, &filed, &merge).await;
    let told = mailed(&running, CONTACT, OVER).await;
    assert!(told.contains(&filed.number) && !told.contains("journalen"), "{told}");
    assert!(!told.contains("/answer/") && !told.contains(&goes_on.number), "{told}");
    let shown = visitor.get(&link).await.expect(StatusCode::OK).text;
    assert!(shown.contains("ingen venter på svaret"), "{shown}");
    let thanks = form.send_with(&visitor, &[log()]).await.expect(StatusCode::OK);
    assert!(thanks.text.contains("Takk"), "{}", thanks.text);
    assert_eq!(answers(&running, &filed).await[0]["text"], ANSWER);
    assert_eq!(visitor.get(&link).await.status, StatusCode::NOT_FOUND, "one answer");
}

#[tokio::test]
async fn what_was_written_behind_a_link_that_ran_out_or_was_used_is_given_back() {
    let running = Running::start().await;
    let (filed, link) = asked_outside(&running).await;
    let visitor = running.visitor();
    let [form, other] = [(); 2].map(|()| BrowserForm::open(&visitor, &link, "/answer"));
    let (form, other) = (form.await, other.await.set("answer", "Fredag kl. 22."));
    let given_back = async |form: &BrowserForm, files: &[File]| {
        let page = form.send_with(&visitor, files).await.expect(StatusCode::NOT_FOUND).text;
        assert!(page.contains("spør personvernombudet"), "{page}");
        for hidden in ["journalen", &*filed.number] {
            assert!(!page.contains(hidden), "{hidden}: {page}");
        }
        page
    };
    assert!(other.send(&visitor).await.expect(StatusCode::OK).text.contains("Takk"));
    let form = form.set("answer", ANSWER);
    let used = given_back(&form, &[log()]).await;
    assert!(used.contains(&format!("readonly>\n{ANSWER}</textarea>")), "{used}");
    assert!(used.contains("Filene du la ved, er heller ikke tatt imot."), "{used}");
    running.pass(TimeDelta::days(400));
    let late = given_back(&form, &[]).await;
    assert!(late.contains("Fire av dem om natten."), "{late}");
    assert!(!late.contains("Filene du la ved"), "{late}");
    let kept = answers(&running, &filed).await;
    assert_eq!(kept.as_array().map(Vec::len), Some(1), "{kept}");
}

#[tokio::test]
async fn whoever_is_still_asked_is_told_once_that_no_answer_is_needed() {
    let running = Running::start().await;
    let (filed, page) = asked(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let again = steps::inquire(owner, "Siden når?", DUE);
    story::take(&running, Role::Dpo, &filed, &again).await;
    let leader = running.people.holder(Role::Leader);
    let other = steps::inquire(leader, "Hvem var på vakt?", DUE);
    let other = story::take(&running, Role::Dpo, &filed, &other).await.json();
    let answered = steps::answer_inquiry(other["id"].as_str().unwrap(), "Ingen.");
    story::take(&running, Role::Leader, &filed, &answered).await;
    end(&running, &filed).await;
    let address = format!("{}@example.org", owner.sign_in_name);
    let text = mailed(&running, &address, OVER).await;
    assert!(text.contains(&filed.number) && !text.contains("journalen"), "{text}");
    let told = told_over(&running).await;
    assert_eq!(told.len(), 1, "once, and nobody who has answered: {told:?}");
    running.pass(TimeDelta::days(5));
    running.service().remind_once().await;
    assert!(story::happened(&running, &filed, "inquiry_reminded").await.is_empty());
    let _ = running.browser(Role::SystemOwner).await.get(&page).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_question_taken_back_is_told_and_an_answer_to_it_is_refused_with_its_words() {
    let running = Running::start().await;
    let (filed, page) = asked(&running).await;
    let owner = running.browser(Role::SystemOwner).await;
    let form = BrowserForm::open(&owner, &page, &page).await.set("answer", ANSWER);
    let inquiry = page.rsplit('/').next().unwrap();
    story::take(&running, Role::Dpo, &filed, &steps::withdraw_inquiry(inquiry, "Feil")).await;
    let address = format!("{}@example.org", running.people.holder(Role::SystemOwner).sign_in_name);
    let _ = mailed(&running, &address, OVER).await;
    let again = form.send(&owner).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("det trengs ikke noe svar"), "{}", again.text);
    assert_eq!(BrowserForm::on(&again, &page).value("answer"), Some(ANSWER));
}

#[tokio::test]
async fn what_was_written_is_given_back_where_the_page_is_gone() {
    let running = Running::start().await;
    let (filed, page) = asked(&running).await;
    let owner = running.browser(Role::SystemOwner).await;
    let form = BrowserForm::open(&owner, &page, &page).await.set("answer", ANSWER);
    let involved = steps::involve(running.people.holder(Role::SystemOwner));
    story::take(&running, Role::Dpo, &filed, &involved).await;
    let gone = form.send_with(&owner, &[log()]).await.expect(StatusCode::NOT_FOUND);
    assert!(gone.text.contains(&format!("readonly>\n{ANSWER}</textarea>")), "{}", gone.text);
    assert!(gone.text.contains("Filene du la ved, er heller ikke tatt imot."), "{}", gone.text);
    assert!(!gone.text.contains("slått opp"), "nor is the question on it: {}", gone.text);
}
