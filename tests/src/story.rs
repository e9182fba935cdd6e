//! The story most tests begin with: somebody has lost a phone and reports it.

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};

use crate::browser_form::BrowserForm;
use crate::http::{Answer, Client};
use crate::people::Person;
use crate::running::Running;
use crate::steps::{self, Step};

/// The form for a lost phone, which is also where it is sent to.
pub const FORM: &str = "/report/lost-or-stolen-device";

/// What the report says happened: two lines, and signs that a page must write with care.
pub const WHAT_HAPPENED: &str =
    "Vakttelefonen ble glemt på bussen til Kråkenes.\n<Ingen> \"lås\" & lapp på den.";

/// Which device, in the report's words.
pub const DEVICE: &str = "Vakttelefon Samsung, merket SOL-4711";

/// What is typed and chosen for a lost phone, but for the unit and who reports.
pub const LOST_PHONE: [(&str, &str); 16] = [
    ("what_happened", WHAT_HAPPENED),
    ("discovered_at", "2026-03-02T08:30"),
    ("occurred", "between"),
    ("occurred_at", ""),
    ("occurred_from", "2026-03-01T22:15"),
    ("occurred_until", "2026-03-01T23:00"),
    ("answer-device-kind", "phone"),
    ("answer-screen-lock", "no"),
    ("answer-confidential-apps", "Gerica på lomma"),
    ("personal_data", "yes"),
    ("breach", "confidentiality"),
    ("breach", "availability"),
    ("whose_data", "Beboere i andre etasje"),
    ("people", "up_to_hundred"),
    ("systems_and_devices", DEVICE),
    ("done_already", "Ringt Skyss hittegods"),
];

/// A report that was filed, as its receipt tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The case's number, such as `2026/1`.
    pub number: String,
    /// With which the reporter comes back.
    pub code: String,
}

impl Filed {
    /// What the receipt says.
    ///
    /// # Panics
    /// If the page is no receipt.
    #[must_use]
    #[track_caller]
    pub fn from_receipt(answer: &Answer) -> Self {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let told = |after: &str| {
            let (_, told) = answer.text.split_once(after)?;
            Some(told.split_once('<')?.0.to_owned())
        };
        let number = answer.text.split("<dd>").skip(1).find_map(|it| it.split_once('<'));
        let number = number.expect("the receipt tells the number").0.to_owned();
        let code = told("<dd class=\"avvik-code\">").expect("the receipt tells the code");
        Self { number, code }
    }

    /// What the API's receipt says.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn from_json(receipt: &Value) -> Self {
        let told = |member: &str| receipt[member].as_str().expect("the receipt tells it");
        Self { number: told("case").to_owned(), code: told("follow_up_code").to_owned() }
    }

    /// The case's own page.
    #[must_use]
    pub fn page(&self) -> String {
        format!("/cases/{}", self.number)
    }

    /// The case in the API, and what belongs to it.
    #[must_use]
    pub fn address(&self, tail: &str) -> String {
        let case = format!("/api/v1/cases/{}", self.number);
        if tail.is_empty() { case } else { format!("{case}/{tail}") }
    }
}

/// The form as it is filled in for a lost phone, not yet sent.
pub async fn lost_phone(client: &Client, who: &[(&str, &str)]) -> BrowserForm {
    BrowserForm::open(client, FORM, FORM).await.fill(&LOST_PHONE).fill(who)
}

/// Reports a lost phone by the form.
///
/// # Panics
/// If no receipt comes back.
pub async fn report_a_lost_phone(client: &Client, who: &[(&str, &str)]) -> Filed {
    let form = lost_phone(client, who).await;
    Filed::from_receipt(&form.send(client).await)
}

/// What is said in handling the case of the lost phone, from assessment to memo.
pub const SAID_IN_HANDLING: [&str; 10] = [
    "Uten skjermlås, med journalapp",
    "Helseopplysninger på avveie",
    "Kan ringe pårørende med svindel",
    "Fjernslett telefonen",
    "Slettet fra konsollen kl. 11",
    "Bekreftet slettet i loggen",
    "Skjermlås på alle vakttelefoner",
    "Saksframlegg om vakttelefonen",
    "AR-2026-0417",
    "Brev til beboerne og deres pårørende",
];

/// A file that is attached to no case, for addresses that name one.
pub const NOT_ATTACHED: &str = "5b1f8a52-3c0d-4a52-9f44-0d8a6c1f2e77";

/// Asks for a step, as the holder of a role.
pub async fn ask(running: &Running, role: Role, filed: &Filed, step: &Step) -> Answer {
    running.api(role).post(&filed.address(&step.tail), &step.body).await
}

/// Takes a step, as the holder of a role.
///
/// # Panics
/// If it is refused.
pub async fn take(running: &Running, role: Role, filed: &Filed, step: &Step) -> Answer {
    let answer = ask(running, role, filed, step).await;
    assert!(answer.status.is_success(), "{step:?}: {answer:?}");
    answer
}

