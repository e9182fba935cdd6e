//! Files that whoever is asked is shown with the question: these and no others, each look noted.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use tests::browser_form::BrowserForm;
use tests::mails::{answer_page, mailed};
use tests::story::{self, Filed};
use tests::{Answer, Client, Running, steps};

use super::{anonymous, attachments, erase, note, open_to_all, report};

const DUE: &str = "2026-03-04T12:00:00Z";
const CONTACT: &str = "drift@example.net";
/// What `steps::attach` attaches.
const SHOWN: &[u8] = b"Notat";

async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

async fn made(running: &Running, filed: &Filed, step: &steps::Step) -> String {
    let made = story::take(running, Role::Dpo, filed, step).await.json();
    made["id"].as_str().unwrap().to_owned()
}

/// Where a file is that the page links to, if it does.
fn linked(page: &Answer, attachment: &str) -> Option<String> {
    let mut links = page.text.split("href=\"").filter_map(|it| it.split('"').next());
    links.find(|link| link.ends_with(&format!("/attachments/{attachment}"))).map(str::to_owned)
}

async fn status(client: &Client, path: &str) -> StatusCode {
    client.get(path).await.status
}

#[tokio::test]
async fn a_member_is_shown_the_files_that_were_chosen_and_no_others() {
    let mut running = Running::start().await;
    let filed = received(&running).await;
    let shown = made(&running, &filed, &steps::attach("Loggen")).await;
    let other = made(&running, &filed, &steps::attach("Noe annet")).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/inquire", filed.page());
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let owner = running.people.holder(Role::SystemOwner).user.to_string();
    let form = form.set("person", &owner).set("question", "Er dette deres logg?");
    let asked = form.also("attachments", &shown).send(&dpo).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{asked:?}");
    running.restart().await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["inquiries"][0]["attachments"], json!([shown]));
    let inquiry = case["inquiries"][0]["id"].as_str().unwrap().to_owned();
    let page = format!("{}/inquiries/{inquiry}", filed.page());

    let owner = running.browser(Role::SystemOwner).await;
    let question = owner.get(&page).await.expect(StatusCode::OK);
    let link = linked(&question, &shown).expect("the file is there to be had");
    assert!(linked(&question, &other).is_none(), "{}", question.text);
    assert!(!question.text.contains("Loggen"), "what is said of it is for those who handle it");
    assert_eq!(owner.get(&link).await.expect(StatusCode::OK).body, SHOWN);
    assert_eq!(status(&owner, &link.replace(&shown, &other)).await, StatusCode::NOT_FOUND);
    let in_case = format!("{}/attachments/{shown}", filed.page());
    assert_eq!(status(&owner, &in_case).await, StatusCode::NOT_FOUND, "nor the case");
    // It is theirs alone, and others see with the case which file it was.
    for role in [Role::Employee, Role::Leader, Role::Dpo, Role::Auditor] {
        let client = running.browser(role).await;
        assert_eq!(status(&client, &link).await, StatusCode::NOT_FOUND, "{role:?}");
    }
    let leader = running.browser(Role::Leader).await;
    let seen = leader.get(&filed.page()).await.expect(StatusCode::OK).text;
    assert!(seen.contains("Vist med spørsmålet"), "{seen}");

    let own = filed.address(&format!("inquiries/{inquiry}"));
    let api = running.api(Role::SystemOwner);
    let told = api.get(&own).await.expect(StatusCode::OK).json();
    assert_eq!(told["attachments"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(told["attachments"][0]["name"], "notat.txt");
    let file = api.get(&format!("{own}/attachments/{shown}")).await.expect(StatusCode::OK);
    assert_eq!(file.body, SHOWN);
    assert_eq!(status(&api, &format!("{own}/attachments/{other}")).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_is_shown_no_longer_than_the_question_is_asked() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let shown = made(&running, &filed, &steps::attach("Loggen")).await;
    let ask = async |text| {
        let owner = running.people.holder(Role::SystemOwner);
        let inquire = steps::showing(steps::inquire(owner, text, DUE), &[&shown]);
        made(&running, &filed, &inquire).await
    };
    let (withdrawn, answered) = (ask("Ingenting?").await, ask("Er dette deres logg?").await);
    let at = |inquiry: &str| format!("{}/inquiries/{inquiry}/attachments/{shown}", filed.page());
    let owner = running.browser(Role::SystemOwner).await;
    let taken_back = steps::withdraw_inquiry(&withdrawn, "Feil");
    assert_eq!(status(&owner, &at(&withdrawn)).await, StatusCode::OK);
    story::take(&running, Role::Dpo, &filed, &taken_back).await;
    assert_eq!(status(&owner, &at(&withdrawn)).await, StatusCode::NOT_FOUND);
    let answer = steps::answer_inquiry(&answered, "Ja.");
    story::take(&running, Role::SystemOwner, &filed, &answer).await;
    assert_eq!(status(&owner, &at(&answered)).await, StatusCode::OK, "they may add to it");
    let found = steps::close_as_not_a_deviation("Oppslagene var i tjenesten");
    story::take(&running, Role::Dpo, &filed, &found).await;
    assert_eq!(status(&owner, &at(&answered)).await, StatusCode::NOT_FOUND);
    let page = format!("{}/inquiries/{answered}", filed.page());
    let page = owner.get(&page).await.expect(StatusCode::OK);
    assert!(linked(&page, &shown).is_none(), "{}", page.text);
}

#[tokio::test]
async fn somebody_outside_is_shown_the_file_by_the_link_while_it_takes_an_answer() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let shown = made(&running, &filed, &steps::attach("Loggen")).await;
    let other = made(&running, &filed, &steps::attach("Noe annet")).await;
    let ask = steps::inquire_outside("Driftsselskapet", CONTACT, "Er dette deres logg?", DUE);
    story::take(&running, Role::Dpo, &filed, &steps::showing(ask, &[&shown])).await;
    let link = answer_page(&mailed(&running, CONTACT, "/answer/").await);
    let visitor = running.visitor();
    let page = visitor.get(&link).await.expect(StatusCode::OK);
    let file = linked(&page, &shown).expect("the file is there to be had");
    assert!(linked(&page, &other).is_none(), "{}", page.text);
    assert_eq!(visitor.get(&file).await.expect(StatusCode::OK).body, SHOWN);
    assert_eq!(status(&visitor, &file.replace(&shown, &other)).await, StatusCode::NOT_FOUND);
    let guessed = format!("/answer/{}/attachments/{shown}", "0".repeat(64));
    assert_eq!(status(&visitor, &guessed).await, StatusCode::NOT_FOUND);
    let form = BrowserForm::on(&page, "/answer").set("answer", "Ja.");
    let _ = form.send(&visitor).await.expect(StatusCode::OK);
    assert_eq!(status(&visitor, &file).await, StatusCode::NOT_FOUND, "the link is used");
}

#[tokio::test]
async fn a_file_behind_a_link_that_ran_out_is_not_handed_out() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let shown = made(&running, &filed, &steps::attach("Loggen")).await;
    let ask = steps::inquire_outside("Driftsselskapet", CONTACT, "Er dette deres logg?", DUE);
    story::take(&running, Role::Dpo, &filed, &steps::showing(ask, &[&shown])).await;
    let link = answer_page(&mailed(&running, CONTACT, "/answer/").await);
    let file = format!("{link}/attachments/{shown}");
    assert_eq!(status(&running.visitor(), &file).await, StatusCode::OK);
    running.pass(TimeDelta::days(400));
    assert_eq!(status(&running.visitor(), &file).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_reporter_attached_is_shown_only_where_the_reporter_is_named() {
    let running = Running::start_with(open_to_all).await;
    let unnamed = anonymous(&running, &[note()]).await;
    let named = [("openness", "named"), ("name", "Vikar Vilde")];
    let named = Filed::from_receipt(&report(&running, &named, &[note()]).await);
    let owner = running.people.holder(Role::SystemOwner);
    let dpo = running.browser(Role::Dpo).await;
    for (filed, is_named) in [(&unnamed, false), (&named, true)] {
        let file = &attachments(&running, Role::Dpo, filed).await[0];
        let file = file["id"].as_str().unwrap().to_owned();
        let address = format!("{}/inquire", filed.page());
        let form = dpo.get(&address).await.expect(StatusCode::OK).text;
        assert_eq!(form.contains(&file), is_named, "{form}");
        let ask = steps::showing(steps::inquire(owner, "Hva er dette?", DUE), &[&file]);
        if !is_named {
            let refused = story::refused(&running, Role::Dpo, filed, &ask).await;
            assert_eq!(refused["refusal"], "reporters_file", "{refused}");
            continue;
        }
        assert!(form.contains("Den kan vise hvem det er."), "{form}");
        let inquiry = made(&running, filed, &ask).await;
        let path = filed.address(&format!("inquiries/{inquiry}/attachments/{file}"));
        let api = running.api(Role::SystemOwner);
        assert_eq!(api.get(&path).await.expect(StatusCode::OK).body, note().bytes);
        // Others see nothing of it, as before, and with its reporter's erasure it is gone.
        let leader = running.api(Role::Leader).get(&filed.address("")).await;
        assert!(!leader.text.contains("Merkenavn"), "{leader:?}");
        let found = steps::close_as_not_a_deviation("Ingenting");
        story::take(&running, Role::Dpo, filed, &found).await;
        erase(&running, filed, "reporter").await;
        assert_eq!(status(&api, &path).await, StatusCode::NOT_FOUND);
    }
    let unknown = steps::inquire(owner, "Hva er dette?", DUE);
    let unknown = steps::showing(unknown, &[story::NOT_ATTACHED]);
    let refused = story::refused(&running, Role::Dpo, &named, &unknown).await;
    assert_eq!(refused["refusal"], "case_is_closed", "{refused}");
    let refused = story::refused(&running, Role::Dpo, &unnamed, &unknown).await;
    assert_eq!(refused["refusal"], "attachment_unknown", "{refused}");
}
