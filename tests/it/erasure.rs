//! What was erased is nowhere: on no page, in no file, in no backup under today's keys.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::case::erasure::ErasureGround;
use domain::{Actor, Event, Recorded, Role, StreamKind, case};
use hyper::StatusCode;
use journal::{Append, Journal, Settings};
use serde_json::{Value, json};
use strum::IntoEnumIterator;
use tempfile::TempDir;
use tests::marked::{self, MARKERS};
use tests::story::{self, Filed};
use tests::{Running, crawl, disk, steps};

fn everybody() -> Value {
    json!({ "kind": "everybody" })
}

/// A house with a closed case full of markers, and one beside it.
async fn house() -> (Running, Filed) {
    let running = Running::start().await;
    let filed = marked::report(&running).await;
    marked::walk_to_closed(&running, &filed).await;
    story::report_by_api(&running, None).await;
    (running, filed)
}

async fn erase(running: &Running, role: Role, filed: &Filed, whose: &Value, on: &str) -> Value {
    story::take(running, role, filed, &steps::erase(whose, on)).await.json()
}

/// Everything that can be read in the house, by everybody, over pages and the API.
async fn all_that_is_shown(running: &Running, filed: &Filed) -> String {
    let mut shown = String::new();
    for role in Role::iter() {
        let api = running.api(role);
        for address in story::api_addresses(running, filed).await {
            let answer = api.get(&address).await;
            assert!(!answer.status.is_server_error(), "{role:?} {address}: {answer:?}");
            shown.push_str(&answer.text);
        }
        let search = json!({ "words": "merke" });
        shown.push_str(&api.post("/api/v1/cases/search", &search).await.text);
        let start = ["/".to_owned(), "/reports".to_owned(), filed.page()];
        for (address, answer) in crawl::everything(&running.browser(role).await, &start).await {
            assert!(!answer.status.is_server_error(), "{role:?} {address}: {answer:?}");
            shown.push_str(&answer.text);
        }
    }
    let code = [("code", filed.code.as_str())];
    let page = running.visitor().fill_in("/follow-up", "/follow-up", &code).await;
    shown + &page.expect(StatusCode::OK).text
}

/// Everything that the log in a directory tells whoever has its keys.
fn all_that_is_kept(data_dir: &Path) -> String {
    let events = disk::events(data_dir);
    let told = |recorded: &Recorded| match &recorded.event {
        Event::Case(_) => disk::in_words(&recorded.event),
        Event::Organisation(_) | Event::Review(_) => String::new(),
    };
    events.iter().map(told).collect()
}

/// A copy of everything, taken while the service is stopped.
async fn backup(running: &mut Running) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    running.stop().await;
    disk::copy(running.data_dir(), copy.path());
    running.start_again().await;
    copy
}

#[tokio::test]
async fn an_erased_case_is_shown_to_nobody_and_still_counted() {
    let (mut running, filed) = house().await;
    let before = all_that_is_shown(&running, &filed).await;
    assert_eq!(marked::in_text(&before).len(), MARKERS, "{:?}", marked::in_text(&before));
    let counted = running.api(Role::Dpo).get("/api/v1/register").await.json();

    erase(&running, Role::Dpo, &filed, &everybody(), "retention_reached").await;
    for _ in 0..2 {
        let shown = all_that_is_shown(&running, &filed).await;
        assert_eq!(marked::in_text(&shown), [""; 0]);
        assert!(shown.contains("Saken er slettet."), "the reporter is told");
        let register = running.api(Role::Dpo).get("/api/v1/register").await.json();
        assert_eq!(register["total"], counted["total"]);
        let (now, then) = (&register["items"][0], &counted["items"][0]);
        assert_eq!((&now["phase"], &now["what_happened"]), (&json!("erased"), &Value::Null));
        let kept = [
            "case",
            "category",
            "unit",
            "people",
            "breach",
            "personal_data",
            "reported_at",
            "advised",
            "authority_decision",
            "people_decision",
            "notified_at",
            "aware_at",
        ];
        for member in kept {
            assert_eq!(now[member], then[member], "{member}");
        }
        running.restart().await;
    }
}

