//! The restore drill: backed up under load, restored elsewhere, and compared with what was there.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use strum::IntoEnumIterator;
use tests::{Client, Running, disk, marked, steps, story};
use tokio::task::JoinSet;

use super::process::{Ended, Place, Serving};

/// A data directory with some days' work in it, and a place for its backups.
struct Drill {
    running: Running,
    place: Place,
}

impl Drill {
    async fn new() -> Self {
        let mut running = Running::start().await;
        let closed = story::report_by_api(&running, Some("2026-03-02T06:00:00Z")).await;
        story::walk_to_closed(&running, &closed).await;
        let waiting = story::report_by_api(&running, None).await;
        story::walk_to_memo(&running, &waiting).await;
        let hidden = story::report_by_api(&running, None).await;
        let involved = steps::involve(running.people.holder(Role::Leader));
        story::take(&running, Role::Dpo, &hidden, &steps::receive(&running.people)).await;
        story::take(&running, Role::Dpo, &hidden, &involved).await;
        running.service().checkpoint().await.unwrap();
        running.stop().await;
        Self { running, place: Place::new() }
    }

    fn data(&self) -> &str {
        self.running.data_dir().to_str().unwrap()
    }

    fn serve(&self, data: &str) -> Serving {
        self.place.serve(&["--data-dir", data])
    }

    /// Backs up to `logs` and `keys`, and says what the command said.
    #[track_caller]
    fn back_up(&self) -> Value {
        let ended = self.place.run(&self.backup_command());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        serde_json::from_str(&ended.out).unwrap()
    }

    fn backup_command(&self) -> [&str; 7] {
        ["backup", "logs", "--keys", "keys", "--json", "--data-dir", self.data()]
    }

    fn restore(&self, data: &str) -> Ended {
        self.place.run(&["restore", "logs", "--keys", "keys", "--json", "--data-dir", data])
    }

    #[track_caller]
    fn restored(&self, data: &str) -> Value {
        let ended = self.restore(data);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let verified = self.place.run(&["verify", "--data-dir", data]);
        assert_eq!(verified.code, Some(0), "{verified:?}");
        serde_json::from_str(&ended.out).unwrap()
    }

    fn verify_backup(&self) -> (Option<i32>, Value) {
        let ended = self.place.run(&["verify-backup", "logs", "--keys", "keys", "--json"]);
        (ended.code, serde_json::from_str(&ended.out).unwrap_or_default())
    }

    fn path(&self, data: &str) -> std::path::PathBuf {
        self.place.path(data)
    }
}

/// Reports one thing after another until it is told to stop. Answers with what was acknowledged.
async fn report(client: Client, unit: String, stop: Arc<AtomicBool>) -> Vec<String> {
    let report = json!({ "category": "other", "unit": unit, "what_happened": "En e-post" });
    let mut acknowledged = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let answer = client.post("/api/v1/reports", &report).await.expect(StatusCode::CREATED);
        acknowledged.push(answer.json()["case"].as_str().unwrap().to_owned());
    }
    acknowledged
}

/// Whatever the API shows to anybody, but for who looked at what.
async fn everything(
    drill: &Drill,
    serving: &Serving,
    cases: &[String],
) -> BTreeMap<String, String> {
    let people = &drill.running.people;
    let described = serving.api_of(people.holder(Role::Dpo)).get("/api/openapi.json").await.json();
    let paths = described["paths"].as_object().unwrap().iter();
    let read = paths.filter(|(path, it)| it.get("get").is_some() && !is_about_looks(path));
    let mut shown = BTreeMap::new();
    for (path, _) in read {
        let of_cases: Vec<String> = if path.contains("{year}/{sequence}") {
            cases.iter().map(|case| path.replace("{year}/{sequence}", case)).collect()
        } else {
            vec![path.clone()]
        };
        for path in of_cases {
            for role in Role::iter() {
                let answer = serving.api_of(people.holder(role)).get(&path).await;
                let body = without_the_time_left(&without_the_moment(&path, &answer.text));
                shown.insert(format!("{role:?} {path}"), format!("{} {body}", answer.status));
            }
        }
    }
    let dpo = serving.visitor();
    dpo.sign_in(people.holder(Role::Dpo)).await;
    let sheet = dpo.get("/register.csv").await.expect(StatusCode::OK);
    shown.insert("/register.csv".to_owned(), sheet.text);
    shown
}

fn is_about_looks(path: &str) -> bool {
    path.contains("access") || path.contains("looked")
}

/// Figures, but for the moment at which somebody asked for them.
fn without_the_moment(path: &str, text: &str) -> String {
    let figures =
        if path.ends_with("/statistics") { serde_json::from_str(text).ok() } else { None };
    let Some(Value::Object(mut figures)) = figures else { return text.to_owned() };
    figures.remove("at");
    Value::Object(figures).to_string()
}

