//! What the archive answers, by a file beside the package or by hand, and a folder that takes
//! nothing.

use std::fs;

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use tests::browser_form::BrowserForm;
use tests::mount::{Mounted, skip};
use tests::story::{self, Filed};
use tests::{Running, steps};

use super::{closed, hand_over, package, page, reaches, stage};

/// Bytes of a disk that has room for a folder and for no package.
const BYTES_OF_A_SMALL_DISK: u64 = 16 * 1024;

/// Lays an answer of Fiks Arkiv V1 beside the package, and lets the service look.
async fn answered(running: &Running, filed: &Filed, said: &str) {
    let name = package(running, filed, 1);
    let name = name.file_name().unwrap().to_str().unwrap().to_owned();
    let namespace = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding";
    let answer = format!(
        "<arkivmeldingKvittering xmlns=\"{namespace}/opprett/kvittering/v1\">{said}\
         </arkivmeldingKvittering>"
    );
    let answer_file = format!("{name}.arkivmelding-kvittering.xml");
    fs::write(running.archive_dir().join(answer_file), answer).unwrap();
    running.pass(TimeDelta::minutes(20));
    running.service().dispatch_once().await;
}

async fn handed_over(running: &Running) -> Filed {
    let filed = closed(running).await;
    fs::create_dir(running.archive_dir()).unwrap();
    hand_over(running, &filed).await;
    reaches(running, &filed, "handed_over").await;
    filed
}

#[tokio::test]
async fn a_receipt_beside_the_package_is_read() {
    let running = Running::start().await;
    let filed = handed_over(&running).await;
    running.pass(TimeDelta::minutes(20));
    running.service().dispatch_once().await;
    assert_eq!(stage(&running, &filed).await["stage"], "handed_over", "nobody has answered");
    let taken = "<mappeKvittering><systemID>9b4d</systemID><saksaar>2026</saksaar>\
                 <sakssekvensnummer>81</sakssekvensnummer></mappeKvittering>";
    answered(&running, &filed, taken).await;
    reaches(&running, &filed, "receipted").await;
    assert_eq!(stage(&running, &filed).await["reference"], "2026/81");
}

#[tokio::test]
async fn what_the_archive_refuses_is_said_and_goes_anew() {
    let running = Running::start().await;
    let filed = handed_over(&running).await;
    let refused = "<mappeFeilet><feilId>1</feilId><feilmelding>Nei</feilmelding></mappeFeilet>";
    answered(&running, &filed, refused).await;
    reaches(&running, &filed, "failed").await;
    assert_eq!(stage(&running, &filed).await["hindrance"], "refused");
    let officer = running.browser(Role::Dpo).await;
    let shown = officer.get(&page(&filed)).await.expect(StatusCode::OK);
    assert!(shown.text.contains("Arkivet tok ikke imot pakken."), "{}", shown.text);
    hand_over(&running, &filed).await;
    reaches(&running, &filed, "handed_over").await;
    assert!(package(&running, &filed, 2).is_dir(), "in a new package");
}

#[tokio::test]
async fn the_archivist_records_the_receipt_and_sees_nothing_of_the_case() {
    let running = Running::start().await;
    let filed = handed_over(&running).await;
    let archivist = running.browser(Role::Archivist).await;
    let _ = archivist.get(&filed.page()).await.expect(StatusCode::NOT_FOUND);
    let found = BrowserForm::open(&archivist, "/erasure", "/erasure").await;
    let found = found.set("number", &filed.number).send(&archivist).await;
    let found = archivist.get(found.location()).await.expect(StatusCode::OK).text;
    assert!(found.contains(&format!("href=\"{}\"", page(&filed))), "the way there: {found}");
    let shown = archivist.get(&page(&filed)).await.expect(StatusCode::OK);
    assert!(shown.text.contains("Pakke 1") && shown.text.contains("Saksframlegg"), "{shown:?}");
    assert!(!shown.text.contains("title_memo"), "titles are the officer's: {}", shown.text);
    let receipt = format!("{}/receipt", page(&filed));
    let form = BrowserForm::on(&shown, &receipt).set("reference", "26/99");
    let form = form.set("received_at", "2026-03-02T08:30");
    let _ = form.send(&archivist).await.expect(StatusCode::SEE_OTHER);
    let has = stage(&running, &filed).await;
    assert_eq!((&has["stage"], &has["reference"]), (&json!("receipted"), &json!("26/99")));
    let early = steps::archive(&json!([]));
    let refused = story::refused(&running, Role::Archivist, &filed, &early).await;
    assert_eq!(refused["type"], "/api/problems/not_found", "handing over is the officer's");
}

#[tokio::test]
async fn a_folder_that_takes_nothing_is_told_why_and_tried_again_by_hand() {
    let running = Running::start().await;
    let filed = closed(&running).await;
    let folder = running.archive_dir();
    fs::create_dir(&folder).unwrap();
    let disk = match Mounted::in_memory(&folder, BYTES_OF_A_SMALL_DISK) {
        Ok(disk) => disk,
        Err(why) => return skip("an archive on a full disk", &why),
    };
    hand_over(&running, &filed).await;
    let full = stage(&running, &filed).await;
    assert_eq!((&full["stage"], &full["hindrance"]), (&json!("failed"), &json!("disk_full")));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "what did not fit is taken away");

    disk.remount("size=64m,ro").unwrap();
    hand_over(&running, &filed).await;
    let shut = stage(&running, &filed).await;
    assert_eq!((&shut["stage"], &shut["hindrance"]), (&json!("failed"), &json!("not_permitted")));
    let officer = running.browser(Role::Dpo).await;
    let shown = officer.get(&page(&filed)).await.expect(StatusCode::OK);
    assert!(shown.text.contains("har ikke lov til å skrive"), "{}", shown.text);
    assert!(shown.text.contains("overlevere saken på nytt"), "{}", shown.text);

    disk.remount("size=64m,rw").unwrap();
    hand_over(&running, &filed).await;
    reaches(&running, &filed, "handed_over").await;
}
