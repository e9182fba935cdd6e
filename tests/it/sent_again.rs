//! A form that is sent again with something else in it: what was sent first stands, and nobody is
//! thanked for what is not recorded.

use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use service::Settings;
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed, WHAT_HAPPENED, lost_phone};
use tests::{Answer, Client, File, Running, steps};

const MORE: &str = "Den lå på setet da jeg gikk av.\nKoden sto på en lapp i etuiet.";

fn open_to_all(settings: &mut Settings) {
    settings.report_without_login = true;
}

fn photo() -> File {
    File::new("lapp.txt", "text/plain", b"Merkelapp 1-2-3-4")
}

/// An anonymous report as it stands in the browser of whoever is about to send it.
async fn filled_in(running: &Running) -> (Client, BrowserForm) {
    let unit = running.people.holder(Role::Employee).unit.to_string();
    let reporter = running.visitor();
    let told = [("openness", "anonymous"), ("unit", unit.as_str())];
    let form = lost_phone(&reporter, &told).await;
    (reporter, form)
}

fn adding(page: &Answer) -> BrowserForm {
    BrowserForm::on(page, "/follow-up/add")
}

#[tokio::test]
async fn a_report_sent_again_is_thanked_for_and_its_new_words_can_be_added() {
    let mut running = Running::start_with(open_to_all).await;
    let (reporter, form) = filled_in(&running).await;
    let filed = Filed::from_receipt(&form.send(&reporter).await);
    let longer = format!("{WHAT_HAPPENED}\n{MORE}");
    let edited = form.clone().set("what_happened", &longer).set("done_already", "Ringt rutebilen");
    running.restart().await;
    let reporter = running.visitor();
    let csrf = lost_phone(&reporter, &[]).await;
    let now = |form: &BrowserForm| form.clone().set("csrf", csrf.value("csrf").unwrap());

    let same = now(&form).send(&reporter).await.expect(StatusCode::OK);
    assert_eq!(Filed::from_receipt(&same).code, filed.code);
    assert!(same.form("/follow-up/add").is_none(), "there is nothing to add");

    let told = now(&edited).send_with(&reporter, &[photo()]).await.expect(StatusCode::CONFLICT);
    for said in [&*filed.number, &*filed.code, "Det du har endret siden, er ikke sendt."] {
        assert!(told.text.contains(said), "{said}: {}", told.text);
    }
    let form = adding(&told);
    let words = form.value("text").unwrap();
    assert!(words.contains(MORE) && words.contains("Ringt rutebilen"), "{words}");
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["report"]["what_happened"], WHAT_HAPPENED, "what was sent first stands");
    assert_eq!((&case["additions"], &case["attachments"]), (&json!([]), &json!([])));

    let added = form.send_with(&reporter, &[photo()]).await.expect(StatusCode::OK);
    assert!(added.text.contains("Ringt rutebilen"), "{}", added.text);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["additions"], json!([words]));
    assert_eq!(case["attachments"][0]["name"], "lapp.txt");
    let cases = running.api(Role::Dpo).get("/api/v1/cases").await.json();
    assert_eq!(cases["total"], 1);
}

#[tokio::test]
async fn another_file_alone_makes_it_another_report_too() {
    let running = Running::start_with(open_to_all).await;
    let (reporter, form) = filled_in(&running).await;
    for _ in 0..2 {
        let sent = form.send_with(&reporter, &[photo()]).await.expect(StatusCode::OK);
        assert!(sent.form("/follow-up/add").is_none(), "the same file is the same form");
    }
    let other = File::new("lapp.txt", "text/plain", b"Merkelapp 5-6-7-8");
    for files in [vec![], vec![other]] {
        let told = form.send_with(&reporter, &files).await.expect(StatusCode::CONFLICT);
        assert_eq!(adding(&told).value("text"), Some(""), "no words are new");
    }
}

#[tokio::test]
async fn a_step_sent_again_with_other_words_comes_back_and_can_be_taken_as_another() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/note", filed.page());
    let form = BrowserForm::open(&dpo, &address, &address).await.set("note", "Ringte rutebilen.");
    for _ in 0..2 {
        assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    }
    let edited = form.set("note", "Ringte rutebilen.\nDe ringer tilbake.");
    let told = edited.send(&dpo).await.expect(StatusCode::CONFLICT);
    assert!(told.text.contains("Det du har endret siden, er ikke lagret."), "{}", told.text);
    assert!(told.text.contains("De ringer tilbake."), "{}", told.text);
    let notes = async || {
        let case = story::case(&running, Role::Dpo, &filed).await;
        case["notes"].as_array().unwrap().len()
    };
    assert_eq!(notes().await, 1);
    let anew = BrowserForm::on(&told, &address);
    let shown = anew.clone().also("look-over", "1").send(&dpo).await.expect(StatusCode::OK);
    let shown = BrowserForm::on(&shown, &address);
    assert_eq!(shown.value("note"), edited.value("note"));
    assert_ne!(shown.value("key"), edited.value("key"), "it is another form now");
    assert_eq!(notes().await, 1);
    for form in [&shown, &anew] {
        assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
        assert_eq!(notes().await, 2, "once, however it is sent on");
    }
}

#[tokio::test]
async fn an_answer_sent_again_with_another_file_is_sent_on_with_it() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let owner = running.people.holder(Role::SystemOwner);
    let ask = steps::inquire(owner, "Hvem?", "2026-03-04T12:00:00Z");
    let made = story::take(&running, Role::Dpo, &filed, &ask).await.json();
    let address = format!("{}/inquiries/{}", filed.page(), made["id"].as_str().unwrap());
    let owner = running.browser(Role::SystemOwner).await;
    let form = BrowserForm::open(&owner, &address, &address).await.set("answer", "Sju oppslag.");
    let _ = form.send(&owner).await.expect(StatusCode::OK);
    let told = form.send_with(&owner, &[photo()]).await.expect(StatusCode::CONFLICT);
    assert!(told.text.contains("også tatt vare på"), "the file is kept: {}", told.text);
    let _ = BrowserForm::on(&told, &address).send(&owner).await.expect(StatusCode::OK);
    let case = story::case(&running, Role::Dpo, &filed).await;
    let answers = case["inquiries"][0]["answers"].as_array().unwrap();
    let came_with = answers.iter().map(|it| it["attachments"].as_array().unwrap().len());
    assert_eq!(came_with.sum::<usize>(), 1, "{case}");
    assert_eq!(case["attachments"][0]["name"], "lapp.txt");
}

#[tokio::test]
async fn what_a_reporter_adds_twice_with_other_words_is_not_thanked_for() {
    let running = Running::start_with(open_to_all).await;
    let (reporter, form) = filled_in(&running).await;
    let filed = Filed::from_receipt(&form.send(&reporter).await);
    let page = reporter.fill_in("/follow-up", "/follow-up", &[("code", &filed.code)]).await;
    let form = adding(&page).set("text", "Etuiet var blått.");
    let _ = form.send(&reporter).await.expect(StatusCode::OK);
    let edited = form.set("text", "Etuiet var blått, med lapp i.");
    let told = edited.send(&reporter).await.expect(StatusCode::CONFLICT);
    let _ = adding(&told).send(&reporter).await.expect(StatusCode::OK);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["additions"], json!(["Etuiet var blått.", "Etuiet var blått, med lapp i."]));
}
