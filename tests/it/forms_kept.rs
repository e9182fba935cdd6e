//! What somebody filled in is not lost: over a session that ran out the form comes back with every
//! word, and the files chosen in it need not be chosen twice.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::Value;
use service::Settings;
use tests::browser_form::BrowserForm;
use tests::people::PASSWORD;
use tests::story::{self, FORM, Filed, WHAT_HAPPENED, lost_phone};
use tests::{Answer, Client, File, Running, disk, steps};

/// The boxes for files that are kept.
const KEPT: &str = "keep-file";

fn open_to_all(settings: &mut Settings) {
    settings.report_without_login = true;
}

fn file(name: &str, content: &str) -> File {
    File::new(name, "text/plain", content)
}

fn two_files() -> [File; 2] {
    [file("en.txt", "Merkeinnhold A"), file("to.txt", "Merkeinnhold B")]
}

/// The report as a browser holds it, with nothing said of where it happened.
async fn without_unit(running: &Running) -> (Client, BrowserForm) {
    let reporter = running.visitor();
    let form = lost_phone(&reporter, &[("openness", "anonymous")]).await.set("unit", "");
    (reporter, form)
}

fn unit(running: &Running) -> String {
    running.people.holder(Role::Employee).unit.to_string()
}

/// What is attached to a case, by name and content.
async fn attached(running: &Running, filed: &Filed) -> Vec<(String, String)> {
    let case = story::case(running, Role::Dpo, filed).await;
    let mut all = Vec::new();
    for it in case["attachments"].as_array().unwrap() {
        let path = filed.address(&format!("attachments/{}", it["id"].as_str().unwrap()));
        let content = running.api(Role::Dpo).get(&path).await.expect(StatusCode::OK).text;
        all.push((it["name"].as_str().unwrap().to_owned(), content));
    }
    all
}

fn names(attached: &[(String, String)]) -> Vec<&str> {
    attached.iter().map(|(name, _)| name.as_str()).collect()
}

/// Signs in on the page that came instead of the one asked for.
async fn sign_in(client: &Client, instead: &Answer, name: &str) -> Answer {
    let form = BrowserForm::on(instead, "/sign-in");
    form.fill(&[("name", name), ("password", PASSWORD)]).send(client).await
}

#[tokio::test]
async fn files_of_a_form_to_be_corrected_are_kept_and_named_and_sent_with_it() {
    let mut running = Running::start_with(open_to_all).await;
    let (reporter, form) = without_unit(&running).await;
    let returned = form.send_with(&reporter, &two_files()).await;
    let returned = returned.expect(StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["Filer vi har tatt vare på", "en.txt", "to.txt", "30 minutter"] {
        assert!(returned.text.contains(told), "{told}: {}", returned.text);
    }
    assert!(!returned.text.contains("report-files-problem"), "{}", returned.text);
    let kept = BrowserForm::on(&returned, FORM);
    assert_eq!(kept.typed().iter().filter(|(name, _)| *name == KEPT).count(), 2);
    // Once more in vain, with a third chosen beside them.
    let third = [file("tre.txt", "Merkeinnhold C")];
    let returned = kept.send_with(&reporter, &third).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let form = BrowserForm::on(&returned, FORM).set("unit", &unit(&running));
    let receipt = form.send(&reporter).await;
    let filed = Filed::from_receipt(&receipt);
    assert_eq!(Filed::from_receipt(&form.send(&reporter).await).number, filed.number, "sent twice");
    let all = attached(&running, &filed).await;
    let contents: Vec<_> = all.iter().map(|(_, content)| content.as_str()).collect();
    assert_eq!(names(&all), ["en.txt", "to.txt", "tre.txt"]);
    assert_eq!(contents, ["Merkeinnhold A", "Merkeinnhold B", "Merkeinnhold C"]);
    running.stop().await;
    let holding = disk::files_holding(running.data_dir(), b"Merkeinnhold");
    assert!(holding.is_empty(), "{holding:?}");
}

#[tokio::test]
async fn a_kept_file_whose_box_is_not_ticked_is_left_out() {
    let running = Running::start_with(open_to_all).await;
    let (reporter, form) = without_unit(&running).await;
    let returned = form.send_with(&reporter, &two_files()).await;
    let kept = BrowserForm::on(&returned, FORM);
    let boxes = kept.typed().into_iter().filter(|(name, _)| *name == KEPT).count();
    assert_eq!(boxes, 2, "one for each file");
    let wanted = kept.value(KEPT).unwrap().to_owned();
    let form = kept.set(KEPT, &wanted).set("unit", &unit(&running));
    let all = attached(&running, &Filed::from_receipt(&form.send(&reporter).await)).await;
    assert_eq!(names(&all), ["en.txt"]);
}

#[tokio::test]
async fn of_files_that_are_not_taken_the_others_are_kept() {
    let running = Running::start_with(open_to_all).await;
    let (reporter, form) = without_unit(&running).await;
    let form = form.set("unit", &unit(&running));
    let [good, _] = two_files();
    let bad = File::new("bilde.png", "image/png", b"MZ\x90 program");
    let returned = form.send_with(&reporter, &[bad, good]).await;
    let returned = returned.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.text.contains("Innholdet i «bilde.png»"), "{}", returned.text);
    let kept = BrowserForm::on(&returned, FORM);
    let all = attached(&running, &Filed::from_receipt(&kept.send(&reporter).await)).await;
    assert_eq!(names(&all), ["en.txt"]);
}

