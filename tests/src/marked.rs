//! A case with a marker in every field that is personal, to look for once it was erased.

use chrono::TimeDelta;
use domain::Role;
use domain::ids::QuestionId;
use hyper::StatusCode;
use hyper::header::{HeaderName, USER_AGENT};
use serde_json::json;
use service::secrets::random_id;

use crate::http::Client;
use crate::running::Running;
use crate::steps::{self, Step};
use crate::story::{self, Filed};

/// What the reporter's name and address hold, and what the file is called that they attached.
pub const REPORTER: [&str; 3] = ["Merkemelder", "merkeadresse@example.org", "Merkevedlegg"];

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

/// Where whoever was asked from outside gets mail.
pub const CONTACT: &str = DEALT[3];

/// What was said to others and by them: those who were asked, who were heard and who were written
/// to, and what those who handle the case keep for themselves.
pub const DEALT: [&str; 18] = [
    "Merkeforespørsel",
    "Merketilsvar",
    "Merkeleverandør",
    "merkekontakt@example.net",
    "Merkeutspørring",
    "Merketilbaketrekk",
    "Merkeuttalelse",
    "Merkebidrag",
    "Merkenotat",
    "Merkepoliti",
    "Merkelovbrudd",
    "Merkereferanse",
    "Merkearbeidsgiver",
    "Merkepersonalsak",
    "Merkebrevveksling",
    "Merkeetterkontroll",
    "Merkekopi",
    "Merkebilag",
];

/// What the machine tells of whoever sends a report: the other end of the connection, what a proxy
/// says of it, and the browser.
pub const SENDER: [&str; 3] = ["127.77.66.55", "198.51.100.217", "Merkeleser/7.7"];

/// The same client, telling all of [`SENDER`] with everything it sends.
///
/// # Panics
/// Never: the first of them is an address.
#[must_use]
pub fn sender(client: Client) -> Client {
    let [peer, forwarded, agent] = SENDER;
    client
        .connecting_from(peer.parse().expect("an address"))
        .always_with(HeaderName::from_static("x-forwarded-for"), forwarded)
        .always_with(HeaderName::from_static("forwarded"), &format!("for={forwarded}"))
        .always_with(USER_AGENT, agent)
}

/// Why two cases were linked: both say it, and it is gone when both are erased.
pub const LINKED: &str = "Merkesammenheng";

/// Every marker of one case.
pub fn all() -> impl Iterator<Item = &'static str> {
    REPORTER.iter().chain(&WRITTEN).chain(&SAID).chain(&DEALT).copied()
}

/// Every marker in `text`.
#[must_use]
pub fn in_text(text: &str) -> Vec<&'static str> {
    all().filter(|marker| text.contains(marker)).collect()
}

/// How many markers there are.
pub const MARKERS: usize = REPORTER.len() + WRITTEN.len() + SAID.len() + DEALT.len();

/// Until when answers are wanted.
const ANSWER_DUE_AT: &str = "2026-03-04T12:00:00Z";

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
        "attachments": [{ "name": format!("{}.txt", REPORTER[2]), "content": "TWVsZGVyZW5z" }],
    });
    let answer = running.api(Role::Employee).post("/api/v1/reports", &report).await;
    let receipt = answer.expect(StatusCode::CREATED).json();
    let told = |member: &str| receipt[member].as_str().expect("the receipt tells it").to_owned();
    Filed { number: told("case"), code: told("follow_up_code") }
}

/// Walks a marked case to its end, by every way a text takes into it. The leader is involved.
pub async fn walk_to_closed(running: &Running, filed: &Filed) {
    take_in(running, filed).await;
    deal(running, filed).await;
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
    let more = service
        .add_information(&filed.code, WRITTEN[5].to_owned(), Vec::new(), random_id().into())
        .await;
    more.expect("the reporter may add");
    let text = WRITTEN[6].to_owned();
    let answered = service.answer_question(&filed.code, question, text, random_id().into()).await;
    answered.expect("the reporter may answer");
}

/// Asks, hears, notes, refers and writes, with a marker in every text.
async fn deal(running: &Running, filed: &Filed) {
    let owner = running.people.holder(Role::SystemOwner);
    let asked = steps::inquire(owner, DEALT[0], ANSWER_DUE_AT);
    let asked = story::take(running, Role::Dpo, filed, &asked).await.json();
    let inquiry = asked["id"].as_str().expect("it says which");
    let answer = steps::answer_inquiry(inquiry, DEALT[1]);
    story::take(running, Role::SystemOwner, filed, &answer).await;
    let outside = steps::inquire_outside(DEALT[2], DEALT[3], DEALT[4], ANSWER_DUE_AT);
    let outside = story::take(running, Role::Dpo, filed, &outside).await.json();
    let inquiry = outside["id"].as_str().expect("it says which");
    dpo(running, filed, steps::withdraw_inquiry(inquiry, DEALT[5])).await;
    story::take(running, Role::SecurityOfficer, filed, &steps::contribute(DEALT[6])).await;
    controller(running, filed, steps::contribute(DEALT[7])).await;
    dpo(running, filed, steps::note(DEALT[8])).await;
    dpo(running, filed, steps::refer("police_report", DEALT[9], DEALT[10], DEALT[11])).await;
    dpo(running, filed, steps::refer("personnel_matter", DEALT[12], DEALT[13], "26/7")).await;
    dpo(running, filed, steps::correspond(DEALT[14])).await;
    let mut copy = steps::attach(DEALT[17]);
    copy.body["name"] = json!(format!("{}.txt", DEALT[16]));
    dpo(running, filed, copy).await;
}

/// Links two cases, with a marker of both in the reason.
pub async fn link(running: &Running, filed: &Filed, other: &Filed) {
    dpo(running, filed, steps::link(&other.number, LINKED)).await;
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
    dpo(running, filed, steps::review_effect(&measure, "works", DEALT[15])).await;
}

async fn dpo(running: &Running, filed: &Filed, step: Step) {
    story::take(running, Role::Dpo, filed, &step).await;
}

async fn controller(running: &Running, filed: &Filed, step: Step) {
    story::take(running, Role::Controller, filed, &step).await;
}
