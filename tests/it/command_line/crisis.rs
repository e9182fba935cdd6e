//! A crisis copy from outside: forked, worked in on both sides, merged, merged again.

use std::fs;
use std::path::PathBuf;

use domain::organisation;
use domain::{Event, Role};
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::running::eventually;
use tests::steps::{self, Step};
use tests::story::{self, Filed};
use tests::{Person, Running, disk, marked};

use super::backup::told;
use super::process::{Ended, Place, Serving};

/// A service with some cases, of which there is a backup.
struct Crisis {
    running: Running,
    place: Place,
    filed: Vec<Filed>,
}

impl Crisis {
    async fn new() -> Self {
        let mut running = Running::start().await;
        let mut filed = Vec::new();
        for _ in 0..3 {
            filed.push(story::report_by_api(&running, None).await);
        }
        let receive = steps::receive(&running.people);
        story::take(&running, Role::Dpo, &filed[0], &receive).await;
        let leader = running.people.holder(Role::Leader);
        let inquire = steps::inquire(leader, "Var den låst?", "2026-03-05T12:00:00Z");
        story::take(&running, Role::Dpo, &filed[0], &inquire).await;
        running.stop().await;
        let crisis = Self { running, place: Place::new(), filed };
        crisis.back_up(crisis.data(), "logs", "keys");
        crisis
    }

    fn data(&self) -> &str {
        self.running.data_dir().to_str().unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path(name)
    }

    #[track_caller]
    fn back_up(&self, data: &str, logs: &str, keys: &str) {
        ended_well(&self.place.run(&["backup", logs, "--keys", keys, "--data-dir", data]));
    }

    /// Makes a crisis copy of the backup.
    #[track_caller]
    fn fork(&self, data: &str) -> Value {
        let restore = ["restore", "logs", "--keys", "keys", "--crisis", "--json"];
        let ended = self.place.run(&[&restore[..], &["--data-dir", data]].concat());
        ended_well(&ended);
        serde_json::from_str(&ended.out).unwrap()
    }

    fn serve(&self, data: &str) -> Serving {
        self.place.serve(&["--data-dir", data])
    }

    #[track_caller]
    fn merge(&self, more: &[&str]) -> Value {
        let ended =
            self.place.run(&[&["merge", "--json", "--data-dir", self.data()], more].concat());
        ended_well(&ended);
        serde_json::from_str(&ended.out).unwrap()
    }

    fn person(&self, role: Role) -> &Person {
        self.running.people.holder(role)
    }

    async fn take(&self, serving: &Serving, role: Role, filed: &Filed, step: &Step) {
        let client = serving.api_of(self.person(role));
        let answer = client.post(&filed.address(&step.tail), &step.body).await;
        assert!(answer.status.is_success(), "{step:?}: {answer:?}");
    }

    async fn report(&self, serving: &Serving) -> Filed {
        let employee = self.person(Role::Employee);
        let report = json!({
            "category": "other",
            "unit": employee.unit,
            "what_happened": "En konvolutt lå åpen",
            "discovered_at": "2026-03-02T07:30:00Z",
        });
        let answer = serving.api_of(employee).post("/api/v1/reports", &report).await;
        let receipt = answer.expect(StatusCode::CREATED).json();
        let told = |member: &str| receipt[member].as_str().unwrap().to_owned();
        Filed { number: told("case"), code: told("follow_up_code") }
    }

    /// The case as the data protection officer sees it, but for what its clock has left.
    async fn case(&self, serving: &Serving, filed: &Filed) -> Value {
        let answer = serving.api_of(self.person(Role::Dpo)).get(&filed.address("")).await;
        let mut case = answer.expect(StatusCode::OK).json();
        case["clock"]["remaining_seconds"].take();
        for duty in case["duties"].as_array_mut().unwrap() {
            duty["remaining_seconds"].take();
        }
        case
    }

    /// Waits until whoever was asked in a case was reminded.
    async fn reminded(&self, serving: &Serving, filed: &Filed) {
        let client = serving.api_of(self.person(Role::Dpo));
        let reminded = async || {
            let answer = client.get(&filed.address("timeline")).await;
            answer.text.contains("inquiry_reminded").then_some(())
        };
        eventually("a reminder", reminded).await;
    }

    fn events(&self) -> Vec<domain::Recorded> {
        disk::events(self.running.data_dir())
    }
}

