//! Attached files on every road that a data directory takes: backed up and restored, compacted,
//! taken over from a crisis copy.

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::story::Filed;
use tests::{Running, disk};

use super::process::{Place, Serving};

/// What the first file holds, and what one attached in the crisis copy does.
const CONTENT: [&str; 2] = ["Merkeinnhold A", "Merkeinnhold B"];

/// A stopped house with a case that has a file.
struct House {
    running: Running,
    place: Place,
    filed: Filed,
}

impl House {
    async fn new() -> Self {
        let mut running = Running::start().await;
        let answer =
            running.api(Role::Employee).post("/api/v1/reports", &report(&running, 0)).await;
        let filed = Filed::from_json(&answer.expect(StatusCode::CREATED).json());
        running.stop().await;
        Self { running, place: Place::new(), filed }
    }

    fn data(&self) -> &str {
        self.running.data_dir().to_str().unwrap()
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) {
        let ended = self.place.run(arguments);
        assert_eq!(ended.code, Some(0), "{arguments:?}: {ended:?}");
    }

    /// What is attached to a case, as a service on some data hands it out.
    async fn attached(&self, serving: &Serving, filed: &Filed) -> Vec<String> {
        let dpo = serving.api_of(self.running.people.holder(Role::Dpo));
        let case = dpo.get(&filed.address("")).await.expect(StatusCode::OK).json();
        let mut contents = Vec::new();
        for attachment in case["attachments"].as_array().unwrap() {
            let id = attachment["id"].as_str().unwrap();
            let file = dpo.get(&filed.address(&format!("attachments/{id}"))).await;
            contents.push(file.expect(StatusCode::OK).text);
        }
        contents
    }

    /// Starts a service on some data, and holds what it hands out of the first case.
    async fn holds(&self, data: &str) {
        self.run(&["verify", "--data-dir", data]);
        let serving = self.place.serve(&["--data-dir", data]);
        assert_eq!(self.attached(&serving, &self.filed).await, [CONTENT[0]], "in {data}");
        assert_eq!(serving.end_by("TERM"), Some(0));
    }
}

/// A report with a file.
fn report(running: &Running, which: usize) -> Value {
    let content = ["TWVya2Vpbm5ob2xkIEE=", "TWVya2Vpbm5ob2xkIEI="][which];
    json!({
        "category": "other", "unit": running.people.units[0], "what_happened": "Et brev",
        "attachments": [{ "name": "brev.txt", "content": content }],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_has_the_files_sealed_and_a_restore_brings_them_back() {
    let house = House::new().await;
    let data = house.data().to_owned();
    house.run(&["backup", "logs", "--keys", "keys", "--data-dir", &data]);
    house.run(&["verify-backup", "logs", "--keys", "keys"]);
    let holding = disk::files_holding(&house.place.path("logs"), CONTENT[0].as_bytes());
    assert!(holding.is_empty(), "{holding:?}");
    house.run(&["restore", "logs", "--keys", "keys", "--data-dir", "restored"]);
    house.holds("restored").await;
    // One that was left out of the backup is missed by name.
    let kept = house.place.path("logs/attachments");
    let file = std::fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(&file).unwrap();
    let ended = house.place.run(&["verify-backup", "logs", "--keys", "keys"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.contains(file.file_name().unwrap().to_str().unwrap()), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_compacted_directory_has_its_files() {
    let house = House::new().await;
    let data = house.data().to_owned();
    house.run(&["compact", "--data-dir", &data]);
    house.holds(&data).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_attached_in_a_crisis_copy_are_taken_over_with_their_cases() {
    let house = House::new().await;
    let data = house.data().to_owned();
    house.run(&["backup", "logs", "--keys", "keys", "--data-dir", &data]);
    house.run(&["restore", "logs", "--keys", "keys", "--crisis", "--data-dir", "copy"]);
    let copy = house.place.serve(&["--data-dir", "copy"]);
    let employee = copy.api_of(house.running.people.holder(Role::Employee));
    let answer = employee.post("/api/v1/reports", &report(&house.running, 1)).await;
    let new = Filed::from_json(&answer.expect(StatusCode::CREATED).json());
    assert_eq!(house.attached(&copy, &new).await, [CONTENT[1]]);
    assert_eq!(copy.end_by("TERM"), Some(0));
    house.run(&["merge", "copy", "--data-dir", &data]);
    house.holds(&data).await;
    let here = house.place.serve(&["--data-dir", &data]);
    assert_eq!(house.attached(&here, &new).await, [CONTENT[1]]);
    assert_eq!(here.end_by("TERM"), Some(0));
}