#[tokio::test]
async fn views_kept_over_an_erasure_equal_those_built_anew() {
    let (mut running, filed) = house().await;
    let other = marked::report(&running).await;
    erase(&running, Role::Dpo, &filed, &everybody(), "retention_reached").await;
    erase(&running, Role::Controller, &other, &json!({ "kind": "reporter" }), "ordered").await;
    let kept = running.service().views().clone();
    running.restart().await;
    let rebuilt = running.service().views().clone();
    assert!(rebuilt == kept, "{rebuilt:#?}\n differs from \n{kept:#?}");
}

/// The secret part of every key in a keyring file.
fn wrapped_keys(keyring: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(keyring).unwrap();
    bytes.chunks(128).map(|record| record[48..120].to_vec()).collect()
}

#[tokio::test]
async fn no_file_and_no_backup_under_todays_keys_brings_the_erased_back() {
    let (mut running, filed) = house().await;
    let backup = backup(&mut running).await;
    assert_eq!(marked::in_text(&all_that_is_kept(backup.path())).len(), MARKERS);
    erase(&running, Role::Dpo, &filed, &everybody(), "retention_reached").await;
    running.stop().await;
    let today = running.data_dir();
    assert!(journal::verify(today).unwrap().is_intact());
    assert_eq!(marked::in_text(&all_that_is_kept(today)), [""; 0]);

    // Nothing that once opened the seals is left in any file: no marker, no key, no master key.
    // Mails have left the house; the address of whoever was written to stands in them.
    let mails = today.join("mail");
    for marker in marked::all() {
        let mut holding = disk::files_holding(today, marker.as_bytes());
        let is_in_mails = [marked::REPORTER[1], marked::CONTACT].contains(&marker);
        holding.retain(|path| !(is_in_mails && path.starts_with(&mails)));
        assert_eq!(holding, [""; 0].map(Path::new), "{marker}");
    }
    let master = fs::read_to_string(backup.path().join("keys/master.key")).unwrap();
    assert!(disk::files_holding(today, master.trim().as_bytes()).is_empty());
    for wrapped in wrapped_keys(&backup.path().join("keys/keyring")) {
        assert!(disk::files_holding(today, &wrapped[24..]).is_empty());
    }

    // An older keyring does not open with today's master key.
    let mixed = tempfile::tempdir().unwrap();
    disk::copy(today, mixed.path());
    fs::copy(backup.path().join("keys/keyring"), mixed.path().join("keys/keyring")).unwrap();
    let Err(error) = Journal::open(&Settings::new(mixed.path()), |_| ()) else { panic!("opened") };
    let told = std::error::Error::source(&error).unwrap().to_string();
    assert!(told.contains("the master key does not fit the keyring"), "{told}");

    // The backup, restored with today's keys, opens and shows nothing.
    disk::copy(&today.join("keys"), &backup.path().join("keys"));
    assert_eq!(marked::in_text(&all_that_is_kept(backup.path())), [""; 0]);
    assert!(journal::verify(backup.path()).unwrap().is_intact());
}

/// Records the erasure as the service does, and ends before any key is destroyed.
async fn record_erasure(data_dir: &Path) {
    let mut events = Vec::new();
    let opened = Journal::open(&Settings::new(data_dir), |recorded| events.push(recorded));
    let (journal, _feed) = opened.unwrap();
    let stream = events.iter().find(|it| it.stream.kind == StreamKind::Case).unwrap().stream;
    let (ground, basis) = (ErasureGround::Ordered, "Vedtak 26/00417".to_owned());
    let append = Append {
        stream,
        expected: journal.version(stream),
        events: vec![case::Event::CaseErased { ground, basis }.into()],
        at: events.last().unwrap().at,
        by: Actor::Service,
        idempotency: None,
        outbox: Vec::new(),
    };
    journal.append(append).await.unwrap();
}