/// Asks for a step that is refused, and answers with the name of the rule that says no.
///
/// # Panics
/// If it is not refused by a rule.
pub async fn refused(running: &Running, role: Role, filed: &Filed, step: &Step) -> Value {
    let answer = ask(running, role, filed, step).await;
    assert!(answer.status.is_client_error(), "{step:?}: {answer:?}");
    answer.json()
}

/// The case as the holder of a role sees it.
///
/// # Panics
/// If they don't.
pub async fn case(running: &Running, role: Role, filed: &Filed) -> Value {
    running.api(role).get(&filed.address("")).await.expect(StatusCode::OK).json()
}

/// What has happened in a case, the oldest first.
///
/// # Panics
/// If the data protection officer does not see it.
pub async fn timeline(running: &Running, filed: &Filed) -> Vec<Value> {
    let answer = running.api(Role::Dpo).get(&filed.address("timeline")).await;
    let listed = answer.expect(StatusCode::OK).json();
    listed["items"].as_array().expect("a list").clone()
}

/// What has happened in a case of one kind, such as `case_assessed`.
pub async fn happened(running: &Running, filed: &Filed, event: &str) -> Vec<Value> {
    let timeline = timeline(running, filed).await;
    let happened = timeline.into_iter().map(|entry| entry["happened"].clone());
    happened.filter(|happened| happened["event"] == event).collect()
}

/// Proposes a measure and answers with its identifier.
///
/// # Panics
/// If it is refused.
pub async fn propose_measure(
    running: &Running,
    filed: &Filed,
    kind: &str,
    description: &str,
    owner: &Person,
) -> String {
    let step = steps::propose_measure(kind, description, owner);
    let made = take(running, Role::Dpo, filed, &step).await.json();
    made["id"].as_str().expect("it says which").to_owned()
}

/// Walks a reported case until the memo waits for the controller.
pub async fn walk_to_memo(running: &Running, filed: &Filed) {
    let said = SAID_IN_HANDLING;
    take(running, Role::Dpo, filed, &steps::receive(&running.people)).await;
    take(running, Role::Dpo, filed, &steps::assess(said[0], "notify_authority_and_people")).await;
    take(running, Role::Controller, filed, &steps::decide("notify", said[1])).await;
    take(running, Role::Dpo, filed, &steps::notify("2026-03-02T08:00:00Z", None)).await;
    take(running, Role::Controller, filed, &steps::decide_on_people("notify", said[2])).await;
    take(running, Role::Dpo, filed, &steps::tell_people("2026-03-02T08:00:00Z", said[9])).await;
    let leader = running.people.holder(Role::Leader);
    let wipe = propose_measure(running, filed, "immediate", said[3], leader).await;
    take(running, Role::Leader, filed, &steps::complete_measure(&wipe, said[4])).await;
    take(running, Role::Dpo, filed, &steps::verify_measure(&wipe, true, said[5])).await;
    propose_measure(running, filed, "preventive", said[6], leader).await;
    take(running, Role::Dpo, filed, &steps::submit_memo(said[7])).await;
}

/// Walks a reported case until the controller has closed it.
pub async fn walk_to_closed(running: &Running, filed: &Filed) {
    walk_to_memo(running, filed).await;
    take(running, Role::Controller, filed, &steps::close()).await;
}

/// Reports a lost phone as a program of the employee's does.
///
/// # Panics
/// If it is refused.
pub async fn report_by_api(running: &Running, discovered_at: Option<&str>) -> Filed {
    let report = json!({
        "category": "lost-or-stolen-device",
        "unit": running.people.holder(Role::Employee).unit,
        "what_happened": WHAT_HAPPENED,
        "discovered_at": discovered_at,
        "personal_data": "yes",
        "breach": ["confidentiality"],
        "systems_and_devices": DEVICE,
        "answers": { "device-kind": "phone" },
    });
    let answer = running.api(Role::Employee).post("/api/v1/reports", &report).await;
    Filed::from_json(&answer.expect(StatusCode::CREATED).json())
}

/// Every address of the API that is read, as its own description lists them; of the cases, those
/// of one.
///
/// # Panics
/// If the description lists none.
pub async fn api_addresses(running: &Running, filed: &Filed) -> Vec<String> {
    let description = running.visitor().get("/api/openapi.json").await.expect(StatusCode::OK);
    let description = description.json();
    let paths = description["paths"].as_object().expect("paths").iter();
    let read = paths.filter(|(_, path)| path.get("get").is_some());
    read.map(|(path, _)| {
        path.replace("{year}/{sequence}", &filed.number)
            .replace("{attachment}", NOT_ATTACHED)
            .replace("{document}", "case-file")
    })
    .collect()
}