/// What is shown, but for the seconds a clock has left at that moment.
fn without_the_time_left(text: &str) -> String {
    let mut parts = text.split("\"remaining_seconds\":");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |shown, part| shown + part.split_once([',', '}']).map_or("", |it| it.1))
}

fn numbers(data: &Path) -> Vec<String> {
    disk::reports(data).iter().map(|report| report.number.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn backed_up_under_load_and_restored_every_view_is_what_it_was() {
    let drill = Drill::new().await;
    let serving = drill.serve(drill.data());
    let stop = Arc::new(AtomicBool::new(false));
    let employee = drill.running.people.holder(Role::Employee);
    let mut reporters = JoinSet::new();
    for _ in 0..3 {
        let (client, unit) = (serving.api_of(employee), employee.unit.to_string());
        reporters.spawn(report(client, unit, Arc::clone(&stop)));
    }
    let first = drill.back_up();
    let before = report_one(&serving, &drill).await;
    let second = drill.back_up();
    assert!(0 < second["events"]["added"].as_u64().unwrap(), "{second}");
    assert!(first["events"]["position"].as_u64() < second["events"]["position"].as_u64());
    let acknowledged_before_the_last = report_one(&serving, &drill).await;
    stop.store(true, Ordering::Relaxed);
    let acknowledged: Vec<String> = reporters.join_all().await.into_iter().flatten().collect();
    assert_eq!(serving.end_by("TERM"), Some(0));
    assert_ne!(before, acknowledged_before_the_last);

    let (code, found) = drill.verify_backup();
    assert_eq!((code, &found["intact"]), (Some(0), &json!(true)), "{found}");
    assert!(0 < found["checkpoints"]["compared"].as_u64().unwrap());
    let restored = drill.restored("restored");
    assert_eq!(restored["events"], second["events"]["position"]);
    // What is restored is what was there up to the backup's position, event by event.
    let (whole, part) =
        (disk::events(drill.running.data_dir()), disk::events(&drill.path("restored")));
    assert_eq!(part.len() as u64, second["events"]["position"].as_u64().unwrap());
    assert!(whole[..part.len()] == part[..], "another event was restored than was recorded");
    let looks = disk::accesses(&drill.path("restored")).await;
    assert!(disk::accesses(drill.running.data_dir()).await.starts_with(&looks));
    let kept: HashSet<String> = numbers(&drill.path("restored")).into_iter().collect();
    assert!(kept.contains(&before), "{before} was acknowledged before the backup began");
    let all: HashSet<String> = numbers(drill.running.data_dir()).into_iter().collect();
    assert!(acknowledged.iter().all(|number| all.contains(number)));

    // Now that nothing more comes, the rest; and everything anybody sees is the same.
    let third = drill.back_up();
    assert_eq!(third["events"]["position"], whole.len());
    drill.restored("whole");
    let cases: Vec<String> = numbers(&drill.path("whole")).into_iter().take(5).collect();
    let original = drill.serve(drill.data());
    let there = everything(&drill, &original, &cases).await;
    assert_eq!(original.end_by("TERM"), Some(0));
    let copy = drill.serve("whole");
    let here = everything(&drill, &copy, &cases).await;
    assert_eq!(copy.end_by("TERM"), Some(0));
    assert_eq!(here.len(), there.len());
    for (path, shown) in here {
        assert_eq!(shown, there[&path], "{path}");
    }
}

/// Waits for a report that is recorded from now on, and answers with its number.
async fn report_one(serving: &Serving, drill: &Drill) -> String {
    let employee = drill.running.people.holder(Role::Employee);
    let report = json!({
        "category": "other", "unit": employee.unit.to_string(), "what_happened": "Et brev",
    });
    let answer = serving.api_of(employee).post("/api/v1/reports", &report).await;
    answer.expect(StatusCode::CREATED).json()["case"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_was_killed_leaves_the_one_before() {
    let drill = Drill::new().await;
    let serving = drill.serve(drill.data());
    let mut last = drill.back_up()["events"]["position"].as_u64().unwrap();
    for round in 0..12 {
        report_one(&serving, &drill).await;
        let mut command = drill.place.command(&drill.backup_command());
        let mut backup = command.stdout(Stdio::null()).spawn().unwrap();
        tokio::time::sleep(Duration::from_millis(4 * round)).await;
        // One that has ended by itself cannot be killed, and was a backup like any other.
        let _ = backup.kill();
        backup.wait().unwrap();
        let (code, found) = drill.verify_backup();
        assert_eq!(code, Some(0), "{found}");
        let events = found["events"].as_u64().unwrap();
        assert!(last <= events, "{found}");
        last = events;
    }
    let made = drill.back_up();
    drill.restored("restored");
    let position = made["events"]["position"].as_u64().unwrap();
    assert_eq!(disk::events(&drill.path("restored")).len() as u64, position);
}

#[tokio::test]
async fn a_damaged_backup_is_named_and_not_restored() {
    let drill = Drill::new().await;
    drill.back_up();
    let segment = "logs/events/00000000000000000001.segment";
    let mut bytes = std::fs::read(drill.path(segment)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(drill.path(segment), bytes).unwrap();
    let (code, found) = drill.verify_backup();
    assert_eq!((code, &found["intact"]), (Some(1), &json!(false)));
    assert_eq!(found["faults"][0]["file"], segment);
    let ended = drill.restore("restored");
    assert_eq!(ended.code, Some(1));
    let told: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!((&told["restored"], &told["file"]), (&json!(false), &json!(segment)));
    let serve = drill.place.run(&["serve", "--data-dir", "restored", "--listen", "127.0.0.1:0"]);
    assert_eq!(serve.code, Some(2), "{serve:?}");
    let missing = drill.place.run(&["verify-backup", "nowhere"]);
    assert_eq!(missing.code, Some(2), "{missing:?}");
    let full = drill.place.run(&["restore", "logs", "--data-dir", drill.data()]);
    assert_eq!(full.code, Some(2), "{full:?}");
}

/// A closed case with a marker in every personal field, and a backup of it from before its erasure.
async fn erased_after_a_backup() -> Drill {
    let mut running = Running::start().await;
    let filed = marked::report(&running).await;
    marked::walk_to_closed(&running, &filed).await;
    running.stop().await;
    let drill = Drill { running, place: Place::new() };
    drill.back_up();
    disk::copy(&drill.path("logs"), &drill.path("old-logs"));
    disk::copy(&drill.path("keys"), &drill.path("old-keys"));
    let by = drill.running.people.holder(Role::Archivist).sign_in_name.clone();
    let erase = ["erase", &filed.number, "--by", &by, "--ground", "Plan 2026"];
    let ended = drill.place.run(&[&erase[..], &["--data-dir", drill.data()]].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    drill.back_up();
    drill
}

/// Everything recorded in cases, as text.
pub(super) fn told(data: &Path) -> String {
    let cases = disk::events(data).into_iter().filter(|it| it.case().is_some());
    cases.map(|it| disk::in_words(&it.event)).collect()
}

#[tokio::test]
async fn what_was_erased_after_a_backup_stays_erased_with_todays_keys() {
    let drill = erased_after_a_backup().await;
    let restore = |logs: &str, keys: &str, data: &str| {
        let asked = ["restore", logs, "--keys", keys, "--data-dir", data];
        let ended = drill.place.run(&asked);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        marked::in_text(&told(&drill.path(data))).len()
    };
    assert_eq!(restore("old-logs", "keys", "a"), 0, "old events, today's keys");
    assert_eq!(restore("logs", "keys", "b"), 0);
    // The erasure is on record in the newer log: keys from before it are destroyed anew.
    assert_eq!(restore("logs", "old-keys", "c"), 0);
    // What is nowhere on record cannot be known: both from before the erasure bring it back.
    assert_eq!(restore("old-logs", "old-keys", "d"), marked::MARKERS);
    for marker in marked::all() {
        for directory in ["a", "b", "c", "logs", "keys", "old-logs"] {
            let found = disk::files_holding(&drill.path(directory), marker.as_bytes());
            assert!(found.is_empty(), "{marker} is in {found:?}");
        }
    }
}

#[tokio::test]
async fn a_master_key_that_lies_elsewhere_is_not_in_the_backup() {
    let drill = Drill::new().await;
    let data = drill.running.data_dir();
    let key = drill.path("master.key");
    std::fs::copy(data.join("keys/master.key"), &key).unwrap();
    std::fs::remove_file(data.join("keys/master.key")).unwrap();
    let elsewhere = [("AVVIK_MASTER_KEY_FILE", key.to_str().unwrap())];
    let ended = drill.place.run_with(&elsewhere, &drill.backup_command());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let ended = drill.restore("restored");
    assert!(ended.out.contains("master.key"), "{ended:?}");
    let restore = ["restore", "logs", "--keys", "keys", "--data-dir", "restored"];
    let ended = drill.place.run_with(&elsewhere, &restore);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(!drill.path("restored/keys/master.key").exists());
    let rebuilt = drill.place.run_with(&elsewhere, &["rebuild", "--data-dir", "restored"]);
    assert_eq!(rebuilt.code, Some(0), "{rebuilt:?}");
}