#[tokio::test]
async fn an_erasure_broken_off_after_it_was_recorded_is_finished_at_the_next_start() {
    let (mut running, filed) = house().await;
    running.stop().await;
    record_erasure(running.data_dir()).await;
    assert_eq!(marked::in_text(&all_that_is_kept(running.data_dir())).len(), MARKERS);
    running.start_again().await;
    assert_eq!(marked::in_text(&all_that_is_shown(&running, &filed).await), [""; 0]);
    let certificate = &certificates(&running, Role::Dpo, &filed).await[0];
    assert_eq!((&certificate["keys_left"], &certificate["by"]), (&json!(0), &Value::Null));
    running.stop().await;
    assert_eq!(marked::in_text(&all_that_is_kept(running.data_dir())), [""; 0]);
}

#[tokio::test]
async fn older_keys_put_back_with_their_master_key_are_destroyed_again() {
    let (mut running, filed) = house().await;
    let backup = backup(&mut running).await;
    erase(&running, Role::Dpo, &filed, &everybody(), "retention_reached").await;
    running.stop().await;
    disk::copy(&backup.path().join("keys"), &running.data_dir().join("keys"));
    assert_eq!(marked::in_text(&all_that_is_kept(running.data_dir())).len(), MARKERS);
    running.start_again().await;
    running.stop().await;
    assert_eq!(marked::in_text(&all_that_is_kept(running.data_dir())), [""; 0]);
}

