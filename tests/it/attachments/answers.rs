//! Files that come with an answer to a question: of a member, by a secret link, over the API.

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::mails::{answer_page, mailed};
use tests::story::{self, Filed};
use tests::{File, Running, steps};

use super::{attachments, erase, files, get, pdf};

const DUE: &str = "2026-03-04T12:00:00Z";

fn log() -> File {
    File::new("C:\\logg\\oppslag.txt", "text/plain", b"Merkelogg: sju oppslag")
}

/// A received case in which the system owner is asked, and the address of the question.
async fn asked(running: &Running) -> (Filed, String) {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let owner = running.people.holder(Role::SystemOwner);
    let ask = steps::inquire(owner, "Hvem har slått opp?", DUE);
    let made = story::take(running, Role::Dpo, &filed, &ask).await;
    let inquiry = made.json()["id"].as_str().unwrap().to_owned();
    (filed, format!("inquiries/{inquiry}"))
}

/// The files of the first answer, as somebody sees them in the case.
async fn of_answer(running: &Running, role: Role, filed: &Filed) -> Vec<Value> {
    let case = story::case(running, role, filed).await;
    case["inquiries"][0]["answers"][0]["attachments"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_log_extract_comes_with_the_answer_and_is_shown_with_it() {
    let mut running = Running::start().await;
    let (filed, inquiry) = asked(&running).await;
    let address = format!("{}/{inquiry}", filed.page());
    let owner = running.browser(Role::SystemOwner).await;
    let form = BrowserForm::open(&owner, &address, &address).await;
    let silent = form.send_with(&owner, &[log()]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.text.contains("oppslag.txt"), "the file is kept: {}", silent.text);
    let before = running.now();
    running.pass(chrono::TimeDelta::minutes(5));
    let form = form.set("answer", "Sju oppslag.");
    for _ in 0..2 {
        let kept = form.send_with(&owner, &[log(), pdf()]).await.expect(StatusCode::OK);
        assert!(kept.text.contains("Vedlegg: oppslag.txt"), "{}", kept.text);
    }
    running.restart().await;
    assert_eq!(attachments(&running, Role::Dpo, &filed).await.len(), 2, "sent twice, once there");
    for role in [Role::Dpo, Role::Controller, Role::Leader, Role::SecurityOfficer] {
        let told = of_answer(&running, role, &filed).await;
        let [file, _] = &told[..] else { panic!("{role:?}: {told:?}") };
        assert_eq!(file["name"], "oppslag.txt");
        assert!(inquiry.ends_with(file["inquiry"].as_str().unwrap()), "{file}");
        let handed_out = get(&running, role, &filed, file).await.expect(StatusCode::OK);
        assert_eq!(handed_out.body, log().bytes, "{role:?}");
    }
    // Whoever answered sees the question, and neither the case nor its files.
    let told = of_answer(&running, Role::Dpo, &filed).await;
    for role in [Role::SystemOwner, Role::Employee, Role::Auditor, Role::Administrator] {
        let refused = get(&running, role, &filed, &told[0]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{role:?}");
    }
    let dpo = running.browser(Role::Dpo).await;
    for page in [filed.page(), format!("{}/documents/case-file", filed.page())] {
        let page = dpo.get(&page).await.expect(StatusCode::OK).text;
        assert!(page.contains("Vedlegg til svaret") && page.contains("oppslag.txt"), "{page}");
    }
    let then = before.format("?as_of=%Y-%m-%dT%H:%M:%SZ").to_string();
    let then = format!("{}{then}", filed.address(""));
    let then = running.api(Role::Dpo).get(&then).await.expect(StatusCode::OK);
    let then = then.json();
    assert_eq!((&then["attachments"], &then["inquiries"][0]["answers"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn somebody_outside_sends_files_with_the_one_answer_the_link_takes() {
    const CONTACT: &str = "drift@example.net";
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let ask = steps::inquire_outside("Driftsselskapet", CONTACT, "Når?", DUE);
    story::take(&running, Role::Dpo, &filed, &ask).await;
    let link = answer_page(&mailed(&running, CONTACT, "/answer/").await);
    let visitor = running.visitor();
    let form = BrowserForm::open(&visitor, &link, "/answer").await.set("answer", "Fredag kl. 22.");
    let program = File::new("logg.pdf", "application/pdf", b"MZ\x90\x00");
    let refused = form.send_with(&visitor, &[program, log()]).await;
    let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Fredag kl. 22."), "nothing is lost: {}", refused.text);
    assert!(refused.text.contains("noe annet enn navnet sier"), "{}", refused.text);
    assert!(attachments(&running, Role::Dpo, &filed).await.is_empty());
    assert!(files(&running).is_empty(), "nothing of it lies on the disk");

    // The file that was in order is kept, and need not be chosen anew.
    let thanks = BrowserForm::on(&refused, "/answer").send(&visitor).await.expect(StatusCode::OK);
    assert!(thanks.text.contains("Takk"), "{}", thanks.text);
    let told = of_answer(&running, Role::Leader, &filed).await;
    assert_eq!(told.len(), 1, "{told:?}");
    let handed_out = get(&running, Role::Leader, &filed, &told[0]).await.expect(StatusCode::OK);
    assert_eq!(handed_out.body, log().bytes);
    assert_eq!(visitor.get(&link).await.status, StatusCode::NOT_FOUND, "one answer");

    erase(&running, &filed, "everybody").await;
    let gone = get(&running, Role::Dpo, &filed, &told[0]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let told = of_answer(&running, Role::Dpo, &filed).await;
    assert!(told[0]["name"].is_null() && told[0]["sha256"].is_null(), "{told:?}");
}

#[tokio::test]
async fn an_answer_over_the_api_carries_files_within_the_bounds() {
    let running = Running::start_with(|settings| settings.files.files_max = 1).await;
    let (filed, inquiry) = asked(&running).await;
    let owner = running.api(Role::SystemOwner);
    let address = filed.address(&format!("{inquiry}/answer"));
    let file = json!({ "name": "logg.txt", "content": "S29waQ==" });
    let answer = |files: Value| json!({ "text": "Sju oppslag.", "attachments": files });
    let refused = owner.post(&address, &answer(json!([file, file]))).await;
    let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY).json();
    assert_eq!(refused["refusal"], "too_many_files", "{refused}");
    assert!(of_answer(&running, Role::Dpo, &filed).await.is_empty());
    let kept = owner.post(&address, &answer(json!([file]))).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{kept:?}");
    let own = owner.get(&filed.address(&inquiry)).await.expect(StatusCode::OK).json();
    assert_eq!(own["answers"][0]["attachments"][0]["name"], "logg.txt", "{own}");
    let leader = running.api(Role::Leader).post(&address, &answer(json!([file]))).await;
    assert!(leader.status.is_client_error(), "{leader:?}");
}