#[track_caller]
fn ended_well(ended: &Ended) {
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[track_caller]
fn stop(serving: Serving) {
    assert_eq!(serving.end_by("TERM"), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recorded_in_a_crisis_copy_is_taken_over_once_and_whole() {
    let it = Crisis::new().await;
    let [worked_in_copy, worked_in_both, taken_in_copy] = &it.filed[..] else { panic!("three") };
    let receive = steps::receive(&it.running.people);
    // The service goes on for a while after the backup, raises alerts in every case, and reminds
    // of what was asked.
    let here = it.serve(it.data());
    it.reminded(&here, worked_in_copy).await;
    it.take(&here, Role::Dpo, worked_in_both, &receive).await;
    let kept = it.case(&here, worked_in_both).await;
    stop(here);

    let told = it.fork("copy");
    assert_eq!(told["crisis_copy_since"], told["events"]);
    let copy = it.serve("copy");
    it.reminded(&copy, worked_in_copy).await;
    assert!(copy.get("/sign-in", None).contains("Dette er en krisekopi"));
    let new = it.report(&copy).await;
    assert_eq!(new.number, "2026/90001");
    it.take(&copy, Role::Dpo, worked_in_copy, &steps::assess("Uten lås", "document_only")).await;
    it.take(&copy, Role::Dpo, worked_in_both, &receive).await;
    it.take(&copy, Role::Dpo, taken_in_copy, &receive).await;
    let mut there = Vec::new();
    for filed in [worked_in_copy, taken_in_copy, &new] {
        there.push(it.case(&copy, filed).await);
    }
    stop(copy);

    let merged = it.merge(&["copy"]);
    let left_out = merged["left_out"].as_array().unwrap();
    assert_eq!(left_out.len(), 1, "{merged}");
    assert_eq!(left_out[0]["stream"], *worked_in_both.number);
    assert_eq!(left_out[0]["reason"], "changed_on_both_sides");
    let told = left_out[0]["events"].as_array().unwrap();
    assert!(told.iter().any(|event| event["event"] == "case_received"), "{merged}");

    let here = it.serve(it.data());
    assert!(!here.get("/sign-in", None).contains("krisekopi"));
    for (filed, there) in [worked_in_copy, taken_in_copy, &new].into_iter().zip(there) {
        assert_eq!(it.case(&here, filed).await, there, "as in the copy, its clock too");
    }
    assert_eq!(it.case(&here, worked_in_both).await, kept, "as it was here");
    assert_eq!(it.report(&here).await.number, "2026/4", "numbers go on as before");
    stop(here);

    let before = it.events();
    let accesses = disk::accesses(it.running.data_dir()).await;
    for line in disk::accesses(&it.path("copy")).await {
        assert!(accesses.contains(&line), "{line:?}");
    }
    let again = it.merge(&["copy"]);
    assert_eq!((&again["events_new"], &again["events"]), (&json!(0), &merged["events"]));
    assert!(it.events() == before, "nothing is doubled");
    assert!(disk::accesses(it.running.data_dir()).await == accesses, "no look is doubled");
    ended_well(&it.place.run(&["verify", "--data-dir", it.data()]));
    let recorded = before.iter().find_map(|recorded| match &recorded.event {
        Event::Organisation(organisation::Event::CrisisCopyMerged { events, left_out, .. }) => {
            Some((*events, left_out.len()))
        }
        _ => None,
    });
    assert_eq!(recorded, Some((merged["events"].as_u64().unwrap(), 1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_the_copy_does_and_what_comes_later_is_added() {
    let it = Crisis::new().await;
    it.fork("copy");
    let copy = it.serve("copy");
    let first = it.report(&copy).await;
    it.back_up("copy", "copy-logs", "copy-keys");
    let refused = it.place.run(&["backup", "logs", "--keys", "keys", "--data-dir", "copy"]);
    assert!(refused.err.contains("of another journal"), "{refused:?}");
    let second = it.report(&copy).await;
    stop(copy);

    let merged = it.merge(&["copy-logs", "--keys", "copy-keys"]);
    assert!(!it.running.data_dir().join("merging").exists());
    assert!(0 < merged["events_new"].as_u64().unwrap());
    let merged = it.merge(&["copy"]);
    assert!(0 < merged["events_new"].as_u64().unwrap());
    assert_eq!(merged["left_out"], json!([]));
    let here = it.serve(it.data());
    for filed in [&first, &second] {
        assert_eq!(it.case(&here, filed).await["phase"], "reported");
    }
    let numbers = disk::reports(&it.path("copy")).len();
    stop(here);
    assert_eq!(disk::reports(it.running.data_dir()).len(), numbers);

    // A second copy of the same backup gives the same numbers, and is told apart.
    it.fork("other");
    let other = it.serve("other");
    assert_eq!(it.report(&other).await.number, first.number);
    stop(other);
    let merged = it.merge(&["other"]);
    assert_eq!(merged["left_out"][0]["reason"], "number_taken", "{merged}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_the_copy_could_not_send_is_sent_from_here() {
    let it = Crisis::new().await;
    it.fork("copy");
    // Nobody listens on port 1.
    let dead = "[mail]\ntransport = \"smtp\"\ntls = \"none\"\nhost = \"127.0.0.1\"\nport = 1\n";
    it.place.write("dead.toml", &format!("{dead}from = \"avvik@example.org\"\n"));
    let copy = it.place.serve(&["--data-dir", "copy", "--config", "dead.toml"]);
    let new = it.report(&copy).await;
    stop(copy);
    assert!(!it.path("copy/mail").exists());
    let merged = it.merge(&["copy"]);
    assert!(0 < merged["messages"].as_u64().unwrap(), "{merged}");
    let here = it.serve(it.data());
    let sent = async || {
        let mail = it.running.data_dir().join("mail");
        (!disk::files_holding(&mail, new.number.as_bytes()).is_empty()).then_some(())
    };
    eventually("the mail about the new case", sent).await;
    stop(here);
}

#[tokio::test]
async fn what_was_erased_in_the_copy_is_erased_here() {
    let mut running = Running::start().await;
    let filed = marked::report(&running).await;
    marked::walk_to_closed(&running, &filed).await;
    running.stop().await;
    let it = Crisis { running, place: Place::new(), filed: vec![filed] };
    it.back_up(it.data(), "logs", "keys");
    it.fork("copy");
    let by = it.person(Role::Archivist).sign_in_name.clone();
    let erase = ["erase", &it.filed[0].number, "--by", &by, "--ground", "Plan 2026"];
    ended_well(&it.place.run(&[&erase[..], &["--data-dir", "copy"]].concat()));
    let left = || marked::in_text(&told(it.running.data_dir())).len();
    assert_eq!(left(), marked::MARKERS);
    it.merge(&["copy"]);
    assert_eq!(left(), 0);
}

#[tokio::test]
async fn a_master_key_that_is_handed_over_for_a_merge_stays_what_it_is() {
    let mut running = Running::start().await;
    let filed = marked::report(&running).await;
    marked::walk_to_closed(&running, &filed).await;
    running.stop().await;
    let it = Crisis { running, place: Place::new(), filed: vec![filed] };
    it.back_up(it.data(), "logs", "keys");
    it.fork("copy");
    let (inside, file) = (it.path("copy/keys/master.key"), it.path("kept.key"));
    fs::copy(&inside, &file).unwrap();
    fs::remove_file(&inside).unwrap();
    // It is kept elsewhere, and the keys of the backup are older than an erasure in its logs.
    let elsewhere = [("AVVIK_MASTER_KEY_FILE", file.to_str().unwrap())];
    let run = |command: &[&str]| ended_well(&it.place.run_with(&elsewhere, command));
    run(&["backup", "copy-logs", "--keys", "copy-keys", "--data-dir", "copy"]);
    let before = fs::read(&file).unwrap();
    let by = it.person(Role::Archivist).sign_in_name.clone();
    let erase = ["erase", &it.filed[0].number, "--by", &by, "--ground", "Plan 2026"];
    run(&[&erase[..], &["--data-dir", "copy"]].concat());
    run(&["backup", "copy-logs", "--keys", "later-keys", "--data-dir", "copy"]);
    let older = it.path("older.key");
    fs::copy(&file, it.path("newer.key")).unwrap();
    fs::write(&file, &before).unwrap();
    fs::copy(&file, &older).unwrap();
    it.merge(&["copy-logs", "--keys", "copy-keys", "--master-key", older.to_str().unwrap()]);
    assert_eq!(fs::read(&older).unwrap(), before);
    it.merge(&["copy-logs", "--keys", "copy-keys", "--master-key", older.to_str().unwrap()]);
    assert!(marked::in_text(&told(it.running.data_dir())).is_empty());
}

#[tokio::test]
async fn what_is_no_copy_of_this_journal_is_refused() {
    let it = Crisis::new().await;
    ended_well(&it.place.run(&["restore", "logs", "--keys", "keys", "--data-dir", "plain"]));
    let plain = it.place.run(&["merge", "plain", "--data-dir", it.data()]);
    assert!(plain.err.contains("it is no crisis copy"), "{plain:?}");
    let other = Crisis::new().await;
    other.fork("copy");
    let copy = other.path("copy");
    let ended = it.place.run(&["merge", copy.to_str().unwrap(), "--data-dir", it.data()]);
    assert!(ended.err.contains("it is no copy of this journal"), "{ended:?}");
    let here = it.serve(it.data());
    let running = it.place.run(&["merge", "plain", "--data-dir", it.data()]);
    assert!(running.err.contains("in use by another process"), "{running:?}");
    stop(here);
}
