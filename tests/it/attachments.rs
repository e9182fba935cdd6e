//! Files attached to a case: by the reporter, later with the code, and by whoever handles it;
//! looked at before, sealed, shown to those who may see them, never handed out when damaged.

mod answers;
mod questions;

use std::fs;
use std::path::PathBuf;

use domain::Role;
use hyper::StatusCode;
use hyper::header::X_CONTENT_TYPE_OPTIONS;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde_json::{Value, json};
use service::{FileLimits, Settings};
use strum::IntoEnumIterator;
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed, lost_phone};
use tests::{Answer, Client, File, Running, disk, steps};

const NOTE: &[u8] = b"Merkevedlegg: vakttelefonen lage pa setet.";

fn open_to_all(settings: &mut Settings) {
    settings.report_without_login = true;
}

fn note() -> File {
    File::new("C:\\Users\\vilde\\Merkenavn \u{e6}\u{f8}.txt", "text/plain", NOTE)
}

fn pdf() -> File {
    File::new("kvittering.pdf", "application/pdf", b"%PDF-1.7\n\xe2\xe3 kvittering")
}

async fn report(running: &Running, who: &[(&str, &str)], files: &[File]) -> Answer {
    let unit = running.people.holder(Role::Employee).unit.to_string();
    let reporter = running.visitor();
    let form = lost_phone(&reporter, who).await.set("unit", &unit);
    form.send_with(&reporter, files).await
}

async fn anonymous(running: &Running, files: &[File]) -> Filed {
    Filed::from_receipt(&report(running, &[("openness", "anonymous")], files).await)
}

async fn attachments(running: &Running, role: Role, filed: &Filed) -> Vec<Value> {
    let case = story::case(running, role, filed).await;
    case["attachments"].as_array().unwrap().clone()
}

async fn get(running: &Running, role: Role, filed: &Filed, attachment: &Value) -> Answer {
    let id = attachment["id"].as_str().unwrap();
    running.api(role).get(&filed.address(&format!("attachments/{id}"))).await
}

/// The attached files as they lie on the disk.
fn files(running: &Running) -> Vec<PathBuf> {
    match fs::read_dir(running.data_dir().join("attachments")) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        Err(_) => Vec::new(),
    }
}

