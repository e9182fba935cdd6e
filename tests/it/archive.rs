//! A closed case goes to the archive: its titles are looked at, its package is laid where the
//! archive takes it from, in both forms that archives read, and what stands in the way is said.

mod answers;
mod forms;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::steps::Step;
use tests::story::{self, Filed};
use tests::{Running, steps};

/// A closed case with its memo and a notification.
async fn closed(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::walk_to_closed(running, &filed).await;
    filed
}

fn page(filed: &Filed) -> String {
    format!("{}/archive", filed.page())
}

/// Hands it over with the titles that are proposed.
async fn hand_over(running: &Running, filed: &Filed) {
    let officer = running.browser(Role::Dpo).await;
    let form = BrowserForm::open(&officer, &page(filed), &page(filed)).await;
    let _ = form.send(&officer).await.expect(StatusCode::SEE_OTHER);
    running.service().dispatch_once().await;
}

/// Waits until the package has come so far.
async fn reaches(running: &Running, filed: &Filed, wanted: &str) {
    eventually("the package", async || {
        running.service().dispatch_once().await;
        (stage(running, filed).await["stage"] == wanted).then_some(())
    })
    .await;
}

fn package(running: &Running, filed: &Filed, version: u32) -> PathBuf {
    let number = filed.number.replace('/', "-");
    running.archive_dir().join(format!("avvik-{number}-v{version}"))
}

async fn stage(running: &Running, filed: &Filed) -> Value {
    let case = story::case(running, Role::Dpo, filed).await;
    case["archive"].as_array().and_then(|it| it.last().cloned()).unwrap_or_default()
}