#[tokio::test]
async fn what_is_kept_no_longer_is_asked_for_and_never_left_out_in_silence() {
    let mut running = Running::start_with(open_to_all).await;
    let (reporter, form) = without_unit(&running).await;
    for restarts in [false, true] {
        let returned = form.send_with(&reporter, &two_files()).await;
        let kept = BrowserForm::on(&returned, FORM).set("unit", &unit(&running));
        if restarts {
            running.restart().await;
        } else {
            running.pass(TimeDelta::minutes(30));
        }
        let asked = kept.send(&reporter).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.text.contains("report-files-problem"), "{}", asked.text);
        assert!(asked.text.contains("Du må legge dem ved på nytt"), "{}", asked.text);
        assert_eq!(running.service().views().inbox.len(), 0, "nothing was filed without them");
        let again = BrowserForm::on(&asked, FORM);
        assert_eq!(again.value("what_happened"), Some(WHAT_HAPPENED));
        assert_eq!(again.value(KEPT), None);
    }
}

#[tokio::test]
async fn where_there_is_no_room_the_files_are_asked_for_again() {
    let running = Running::start_with(|settings| {
        open_to_all(settings);
        settings.files = service::FileLimits { bytes_max: 100, files_max: 1 };
    })
    .await;
    let (reporter, form) = without_unit(&running).await;
    let full = [file("stor.txt", &"a".repeat(100))];
    let mut told = Vec::new();
    for _ in 0..3 {
        let (_, form) = without_unit(&running).await;
        let returned = form.send_with(&reporter, &full).await;
        told.push(returned.text.contains("Filer vi har tatt vare på"));
    }
    assert_eq!(told, [true, true, false]);
    let returned = form.send_with(&reporter, &full).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.text.contains("Du må legge dem ved på nytt"), "{}", returned.text);
}

#[tokio::test]
async fn a_report_whose_session_ran_out_comes_back_to_be_looked_over_files_and_all() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &[("openness", "named")]).await;
    running.pass(TimeDelta::minutes(31));
    let instead = form.send_with(&employee, &two_files()).await.expect(StatusCode::FORBIDDEN);
    assert!(instead.text.contains("Filene du la ved, er også tatt vare på"), "{}", instead.text);
    let signed_in = sign_in(&employee, &instead, "melder").await;
    assert!(signed_in.text.contains("name=\"look-over\""), "{}", signed_in.text);
    let send_on = BrowserForm::on(&signed_in, FORM);
    let shown = send_on.also("look-over", "1").send(&employee).await.expect(StatusCode::OK);
    assert_eq!(running.service().views().inbox.len(), 0, "it is looked over, not sent");
    let back = BrowserForm::on(&shown, FORM);
    for (name, value) in form.typed() {
        assert!(back.typed().contains(&(name, value)), "{name}: {shown:?}");
    }
    let filed = Filed::from_receipt(&back.set("done_already", "Sperret").send(&employee).await);
    assert_eq!(names(&attached(&running, &filed).await), ["en.txt", "to.txt"]);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["report"]["done_already"], "Sperret");
}

#[tokio::test]
async fn a_step_whose_session_ran_out_comes_back_to_be_looked_over() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let dpo = running.browser(Role::Dpo).await;
    for (step, field) in [("assess", "facts"), ("memo", "discussion"), ("ask", "question")] {
        let address = format!("{}/{step}", filed.page());
        let text = "En lang tekst\nover flere linjer, «skrevet» i en times tid & mer";
        let form = BrowserForm::open(&dpo, &address, &address).await.set(field, text);
        running.pass(TimeDelta::minutes(31));
        let instead = form.send(&dpo).await.expect(StatusCode::FORBIDDEN);
        let signed_in = sign_in(&dpo, &instead, "personvernombud").await;
        let send_on = BrowserForm::on(&signed_in, &address);
        assert_eq!(send_on.typed(), form.typed(), "{step}");
        let before = story::timeline(&running, &filed).await.len();
        let shown = send_on.also("look-over", "1").send(&dpo).await.expect(StatusCode::OK);
        assert_eq!(BrowserForm::on(&shown, &address).typed(), form.typed(), "{step}");
        assert_eq!(story::timeline(&running, &filed).await.len(), before, "nothing is taken yet");
        // The page leaves nothing behind in the browser.
        assert_eq!(shown.header(&hyper::header::CACHE_CONTROL), "no-store");
    }
}

#[tokio::test]
async fn a_file_for_a_case_is_kept_while_its_description_is_missing() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let dpo = running.browser(Role::Dpo).await;
    let action = format!("{}/attach", filed.page());
    let form = BrowserForm::open(&dpo, &action, &action).await;
    let [one, _] = two_files();
    let returned = form.send_with(&dpo, &[one]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let kept = BrowserForm::on(&returned, &action).set("description", "Kvitteringen");
    let _ = kept.send(&dpo).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(names(&attached(&running, &filed).await), ["en.txt"]);
    let case: Value = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["attachments"][0]["description"], "Kvitteringen");
}