async fn certificates(running: &Running, role: Role, filed: &Filed) -> Vec<Value> {
    let answer = running.api(role).get(&filed.address("erasure")).await;
    answer.expect(StatusCode::OK).json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_certificate_says_what_when_on_which_ground_and_by_whom() {
    let (running, filed) = house().await;
    assert_eq!(certificates(&running, Role::Dpo, &filed).await, [Value::Null; 0]);
    let certificate =
        erase(&running, Role::Archivist, &filed, &everybody(), "retention_reached").await;
    let archivist = running.people.holder(Role::Archivist);
    let position = running.service().views().position.0;
    let expected = json!({
        "case": filed.number,
        "erased": { "kind": "everybody" },
        "at": running.now(),
        "by": { "id": archivist.user, "name": archivist.name },
        "ground": "retention_reached",
        "basis": "Vedtak 26/00417",
        "position": position,
        // The case's own, the reporter's, and that of whoever is involved.
        "keys_destroyed": 3,
        "keys_left": 0,
        "older_copies_closed": true,
    });
    assert_eq!(certificate, expected);
    let again = erase(&running, Role::Dpo, &filed, &everybody(), "retention_reached").await;
    assert_eq!(again, expected, "asked for again, it is certified again");
    for role in [Role::Dpo, Role::Controller, Role::Archivist] {
        assert_eq!(certificates(&running, role, &filed).await, std::slice::from_ref(&expected));
    }
    let leader = running.api(Role::Leader).get(&filed.address("erasure")).await;
    assert_eq!(leader.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_reported_is_erased_alone_and_the_case_stays() {
    let (mut running, filed) = house().await;
    let reporter = json!({ "kind": "reporter" });
    let certificate = erase(&running, Role::Controller, &filed, &reporter, "ordered").await;
    assert_eq!(certificate["erased"]["part"], "reporter");
    assert_eq!(certificate["keys_destroyed"], 1);
    for _ in 0..2 {
        let shown: BTreeSet<_> =
            marked::in_text(&all_that_is_shown(&running, &filed).await).into_iter().collect();
        assert!(marked::REPORTER.iter().all(|it| !shown.contains(it)), "{shown:?}");
        assert_eq!(shown.len(), MARKERS - marked::REPORTER.len());
        let own = running.browser(Role::Employee).await.get("/reports").await;
        assert!(!own.text.contains(&filed.number), "no list links them to it");
        running.restart().await;
    }
}

#[tokio::test]
async fn why_two_cases_were_linked_is_gone_when_both_are_erased() {
    let running = Running::start().await;
    let (filed, other) =
        (marked::report(&running).await, story::report_by_api(&running, None).await);
    marked::link(&running, &filed, &other).await;
    let mut told = Vec::new();
    for erased in [&filed, &other] {
        let shown = all_that_is_shown(&running, &other).await;
        told.push(shown.contains(marked::LINKED));
        erase(&running, Role::Controller, erased, &everybody(), "ordered").await;
    }
    told.push(all_that_is_shown(&running, &other).await.contains(marked::LINKED));
    assert_eq!(told, [true, true, false]);
}

#[tokio::test]
async fn somebody_involved_is_erased_alone_and_nothing_says_who_it_was() {
    let (mut running, filed) = house().await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let persons = case["persons"].as_array().unwrap();
    let involved = persons.iter().find(|it| it["part"] == "involved").unwrap();
    let leader = running.people.holder(Role::Leader).user.to_string();
    assert_eq!(involved["member"]["id"], *leader);
    let whose = json!({ "kind": "involved", "person": involved["person"] });
    erase(&running, Role::Dpo, &filed, &whose, "retention_reached").await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["involved"], json!([]));
    running.stop().await;
    let streams: Vec<_> = disk::events(running.data_dir())
        .into_iter()
        .filter(|it| it.stream.kind == StreamKind::Case)
        .map(|it| format!("{:?} {}", it.by, disk::in_words(&it.event)))
        .collect();
    assert!(streams.iter().any(|told| told.contains("person_erased")));
    assert!(!streams.iter().any(|told| told.contains(&leader)), "{leader} in {streams:?}");
}

#[tokio::test]
async fn who_may_erase_what_and_when() {
    let running = Running::start().await;
    let filed = marked::report(&running).await;
    let refused = async |role, whose: &Value, ground| {
        story::refused(&running, role, &filed, &steps::erase(whose, ground)).await["refusal"]
            .clone()
    };
    let kept = "retention_reached";
    assert_eq!(refused(Role::Dpo, &everybody(), kept).await, "open_case_not_erased");
    assert_eq!(refused(Role::Dpo, &everybody(), "ordered").await, "erasure_not_theirs");
    assert_eq!(refused(Role::Controller, &everybody(), kept).await, "erasure_not_theirs");
    let nobody = json!({ "kind": "involved", "person": running.people.units[0] });
    assert_eq!(refused(Role::Controller, &nobody, "ordered").await, "person_not_in_case");
    for role in [Role::Leader, Role::Auditor, Role::Administrator, Role::Employee] {
        let answer = story::ask(&running, role, &filed, &steps::erase(&everybody(), kept)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role:?}");
    }
    erase(&running, Role::Controller, &filed, &everybody(), "ordered").await;
    let assess = steps::assess("Nytt", "document_only");
    let refusal = story::refused(&running, Role::Dpo, &filed, &assess).await;
    assert_eq!(refusal["refusal"], "case_is_erased");
    let service = running.service();
    let key = service::secrets::random_id().into();
    assert!(service.add_information(&filed.code, "Mer".to_owned(), Vec::new(), key).await.is_err());
}

#[tokio::test]
async fn an_archivist_erases_on_the_pages_and_is_shown_the_certificate() {
    let (running, filed) = house().await;
    let archivist = running.browser(Role::Archivist).await;
    let not_there = archivist.fill_in("/erasure", "/erasure", &[("number", "2026/99")]).await;
    let told = not_there.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text.contains("Det finnes ingen sak med dette nummeret"), "{told:?}");
    let found = archivist.fill_in("/erasure", "/erasure", &[("number", &filed.number)]).await;
    let page = format!("{}/erase", filed.page());
    assert_eq!(found.location(), page);

    let form = [("whose", "everybody"), ("ground", "retention_reached"), ("basis", "Punkt 4")];
    let unsure = archivist.fill_in(&page, &page, &form).await;
    let unsure = unsure.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsure.text.contains("ikke kan gjøres om"), "{unsure:?}");
    assert_eq!(archivist.get(&filed.page()).await.status, StatusCode::NOT_FOUND);
    let sure = [&form[..], &[("sure", "understood")]].concat();
    assert_eq!(archivist.fill_in(&page, &page, &sure).await.location(), page);
    let certificate = archivist.get(&page).await.expect(StatusCode::OK).text;
    for told in ["Sletteattest: Alle personopplysninger i saken", "Punkt 4", "ingen igjen"] {
        assert!(certificate.contains(told), "{told} in {certificate}");
    }
    assert!(!certificate.contains("<form class=\"avvik-form"), "nothing is left to erase");
    let employee = running.browser(Role::Employee).await;
    assert_eq!(employee.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(employee.get("/erasure").await.status, StatusCode::FORBIDDEN);
}
