//! Duties of the organisation's own, and cases that stay under the version they were judged by.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use domain::Role;
use domain::duty::{OrganisationFact, Verdict};
use serde_json::{Value, json};
use service::OpenError;
use tempfile::TempDir;
use tests::running::settings;
use tests::story::{self, Filed};
use tests::{Running, steps};

use super::{AWARE, duty, settle, stages};

const NEIGHBOUR: &str = r#"id = "tell-the-neighbour"
version = 1
order = 5
jurisdictions = ["no"]
title.nb = "Si fra til nabokommunen"
help.nb = "Ring vakten i nabokommunen."
authority.no = "Nabokommunen"
cite.nb = "Samarbeidsavtalen punkt 4"
start = "awareness"
length = "8 hours"
ends = ["recorded"]
[[trigger]]
when = [ { fact = "significant_effect_on_service" } ]
[[stage]]
hours-left = 2
alerts = ["dpo"]
"#;

/// A folder with the built-in duties and one more.
fn own_duties() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/duties");
    for entry in fs::read_dir(built_in).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    write(&folder, NEIGHBOUR);
    folder
}

fn write(folder: &TempDir, text: &str) {
    fs::write(folder.path().join("tell-the-neighbour.toml"), text).unwrap();
}

async fn house(folder: &TempDir) -> Running {
    let directory: PathBuf = folder.path().to_owned();
    Running::start_with(move |settings| settings.duties.directory = Some(directory.clone())).await
}

#[tokio::test]
async fn an_organisation_adds_a_duty_by_adding_a_file() {
    let folder = own_duties();
    let running = house(&folder).await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    settle(&running, &filed, &json!({ "significant_effect_on_service": true })).await;
    let told = duty(&running, &filed, "tell-the-neighbour").await;
    assert_eq!(told["title"], "Si fra til nabokommunen");
    assert_eq!(
        (&told["verdict"], &told["due_at"]),
        (&json!("yes"), &json!("2026-03-02T15:00:00Z"))
    );
    super::at(&running, "2026-03-02T13:00:00Z").await;
    assert_eq!(stages(&running, &filed, "tell-the-neighbour").await, [2]);
    let done = steps::fulfil_duty("tell-the-neighbour", "2026-03-02T12:00:00Z");
    story::take(&running, Role::Dpo, &filed, &done).await;
    assert_eq!(duty(&running, &filed, "tell-the-neighbour").await["running"], false);
    let page = running.browser(Role::Dpo).await.get(&filed.page()).await;
    assert!(page.text.contains("Si fra til nabokommunen"), "{}", page.text);
}

/// The version a case is judged by, and until when it has time.
async fn judged(running: &Running, filed: &Filed) -> (Value, Value) {
    let told = duty(running, filed, "tell-the-neighbour").await;
    (told["version"].clone(), told["due_at"].clone())
}

#[tokio::test]
async fn a_case_stays_under_the_version_it_was_judged_by() {
    let folder = own_duties();
    let mut running = house(&folder).await;
    let old = story::report_by_api(&running, Some(AWARE)).await;
    running.stop().await;
    // Changed under the same number, it is refused with the number that is free.
    let changed = NEIGHBOUR.replace("8 hours", "2 hours");
    write(&folder, &changed);
    let mut refused = settings(running.data_dir(), "127.0.0.1:9".parse().unwrap());
    refused.duties.directory = Some(folder.path().to_owned());
    let clock = service::Clock::by_hand(running.now()).0;
    let Err(OpenError::Duties(fault)) = service::Service::open(refused, clock).await else {
        panic!("it opened")
    };
    assert!(fault.to_string().contains("tell-the-neighbour.toml, line 2, version"), "{fault}");
    assert!(fault.to_string().ends_with("set the version to 2"), "{fault}");

    write(&folder, &changed.replace("version = 1", "version = 2"));
    running.start_again().await;
    let new = story::report_by_api(&running, Some(AWARE)).await;
    for filed in [&old, &new] {
        settle(&running, filed, &json!({ "significant_effect_on_service": true })).await;
    }
    assert_eq!(judged(&running, &old).await, (json!(1), json!("2026-03-02T15:00:00Z")));
    assert_eq!(judged(&running, &new).await, (json!(2), json!("2026-03-02T09:00:00Z")));

    // Taken away altogether, it still holds in the cases that were judged by it.
    running.stop().await;
    fs::remove_file(folder.path().join("tell-the-neighbour.toml")).unwrap();
    running.start_again().await;
    settle(&running, &old, &json!({ "significant_effect_on_service": false })).await;
    assert_eq!(duty(&running, &old, "tell-the-neighbour").await["verdict"], "no");
    assert_eq!(judged(&running, &new).await, (json!(2), json!("2026-03-02T09:00:00Z")));
}