#[tokio::test]
async fn what_came_with_the_report_is_handed_out_to_the_dpo_byte_for_byte() {
    let mut running = Running::start_with(open_to_all).await;
    let filed = anonymous(&running, &[note(), pdf()]).await;
    running.restart().await;
    let attached = attachments(&running, Role::Dpo, &filed).await;
    assert_eq!(attached.len(), 2);
    assert_eq!(attached[0]["name"], "Merkenavn \u{e6}\u{f8}.txt", "of the path nothing is left");
    assert_eq!((&attached[1]["kind"], &attached[1]["length"]), (&json!("pdf"), &json!(22)));

    let told = get(&running, Role::Dpo, &filed, &attached[1]).await.expect(StatusCode::OK);
    assert_eq!(told.body, pdf().bytes);
    let told = get(&running, Role::Dpo, &filed, &attached[0]).await.expect(StatusCode::OK);
    assert_eq!(told.body, NOTE);
    assert_eq!(told.header(&CONTENT_TYPE), "text/plain; charset=utf-8");
    let disposition = told.header(&CONTENT_DISPOSITION);
    assert!(disposition.starts_with("attachment; filename=\"Merkenavn __.txt\";"), "{disposition}");
    assert_eq!(told.header(&X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(told.header(&CONTENT_SECURITY_POLICY), "default-src 'none'; sandbox");

    let dpo = running.browser(Role::Dpo).await;
    let page = dpo.get(&filed.page()).await.expect(StatusCode::OK);
    let link = format!("{}/attachments/{}", filed.page(), attached[0]["id"].as_str().unwrap());
    assert!(page.text.contains(&format!("href=\"{link}\"")), "{}", page.text);
    assert_eq!(dpo.get(&link).await.expect(StatusCode::OK).body, NOTE);
}

#[tokio::test]
async fn what_the_reporter_attached_is_shown_to_the_dpo_alone_and_what_the_dpo_did_to_all() {
    let running = Running::start_with(open_to_all).await;
    let who = [("openness", "confidential"), ("name", "Vikar Vilde")];
    let filed = Filed::from_receipt(&report(&running, &who, &[note()]).await);
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let own = attachments(&running, Role::Dpo, &filed).await.remove(0);
    let copy = json!({
        "name": "kopi.txt", "description": "Kopi uten navn", "content": "S29waQ==",
    });
    let made = running.api(Role::Dpo).post(&filed.address("attachments"), &copy).await;
    let made = made.expect(StatusCode::CREATED).json();
    for role in Role::iter() {
        let told = get(&running, role, &filed, &own).await;
        let told_copy = get(&running, role, &filed, &made).await;
        let sees_case =
            matches!(role, Role::Dpo | Role::Controller | Role::SecurityOfficer | Role::Leader);
        let wanted = |sees| if sees { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(told.status, wanted(role == Role::Dpo), "{role:?}");
        assert_eq!(told_copy.status, wanted(sees_case), "{role:?}");
        if sees_case && role != Role::Dpo {
            assert_eq!(attachments(&running, role, &filed).await.len(), 1, "{role:?}");
            let timeline = running.api(role).get(&filed.address("timeline")).await;
            let page = running.browser(role).await.get(&filed.page()).await;
            for told in [timeline, page] {
                let told = told.expect(StatusCode::OK);
                assert!(!told.text.contains("Merkenavn"), "{role:?}: {}", told.text);
                assert!(told.text.contains("kopi.txt"), "{role:?}: {}", told.text);
            }
        }
    }
}

#[tokio::test]
async fn the_handler_attaches_a_file_with_what_it_shows() {
    let running = Running::start_with(open_to_all).await;
    let filed = anonymous(&running, &[]).await;
    let dpo = running.browser(Role::Dpo).await;
    let action = format!("{}/attach", filed.page());
    let form = BrowserForm::open(&dpo, &action, &action).await;
    let silent = form.send_with(&dpo, &[pdf()]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.text.contains("attach-description-problem"), "{}", silent.text);
    assert!(!silent.text.contains("attach-files-problem"), "the file is kept");
    let empty = form.clone().set("description", "Busselskapet").send(&dpo).await;
    assert!(empty.text.contains("attach-files-problem"), "{}", empty.text);
    let form = form.set("description", "Kvittering fra busselskapet");
    for _ in 0..2 {
        let done = form.send_with(&dpo, &[pdf()]).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(done.location(), format!("{}?done=attach", filed.page()));
    }
    let attached = attachments(&running, Role::Controller, &filed).await;
    assert_eq!(attached.len(), 1, "sent twice, it is attached once");
    assert_eq!(attached[0]["description"], "Kvittering fra busselskapet");
    let leader = running.browser(Role::Leader).await;
    assert_eq!(leader.get(&action).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_reporter_adds_files_with_the_code_with_words_or_without() {
    let running = Running::start_with(open_to_all).await;
    let filed = anonymous(&running, &[]).await;
    let reporter = running.visitor();
    let page = come_back(&reporter, &filed).await;
    let form = BrowserForm::on(&page, "/follow-up/add");
    let added = form.send_with(&reporter, &[note()]).await.expect(StatusCode::OK);
    assert!(added.text.contains("Merkenavn"), "{}", added.text);
    let again = BrowserForm::on(&added, "/follow-up/add").set("text", "Og kvitteringen");
    let _ = again.send_with(&reporter, &[pdf()]).await.expect(StatusCode::OK);
    let attached = attachments(&running, Role::Dpo, &filed).await;
    assert_eq!(attached.len(), 2);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["additions"], json!(["Og kvitteringen"]));
}

async fn come_back(client: &Client, filed: &Filed) -> Answer {
    client.fill_in("/follow-up", "/follow-up", &[("code", &filed.code)]).await
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_named_and_nothing_else_is_lost() {
    let running = Running::start_with(open_to_all).await;
    let all = [
        File::new("bilde.png", "image/png", b"MZ\x90 program"),
        File::new("avvik.exe", "application/octet-stream", b"MZ\x90 program"),
        File::new("tom.pdf", "application/pdf", b""),
    ];
    for file in &all {
        let told = report(&running, &[("openness", "anonymous")], &[pdf(), file.clone()]).await;
        let told = told.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told.text.contains(&file.name), "{}", told.text);
        let returned = BrowserForm::on(&told, story::FORM);
        assert_eq!(returned.value("what_happened"), Some(story::WHAT_HAPPENED));
        // The other one is kept, and need not be chosen again.
        let corrected = returned.send(&running.visitor()).await;
        let filed = Filed::from_receipt(&corrected);
        assert_eq!(attachments(&running, Role::Dpo, &filed).await.len(), 1);
    }
    let unfit = json!({ "name": "a.pdf", "description": "x", "content": "no base64!" });
    let filed = anonymous(&running, &[]).await;
    let told = running.api(Role::Dpo).post(&filed.address("attachments"), &unfit).await;
    let told = told.expect(StatusCode::UNPROCESSABLE_ENTITY).json();
    assert_eq!(told["errors"][0]["field"], "/content");
}

#[tokio::test]
async fn size_and_number_are_bounded_by_the_settings() {
    let running = Running::start_with(|settings| {
        open_to_all(settings);
        settings.files = FileLimits { bytes_max: 1_000, files_max: 2 };
    })
    .await;
    let large = File::new("stor.txt", "text/plain", vec![b'a'; 1_001]);
    let told = report(&running, &[("openness", "anonymous")], &[large]).await;
    let told = told.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text.contains("stor.txt"), "{}", told.text);
    let many = [pdf(), pdf(), pdf()];
    let told = report(&running, &[("openness", "anonymous")], &many).await;
    let told = told.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text.contains("report-files-problem"), "{}", told.text);
    let huge = File::new("stor.txt", "text/plain", vec![b'a'; 1_000_000]);
    let told = report(&running, &[("openness", "anonymous")], &[huge]).await;
    let _ = told.expect(StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(files(&running).len(), 0, "of what was refused nothing is kept");
    let fits = File::new("passe.txt", "text/plain", vec![b'a'; 1_000]);
    anonymous(&running, &[fits, pdf()]).await;
    assert_eq!(files(&running).len(), 2);
}

#[tokio::test]
async fn files_lie_sealed_once_in_a_case_and_apart_in_another() {
    let mut running = Running::start_with(open_to_all).await;
    let filed = anonymous(&running, &[note(), note()]).await;
    assert_eq!(files(&running).len(), 1, "the same file is kept once");
    let reporter = running.visitor();
    let form = BrowserForm::on(&come_back(&reporter, &filed).await, "/follow-up/add");
    let _ = form.send_with(&reporter, &[note()]).await.expect(StatusCode::OK);
    assert_eq!(files(&running).len(), 1);
    assert_eq!(attachments(&running, Role::Dpo, &filed).await.len(), 3);
    anonymous(&running, &[note()]).await;
    let stored = files(&running);
    assert_eq!(stored.len(), 2);
    let [one, other] = [&stored[0], &stored[1]].map(|path| fs::read(path).unwrap());
    assert_ne!(one, other, "nothing tells that two cases hold the same");
    running.stop().await;
    for words in [NOTE, b"Merkenavn", b"vilde"] {
        let holding = disk::files_holding(running.data_dir(), words);
        assert!(holding.is_empty(), "{holding:?}");
    }
    let found = journal::verify(running.data_dir()).unwrap();
    assert!(found.is_intact() && found.attachments.whole == 2, "{found}");
}

#[tokio::test]
async fn a_damaged_file_says_so_and_is_never_handed_out() {
    let mut running = Running::start_with(open_to_all).await;
    let filed = anonymous(&running, &[note()]).await;
    let attached = attachments(&running, Role::Dpo, &filed).await.remove(0);
    let stored = files(&running).remove(0);
    let whole = fs::read(&stored).unwrap();
    for byte in [0, whole.len() / 2, whole.len() - 1] {
        let mut altered = whole.clone();
        altered[byte] ^= 1;
        fs::write(&stored, &altered).unwrap();
        damaged(&running, &filed, &attached).await;
    }
    fs::write(&stored, &whole[..whole.len() - 1]).unwrap();
    damaged(&running, &filed, &attached).await;
    fs::remove_file(&stored).unwrap();
    damaged(&running, &filed, &attached).await;
    // Attached once more, it is whole again: the same bytes under the same name.
    let reporter = running.visitor();
    let form = BrowserForm::on(&come_back(&reporter, &filed).await, "/follow-up/add");
    let _ = form.send_with(&reporter, &[note()]).await.expect(StatusCode::OK);
    let told = get(&running, Role::Dpo, &filed, &attached).await.expect(StatusCode::OK);
    assert_eq!(told.body, NOTE);
    running.stop().await;
    assert!(journal::verify(running.data_dir()).unwrap().is_intact());
}

async fn damaged(running: &Running, filed: &Filed, attached: &Value) {
    let told = get(running, Role::Dpo, filed, attached).await;
    let told = told.expect(StatusCode::INTERNAL_SERVER_ERROR).json();
    assert_eq!(told["type"], "/api/problems/damaged");
    let link = format!("{}/attachments/{}", filed.page(), attached["id"].as_str().unwrap());
    let page = running.browser(Role::Dpo).await.get(&link).await;
    assert!(page.expect(StatusCode::INTERNAL_SERVER_ERROR).text.contains("skadet"));
    let found = running.service().verify().await;
    assert!(!found.is_intact(), "{found}");
    assert_eq!((found.attachments.faults.len(), found.events.faults.len()), (1, 0), "{found}");
}

#[tokio::test]
async fn an_erasure_takes_the_files_of_whom_it_erases() {
    let mut running = Running::start_with(open_to_all).await;
    let who = [("openness", "confidential"), ("name", "Vikar Vilde")];
    let filed = Filed::from_receipt(&report(&running, &who, &[note()]).await);
    let copy = json!({ "name": "kopi.txt", "description": "Kopi", "content": "S29waQ==" });
    let made = running.api(Role::Dpo).post(&filed.address("attachments"), &copy).await.json();
    let own = attachments(&running, Role::Dpo, &filed).await.remove(0);

    erase(&running, &filed, "reporter").await;
    let told = get(&running, Role::Dpo, &filed, &own).await;
    let _ = told.expect(StatusCode::NOT_FOUND);
    let attached = attachments(&running, Role::Dpo, &filed).await;
    assert!(attached[0]["name"].is_null() && attached[1]["name"] == "kopi.txt", "{attached:?}");
    let told = get(&running, Role::Dpo, &filed, &made).await.expect(StatusCode::OK);
    assert_eq!(told.text, "Kopi");

    erase(&running, &filed, "everybody").await;
    running.restart().await;
    let _ = get(&running, Role::Dpo, &filed, &made).await.expect(StatusCode::NOT_FOUND);
    assert!(running.service().verify().await.is_intact(), "what is erased is no damage");
}

async fn erase(running: &Running, filed: &Filed, whose: &str) {
    let order = json!({ "whose": { "kind": whose }, "ground": "ordered", "basis": "26/00417" });
    let told = running.api(Role::Controller).post(&filed.address("erasure"), &order).await;
    assert!(told.status.is_success(), "{told:?}");
}

#[tokio::test]
async fn whoever_prepares_letters_is_told_what_of_a_file_must_not_go_by_email() {
    let running = Running::start_with(open_to_all).await;
    let who = [("openness", "confidential"), ("name", "Vikar Vilde")];
    let plan = File::new(
        "plan.txt",
        "text/plain",
        "Hei\nDet gjelder 109155 96784.\nSp\u{f8}r Vikar Vilde.".as_bytes(),
    );
    let filed = Filed::from_receipt(&report(&running, &who, &[plan, pdf()]).await);
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let copy = json!({ "name": "ark.txt", "description": "Et ark", "content": "SGVp" });
    let copy = running.api(Role::Dpo).post(&filed.address("attachments"), &copy).await;
    let copy = copy.expect(StatusCode::CREATED).json()["id"].as_str().unwrap().to_owned();
    let attached = attachments(&running, Role::Dpo, &filed).await;
    let link = |id: &str| format!("{}/attachments/{id}/by-email", filed.page());
    let own = attached.iter().map(|it| link(it["id"].as_str().unwrap()));
    let own: Vec<String> = own.collect();

    let dpo = running.browser(Role::Dpo).await;
    let page = dpo.get(&filed.page()).await.expect(StatusCode::OK).text;
    assert!(own.iter().all(|link| page.contains(&format!("href=\"{link}\""))), "{page}");
    let told = dpo.get(&own[0]).await.expect(StatusCode::OK).text;
    for wanted in ["F\u{f8}dselsnummer eller annet personnummer: linje 2", "meldte fra: linje 3"] {
        assert!(told.contains(wanted), "{told}");
    }
    assert!(!told.contains("96784") && !told.contains("Vilde"), "nothing is quoted: {told}");
    let told = dpo.get(&own[1]).await.expect(StatusCode::OK).text;
    assert!(told.contains("En fil som ikke kan leses: hele filen"), "{told}");
    let told = dpo.get(&own[2]).await.expect(StatusCode::OK).text;
    assert!(told.contains("Vi fant ingenting"), "{told}");

    let security = running.browser(Role::SecurityOfficer).await;
    assert_eq!(security.get(&link(&copy)).await.status, StatusCode::FORBIDDEN);
    let page = security.get(&filed.page()).await.expect(StatusCode::OK).text;
    assert!(page.contains(&copy) && !page.contains("by-email"), "{page}");
    let employee = running.browser(Role::Employee).await;
    assert_eq!(employee.get(&link(&copy)).await.status, StatusCode::NOT_FOUND);
}
