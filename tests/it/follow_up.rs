//! The reporter's way back: with the code and nothing else.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use service::Settings;
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed, WHAT_HAPPENED, report_a_lost_phone};
use tests::{Answer, Client, Running, disk, steps};

fn open_to_all(settings: &mut Settings) {
    settings.report_without_login = true;
}

/// An anonymous report of somebody who did not sign in.
async fn reported(running: &Running) -> Filed {
    let unit = running.people.holder(Role::Employee).unit.to_string();
    report_a_lost_phone(&running.visitor(), &[("openness", "anonymous"), ("unit", &unit)]).await
}

async fn take(running: &Running, filed: &Filed, step: &steps::Step) {
    story::take(running, Role::Dpo, filed, step).await;
}

async fn come_back(client: &Client, code: &str) -> Answer {
    client.fill_in("/follow-up", "/follow-up", &[("code", code)]).await
}

/// The form for the question on the page, filled in.
fn answering(page: &Answer, words: &str) -> BrowserForm {
    let form = BrowserForm::on(page, "/follow-up/answer");
    let field = format!("answer-{}", form.value("question").unwrap());
    form.set(&field, words)
}

fn escaped(text: &str) -> String {
    let signs = [("&", "&#38;"), ("<", "&#60;"), (">", "&#62;"), ("\"", "&#34;")];
    signs.iter().fold(text.to_owned(), |text, (sign, entity)| text.replace(sign, entity))
}

#[tokio::test]
async fn with_the_code_the_reporter_sees_how_far_it_has_come() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    let page = come_back(&running.visitor(), &filed.code).await.expect(StatusCode::OK);
    assert!(page.text.contains(&filed.number), "{}", page.text);
    assert!(page.text.contains(&escaped(WHAT_HAPPENED)), "{}", page.text);
    take(&running, &filed, &steps::receive(&running.people)).await;
    let later = come_back(&running.visitor(), &filed.code).await.expect(StatusCode::OK);
    assert_ne!(later.text, page.text, "the state has changed");
}

#[tokio::test]
async fn the_code_is_known_however_it_is_typed() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    let typed = format!(" {} ", filed.code.to_lowercase().replace('-', ""));
    let page = come_back(&running.visitor(), &typed).await.expect(StatusCode::OK);
    assert!(page.text.contains(&filed.number), "{}", page.text);
}

#[tokio::test]
async fn a_wrong_code_opens_nothing_and_stays_in_its_field() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    let last = if filed.code.ends_with('0') { "1" } else { "0" };
    let wrong = format!("{}{last}", &filed.code[..filed.code.len() - 1]);
    for code in ["", "0000-0000", &wrong] {
        let page = come_back(&running.visitor(), code).await;
        let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!page.text.contains(&filed.number), "{}", page.text);
        assert_eq!(BrowserForm::on(&page, "/follow-up").value("code"), Some(code));
    }
}

#[tokio::test]
async fn a_question_reaches_the_reporter_and_the_answer_the_dpo() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    take(&running, &filed, &steps::receive(&running.people)).await;
    take(&running, &filed, &steps::ask_reporter("Hvilken farge hadde etuiet?")).await;
    let reporter = running.visitor();
    let page = come_back(&reporter, &filed.code).await.expect(StatusCode::OK);
    assert!(page.text.contains("Hvilken farge hadde etuiet?"), "{}", page.text);
    let form = answering(&page, "Burgunder, med klips");
    let answered = form.send(&reporter).await.expect(StatusCode::OK);
    assert!(answered.form("/follow-up/answer").is_none(), "the question is answered");
    // A second click changes nothing.
    assert_eq!(form.send(&reporter).await.status, StatusCode::OK);

    let case = story::case(&running, Role::Dpo, &filed).await;
    let questions = case["questions"].as_array().unwrap();
    assert_eq!(questions.len(), 1);
    assert_eq!(questions[0]["answer"], "Burgunder, med klips");
    let answers = story::happened(&running, &filed, "reporter_answered").await;
    assert_eq!(answers.len(), 1);
}

#[tokio::test]
async fn an_answer_left_empty_is_asked_for_and_changes_nothing() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    take(&running, &filed, &steps::ask_reporter("Hvilken farge hadde etuiet?")).await;
    let reporter = running.visitor();
    let page = come_back(&reporter, &filed.code).await;
    let form = BrowserForm::on(&page, "/follow-up/answer");
    let again = form.send(&reporter).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.form("/follow-up/answer").is_some());
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert!(case["questions"][0]["answer"].is_null(), "{case}");
}

#[tokio::test]
async fn the_reporter_adds_to_the_report_also_when_the_case_is_closed() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    let found = steps::close_as_not_a_deviation("Telefonen lå i skuffen");
    take(&running, &filed, &found).await;
    let reporter = running.visitor();
    let page = come_back(&reporter, &filed.code).await;
    let form =
        BrowserForm::on(&page, "/follow-up/add").set("text", "Den kom til rette\nved rute 3");
    let added = form.send(&reporter).await.expect(StatusCode::OK);
    assert!(added.text.contains("ved rute 3"), "{}", added.text);
    assert_eq!(form.send(&reporter).await.status, StatusCode::OK);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["additions"], serde_json::json!(["Den kom til rette\nved rute 3"]));
}