/// The rule on notifying as it may read from 2027 on.
fn of_2027(folder: &TempDir) {
    let file = folder.path().join("gdpr-33.toml");
    let text = fs::read_to_string(&file).unwrap();
    let changed = text
        .replace("version = 1", "version = 2")
        .replace("2018-05-25", "2027-01-01")
        .replace("\"72 hours\"", "\"96 hours\"");
    fs::write(&file, changed).unwrap();
}

#[tokio::test]
async fn a_rule_that_comes_into_force_later_leaves_the_cases_of_today_their_clock() {
    let folder = own_duties();
    let mut running = house(&folder).await;
    let _ = story::report_by_api(&running, Some(AWARE)).await;
    running.stop().await;
    of_2027(&folder);
    running.start_again().await;
    let of = async |running: &Running, filed: &Filed| {
        let told = duty(running, filed, "gdpr-33").await;
        (told["version"].clone(), told["due_at"].clone())
    };
    let today = story::report_by_api(&running, Some(AWARE)).await;
    assert_eq!(of(&running, &today).await, (json!(1), json!("2026-03-05T07:00:00Z")));
    super::at(&running, "2026-03-04T19:00:00Z").await;
    assert_eq!(stages(&running, &today, "gdpr-33").await, [48, 24, 12]);
    super::at(&running, "2027-01-01T12:00:00Z").await;
    let later = story::report_by_api(&running, Some("2027-01-01T11:00:00Z")).await;
    assert_eq!(of(&running, &later).await, (json!(2), json!("2027-01-05T11:00:00Z")));
    // Aware a day before the new rule, as it turns out: the old one counts.
    let before = steps::establish_awareness("2026-12-31T11:00:00Z", "Vakta visste det.");
    story::take(&running, Role::Dpo, &later, &before).await;
    assert_eq!(of(&running, &later).await, (json!(1), json!("2027-01-03T11:00:00Z")));
}

#[tokio::test]
async fn a_folder_without_the_main_clock_is_refused() {
    let folder = own_duties();
    let mut running = house(&folder).await;
    running.stop().await;
    fs::remove_file(folder.path().join("gdpr-33.toml")).unwrap();
    let mut settings = settings(running.data_dir(), "127.0.0.1:9".parse().unwrap());
    settings.duties.directory = Some(folder.path().to_owned());
    let clock = service::Clock::by_hand(running.now()).0;
    let Err(OpenError::Duties(fault)) = service::Service::open(settings, clock).await else {
        panic!("it opened")
    };
    assert!(fault.to_string().contains("holds no `gdpr-33.toml`"), "{fault}");
}

#[tokio::test]
async fn what_the_organisation_says_of_itself_reaches_its_open_cases_at_start() {
    let subject = Arc::new(Mutex::new(Verdict::Unknown));
    let setting = Arc::clone(&subject);
    let mut running = Running::start_with(move |settings| {
        let law = OrganisationFact::CybersecurityAct;
        settings.duties.organisation.insert(law, *setting.lock().unwrap());
    })
    .await;
    let filed = story::report_by_api(&running, Some(AWARE)).await;
    settle(&running, &filed, &json!({ "significant_effect_on_service": true })).await;
    assert_eq!(duty(&running, &filed, super::SECURITY).await["verdict"], "unknown");
    // Past the stage at four hours left: a possible duty alerts nobody.
    super::at(&running, "2026-03-03T04:00:00Z").await;
    assert!(stages(&running, &filed, super::SECURITY).await.is_empty());
    *subject.lock().unwrap() = Verdict::Yes;
    running.restart().await;
    running.service().watch_deadlines_once().await;
    assert_eq!(duty(&running, &filed, super::SECURITY).await["verdict"], "yes");
    assert!(!stages(&running, &filed, super::SECURITY).await.is_empty());
    // A start that changes nothing leaves the case alone.
    let happened = story::happened(&running, &filed, "duties_judged").await.len();
    running.restart().await;
    running.service().watch_deadlines_once().await;
    assert_eq!(story::happened(&running, &filed, "duties_judged").await.len(), happened);
}
