//! A case with a marker in every field that is personal, to look for once it was erased.

use chrono::TimeDelta;
use domain::Role;
use domain::ids::QuestionId;
use hyper::StatusCode;
use serde_json::json;
use service::secrets::random_id;

use crate::running::Running;
use crate::steps::{self, Step};
use crate::story::{self, Filed};

/// What the reporter's name and address hold.
pub const REPORTER: [&str; 2] = ["Merkemelder", "merkeadresse@example.org"];

/// What the reporter wrote, from the report to the last answer.
pub const WRITTEN: [&str; 7] = [
    "Merkehendelse",
    "Merkesystem",
    "Merkegruppe",
    "Merketiltak",
    "Merkesvar",
    "Merketillegg",
    "Merkegjensvar",
];

/// What was said in handling the case.
pub const SAID: [&str; 14] = [
    "Merkekjennskap",
    "Merkespørsmål",
    "Merkefakta",
    "Merkegrunner",
    "Merkeavvik",
    "Merkeforsinkelse",
    "Merkeberørte",
    "Merkebeskrivelse",
    "Merkeutført",
    "Merkevirkningsløs",
    "Merkevirkning",
    "Merkeframlegg",
    "Merkeoppfølging",
    "Merkegjenåpning",
];

/// Every marker in `text`.
#[must_use]
pub fn in_text(text: &str) -> Vec<&'static str> {
    let all = REPORTER.iter().chain(&WRITTEN).chain(&SAID);
    all.copied().filter(|marker| text.contains(marker)).collect()
}

/// How many markers there are.
pub const MARKERS: usize = REPORTER.len() + WRITTEN.len() + SAID.len();

/// Reports a case with a marker wherever the reporter writes, and a name.
///
/// # Panics
/// If it is refused.
pub async fn report(running: &Running) -> Filed {
    let report = json!({
        "category": "lost-or-stolen-device",
        "unit": running.people.holder(Role::Employee).unit,
        "what_happened": WRITTEN[0],
        "discovered_at": "2026-03-02T07:30:00Z",
        "personal_data": "yes",
        "breach": ["confidentiality"],
        "systems_and_devices": WRITTEN[1],
        "whose_data": WRITTEN[2],
        "people": "up_to_ten",
        "done_already": WRITTEN[3],
        "answers": { "device-kind": "phone", "confidential-apps": WRITTEN[4] },
        "openness": "confidential",
        "name": REPORTER[0],
        "contact": REPORTER[1],
    });
    let answer = running.api(Role::Employee).post("/api/v1/reports", &report).await;
    let receipt = answer.expect(StatusCode::CREATED).json();
    let told = |member: &str| receipt[member].as_str().expect("the receipt tells it").to_owned();
    Filed { number: told("case"), code: told("follow_up_code") }
}

/// Walks a marked case to its end, by every way a text takes into it. The leader is involved.
pub async fn walk_to_closed(running: &Running, filed: &Filed) {
    take_in(running, filed).await;
    decide(running, filed).await;
    measure(running, filed).await;
    let memo = steps::submit_memo(SAID[11]);
    dpo(running, filed, memo.clone()).await;
    controller(running, filed, steps::send_back(&[SAID[12]])).await;
    dpo(running, filed, memo.clone()).await;
    controller(running, filed, steps::close()).await;
    controller(running, filed, steps::reopen(SAID[13])).await;
    dpo(running, filed, memo).await;
    controller(running, filed, steps::close()).await;
    running.pass(TimeDelta::hours(1));
}

async fn take_in(running: &Running, filed: &Filed) {
    let service = running.service();
    dpo(running, filed, steps::receive(&running.people)).await;
    dpo(running, filed, steps::involve(running.people.holder(Role::Leader))).await;
    dpo(running, filed, steps::establish_awareness("2026-02-20T08:00:00Z", SAID[0])).await;
    let asked = story::take(running, Role::Dpo, filed, &steps::ask_reporter(SAID[1])).await.json();
    let question: QuestionId = asked["id"].as_str().expect("it says which").parse().expect("an id");
    let more =
        service.add_information(&filed.code, WRITTEN[5].to_owned(), Vec::new(), random_id()).await;
    more.expect("the reporter may add");
    let text = WRITTEN[6].to_owned();
    let answered = service.answer_question(&filed.code, question, text, random_id()).await;
    answered.expect("the reporter may answer");
}

async fn decide(running: &Running, filed: &Filed) {
    dpo(running, filed, steps::assess(SAID[2], "document_only")).await;
    controller(running, filed, steps::depart("notify", SAID[3], SAID[4])).await;
    dpo(running, filed, steps::notify("2026-03-02T08:00:00Z", Some(SAID[5]))).await;
    controller(running, filed, steps::decide_on_people("no_high_risk", SAID[6])).await;
}

async fn measure(running: &Running, filed: &Filed) {
    let owner = running.people.holder(Role::SystemOwner);
    let measure = story::propose_measure(running, filed, "immediate", SAID[7], owner).await;
    for (effective, finding) in [(false, SAID[9]), (true, SAID[10])] {
        dpo(running, filed, steps::complete_measure(&measure, SAID[8])).await;
        dpo(running, filed, steps::verify_measure(&measure, effective, finding)).await;
    }
}

async fn dpo(running: &Running, filed: &Filed, step: Step) {
    story::take(running, Role::Dpo, filed, &step).await;
}

async fn controller(running: &Running, filed: &Filed, step: Step) {
    story::take(running, Role::Controller, filed, &step).await;
}