#[tokio::test]
async fn what_was_asked_is_answered_also_when_the_case_is_closed() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    take(&running, &filed, &steps::ask_reporter("Var det låst?")).await;
    take(&running, &filed, &steps::close_as_not_a_deviation("Telefonen lå i skuffen")).await;
    let reporter = running.visitor();
    let page = come_back(&reporter, &filed.code).await;
    let form = answering(&page, "Ja, med kode");
    let _ = form.send(&reporter).await.expect(StatusCode::OK);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["questions"][0]["answer"], "Ja, med kode");
}

#[tokio::test]
async fn whoever_reported_what_goes_on_in_another_case_is_still_asked() {
    let running = Running::start_with(open_to_all).await;
    let (goes_on, ends) = (reported(&running).await, reported(&running).await);
    for filed in [&goes_on, &ends] {
        take(&running, filed, &steps::receive(&running.people)).await;
    }
    take(&running, &ends, &steps::merge(&goes_on.number, "Meldt to ganger")).await;
    let dpo = running.browser(Role::Dpo).await;
    let form = format!("{}/ask", ends.page());
    let case = dpo.get(&ends.page()).await.expect(StatusCode::OK);
    assert!(case.text.contains(&form), "the page leads there: {case:?}");
    let form = BrowserForm::open(&dpo, &form, &form).await.set("question", "Hva så du?");
    let _ = form.send(&dpo).await.expect(StatusCode::SEE_OTHER);
    let page = come_back(&running.visitor(), &ends.code).await.expect(StatusCode::OK);
    assert!(page.text.contains("Hva så du?"), "{page:?}");
}

#[tokio::test]
async fn what_an_anonymous_reporter_adds_and_answers_is_for_the_officer_alone() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    take(&running, &filed, &steps::receive(&running.people)).await;
    take(&running, &filed, &steps::ask_reporter("Hvilken vakt hadde du?")).await;
    let reporter = running.visitor();
    let page = come_back(&reporter, &filed.code).await;
    let answer = answering(&page, "Nattevakten i uke ni");
    let page = answer.send(&reporter).await.expect(StatusCode::OK);
    let add = BrowserForm::on(&page, "/follow-up/add").set("text", "Jeg var alene på jobb");
    let _ = add.send(&reporter).await.expect(StatusCode::OK);
    let said = ["Hvilken vakt", "Nattevakten", "alene på jobb"];
    for role in [Role::Leader, Role::Controller, Role::SecurityOfficer, Role::Dpo] {
        let client = running.browser(role).await;
        let mut seen = vec![
            story::case(&running, role, &filed).await.to_string(),
            running.api(role).get(&filed.address("timeline")).await.text,
        ];
        for page in ["", "/documents/case-file", "/compare"] {
            seen.push(client.get(&format!("{}{page}", filed.page())).await.text);
        }
        let found = client.fill_in("/inbox", "/inbox", &[("words", "nattevakten")]).await;
        seen.push(found.text.replace("nattevakten", ""));
        let seen = seen.concat();
        for words in said {
            assert_eq!(seen.contains(words), role == Role::Dpo, "{role:?}: {words}");
        }
    }
}

#[tokio::test]
async fn the_reporters_page_tells_nothing_that_others_have_said() {
    let running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    story::walk_to_closed(&running, &filed).await;
    let page = come_back(&running.visitor(), &filed.code).await.expect(StatusCode::OK);
    for said in story::SAID_IN_HANDLING {
        assert!(!page.text.contains(said), "{said:?} stands on the reporter's page");
    }
    let dpo = &running.people.holder(Role::Dpo).name;
    assert!(!page.text.contains(dpo), "{}", page.text);
}

#[tokio::test]
async fn the_code_lies_nowhere_on_disk_and_in_no_address() {
    let mut running = Running::start_with(open_to_all).await;
    let filed = reported(&running).await;
    let reporter = running.visitor();
    let page = come_back(&reporter, &filed.code).await;
    let form = BrowserForm::on(&page, "/follow-up/add").set("text", "mer");
    assert_eq!(form.send(&reporter).await.status, StatusCode::OK);
    running.pass(TimeDelta::hours(80));
    eventually("the mails", async || (1 < running.mails().len()).then_some(())).await;
    running.stop().await;
    let plain = filed.code.replace('-', "");
    for code in [&filed.code, &plain, &plain.to_lowercase()] {
        let holding = disk::files_holding(running.data_dir(), code.as_bytes());
        assert!(holding.is_empty(), "{holding:?}");
    }
    // What is looked for is there to be found.
    let number = format!("\"sequence\":{}", 1);
    assert!(!disk::files_holding(running.data_dir(), number.as_bytes()).is_empty());
}