/// Every file below a folder, by its path within.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    entries.flat_map(|it| if it.is_dir() { files(&it) } else { vec![it] }).collect()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[tokio::test]
async fn a_package_holds_what_its_manifest_says_and_both_forms_are_valid() {
    let running = Running::start().await;
    let filed = closed(&running).await;
    fs::create_dir(running.archive_dir()).unwrap();
    hand_over(&running, &filed).await;
    let package = package(&running, &filed, 1);
    let manifest: Value = serde_json::from_str(&text(&package.join("manifest.json"))).unwrap();
    let listed = manifest["files"].as_array().unwrap();
    for file in listed {
        let path = package.join(file["path"].as_str().unwrap());
        let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let listed = file["sha256"].as_str().unwrap();
        let digest = Sha256::digest(&bytes);
        let pairs = listed.as_bytes().chunks(2).map(|it| std::str::from_utf8(it).unwrap());
        let told: Vec<u8> = pairs.map(|it| u8::from_str_radix(it, 16).unwrap()).collect();
        assert_eq!(told, digest[..], "{file}");
    }
    assert_eq!(files(&package).len(), listed.len() + 1, "nothing else lies there");
    forms::assert_valid(&package);
    let pdf = fs::read(package.join("files/saksframlegg.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(manifest["folder"], "Personvernombud 2026");
    let entries = manifest["entries"].as_array().unwrap();
    let access: Vec<_> =
        entries.iter().map(|it| (&it["files"][0]["name"], &it["shielded"])).collect();
    assert_eq!(
        access,
        [
            (&json!("saksframlegg.pdf"), &json!(true)),
            (&json!("melding-1.pdf"), &json!(false)),
            (&json!("registerutdrag.pdf"), &json!(true)),
        ],
        "the notice is open, everything else is not"
    );
    assert_eq!(stage(&running, &filed).await["stage"], "handed_over");
}

#[tokio::test]
async fn the_notice_says_itself_that_it_is_open() {
    let running = Running::start().await;
    let filed = closed(&running).await;
    fs::create_dir(running.archive_dir()).unwrap();
    hand_over(&running, &filed).await;
    let package = package(&running, &filed, 1);
    let folder = text(&package.join("fiks-v1/0/arkivmelding.xml"));
    assert!(folder.contains("Offl. § 13"), "{folder}");
    let memo = text(&package.join("fiks-v1/1/arkivmelding.xml"));
    assert!(memo.contains("Offl. § 13") && memo.contains("SAKSFRAMLEGG"), "{memo}");
    let notice = text(&package.join("fiks-v1/2/arkivmelding.xml"));
    assert!(notice.contains("Offl. § 3<") && notice.contains("Datatilsynet"), "{notice}");
    assert!(!notice.contains("Offl. § 13"), "{notice}");
}

#[tokio::test]
async fn a_title_that_says_too_much_is_refused_and_a_shielded_word_is_not_read() {
    let running = Running::start().await;
    let filed = closed(&running).await;
    fs::create_dir(running.archive_dir()).unwrap();
    let officer = running.browser(Role::Dpo).await;
    let form = BrowserForm::open(&officer, &page(&filed), &page(&filed)).await;
    for (title, why) in [
        ("Om 41 41 41 41", "langt tall"),
        ("Skriv til ola@example.net", "e-postadresse"),
        ("", "Skriv en tittel"),
    ] {
        let refused = form.clone().set("title_memo", title).send(&officer).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{title}");
        assert!(refused.text.contains(why), "{title}: {refused:?}");
    }
    let shielded =
        form.set("title_memo", "Saksframlegg om Solbakken").set("shielded_memo", "solbakken");
    fs::remove_dir(running.archive_dir()).unwrap();
    let _ = shielded.send(&officer).await.expect(StatusCode::SEE_OTHER);
    reaches(&running, &filed, "failed").await;
    let again = BrowserForm::open(&officer, &page(&filed), &page(&filed)).await;
    assert_eq!(again.value("shielded_memo"), Some("Solbakken"), "it is remembered");
    fs::create_dir(running.archive_dir()).unwrap();
    running.pass(TimeDelta::minutes(2));
    reaches(&running, &filed, "handed_over").await;
    let memo = text(&package(&running, &filed, 1).join("fiks-v1/1/arkivmelding.xml"));
    assert!(memo.contains("<offentligTittel>Saksframlegg om ******</offentligTittel>"), "{memo}");
    assert!(memo.contains("<tittel>Saksframlegg om Solbakken</tittel>"), "{memo}");
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_and_it_is_tried_again() {
    let running = Running::start().await;
    let filed = closed(&running).await;
    hand_over(&running, &filed).await;
    let stuck = stage(&running, &filed).await;
    assert_eq!((&stuck["stage"], &stuck["hindrance"]), (&json!("failed"), &json!("no_folder")));
    let officer = running.browser(Role::Dpo).await;
    let shown = officer.get(&page(&filed)).await;
    assert!(shown.text.contains("archive.folder"), "{shown:?}");
    fs::create_dir(running.archive_dir()).unwrap();
    running.pass(TimeDelta::minutes(2));
    reaches(&running, &filed, "handed_over").await;
    assert_eq!(stage(&running, &filed).await["stage"], "handed_over");
    let left = fs::read_dir(running.archive_dir()).unwrap().count();
    assert_eq!(left, 1, "nothing half lies beside it");
}

#[tokio::test]
async fn a_case_closed_again_makes_a_new_package_and_the_first_one_stays() {
    let running = Running::start().await;
    let filed = closed(&running).await;
    fs::create_dir(running.archive_dir()).unwrap();
    hand_over(&running, &filed).await;
    let first = text(&package(&running, &filed, 1).join("manifest.json"));
    let take = async |role, step: Step| story::take(&running, role, &filed, &step).await;
    take(Role::Dpo, steps::archive_receipt("26/1234", "2026-03-02T08:00:00Z")).await;
    let has = stage(&running, &filed).await;
    assert_eq!((&has["stage"], &has["reference"]), (&json!("receipted"), &json!("26/1234")));
    take(Role::Dpo, steps::reopen("Det kom mer")).await;
    take(Role::Dpo, steps::submit_memo("Mer")).await;
    take(Role::Controller, steps::close()).await;
    hand_over(&running, &filed).await;
    assert_eq!(text(&package(&running, &filed, 1).join("manifest.json")), first);
    assert_ne!(text(&package(&running, &filed, 2).join("manifest.json")), first);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["archive"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_open_case_is_not_handed_over() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let early = steps::archive(&json!([]));
    let refused = story::refused(&running, Role::Dpo, &filed, &early).await;
    assert_eq!(refused["refusal"], "not_closed", "{refused}");
}

fn step(tail: &str, body: Value) -> Step {
    Step { tail: tail.to_owned(), body }
}

fn recipient(name: &str) -> Value {
    json!({ "name": name, "lines": ["Storgata 1"], "postcode": "5003", "place": "Bergen" })
}

fn words(what_happened: &str) -> Value {
    json!({
        "kind": "letter", "language": "nb", "title": "Et brev om deg kom bort",
        "what_happened": what_happened, "consequences": "Andre kan ha lest det.",
        "measures": "Vi har det igjen.", "advice": "Du trenger ikke å gjøre noe.",
        "contact": "Ring 55 12 34 56.",
    })
}

/// A case that is ready to be closed, with a letter to these on its list.
async fn with_letter(running: &Running, names: &[&str]) -> Filed {
    let filed = story::report_by_api(running, None).await;
    fs::create_dir(running.archive_dir()).unwrap();
    story::walk_to_memo(running, &filed).await;
    let listed: Vec<Value> = names.iter().map(|name| recipient(name)).collect();
    let listed = json!({ "recipients": listed });
    take(running, &filed, step("letters", words("Et brev kom til feil adresse."))).await;
    take(running, &filed, step("letters/1/recipients", listed)).await;
    filed
}

async fn take(running: &Running, filed: &Filed, step: Step) {
    story::take(running, Role::Dpo, filed, &step).await;
}

/// Signs that version of the letter's words, and posts it to one of those on the list.
async fn sign_and_post(running: &Running, filed: &Filed, version: u32, number: u32) {
    let signed = step("letters/1/signature", json!({ "version": version, "list": 1 }));
    story::take(running, Role::Controller, filed, &signed).await;
    running.pass(TimeDelta::days(1));
    take(running, filed, step("letters/1/dispatch", json!({ "channels": ["print"] }))).await;
    let sent = json!({ "channel": "print", "progress": "sent", "recipients": [number] });
    take(running, filed, step("letters/1/deliveries", sent)).await;
}

#[tokio::test]
async fn a_letter_that_was_signed_goes_too_and_nobody_who_got_it_is_named() {
    let running = Running::start().await;
    let filed = with_letter(&running, &["Kari Fjell"]).await;
    sign_and_post(&running, &filed, 1, 1).await;
    story::take(&running, Role::Controller, &filed, &steps::close()).await;
    let entries = json!([{ "paper": "memo", "title": "Brev om Fjells journal", "open": false }]);
    let named = story::refused(&running, Role::Dpo, &filed, &steps::archive(&entries)).await;
    assert_eq!(named["refusal"], "title", "who got a letter is known: {named}");
    hand_over(&running, &filed).await;
    reaches(&running, &filed, "handed_over").await;
    let package = package(&running, &filed, 1);
    forms::assert_valid(&package);
    let letter = fs::read(package.join("files/brev-1.pdf")).unwrap();
    assert!(letter.starts_with(b"%PDF-"));
    let entry = text(&package.join("fiks-v1/3/arkivmelding.xml"));
    let _ = fs::metadata(package.join("files/registerutdrag.pdf")).expect("the register's excerpt");
    assert!(entry.contains("De det gjelder") && entry.contains("Offl. § 13"), "{entry}");
    assert!(entry.contains("<sendtDato>2026-03-03"), "on the day it was posted: {entry}");
    for file in files(&package) {
        let bytes = fs::read(&file).unwrap();
        let is_named = bytes.windows(10).any(|it| it == "Kari Fjell".as_bytes());
        assert!(!is_named, "{}", file.display());
    }
}

#[tokio::test]
async fn what_people_were_told_goes_whatever_was_changed_since() {
    let running = Running::start().await;
    let filed = with_letter(&running, &["Kari Fjell", "Per Vik", "Liv Nes"]).await;
    sign_and_post(&running, &filed, 1, 1).await;
    let corrected = |what: &str| {
        let mut words = words(what);
        words["letter"] = json!(1);
        step("letters", words)
    };
    take(&running, &filed, corrected("To brev kom til feil adresse.")).await;
    sign_and_post(&running, &filed, 2, 2).await;
    take(&running, &filed, corrected("Tre brev kom til feil adresse.")).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let remains = case["outstanding"].to_string();
    assert!(remains.contains("send_letters"), "one was not told yet: {remains}");
    let unreachable = json!({ "channel": "by_hand", "progress": "unreachable", "recipients": [3] });
    take(&running, &filed, step("letters/1/deliveries", unreachable)).await;
    story::take(&running, Role::Controller, &filed, &steps::close()).await;
    hand_over(&running, &filed).await;
    reaches(&running, &filed, "handed_over").await;
    let package = package(&running, &filed, 1);
    let (first, second) = (package.join("files/brev-1.pdf"), package.join("files/brev-1-2.pdf"));
    assert_ne!(fs::read(first).unwrap(), fs::read(second).unwrap());
    assert!(!package.join("files/brev-1-3.pdf").exists(), "nobody signed the third");
}
