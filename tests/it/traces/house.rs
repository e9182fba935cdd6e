//! A service in which there is something behind every address.

use std::collections::BTreeSet;

use domain::ids::CaseId;
use domain::organisation::{self, AccessRule, UnusualAccess};
use domain::{Position, Role};
use hyper::{Method, StatusCode};
use journal::AccessLine;
use serde_json::{Value, json};
use service::SignedIn;
use tests::browser_form::BrowserForm;
use tests::http::Asked;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Answer, Client, Running, mails, steps};

/// Words that stand in the case and nowhere else.
pub(super) const TELLING: [&str; 3] = ["Kråkenes", "SOL-4711", "Merkespørsmål"];

/// The page under which the test itself reads the log.
const OWN: &str = "traces";

const CONTACT: &str = "hendelser@example.net";

/// The service, with what stands in its addresses.
pub(super) struct House {
    pub(super) running: Running,
    pub(super) case: CaseId,
    /// The data protection officer at a browser.
    pub(super) dpo: Client,
    csrf: String,
    auditor: SignedIn,
    filed: Filed,
    measure: String,
    inquiry: String,
    attachment: String,
    secret: String,
    calendar: String,
}

async fn made(running: &Running, filed: &Filed, step: &steps::Step) -> String {
    let made = story::take(running, Role::Dpo, filed, step).await.json();
    made["id"].as_str().unwrap().to_owned()
}

/// Has the employee's reading found unusual, by the first line of the access log.
async fn unusual(running: &Running) {
    let found = UnusualAccess {
        rule: AccessRule::RefusedLooks,
        user: running.people.holder(Role::Employee).user,
        count: 1,
        limit: 1,
        looked_at: running.now(),
        line: Position(1),
    };
    let request = organisation::Request::RecordUnusualAccess(found);
    running.service().set_up(request).await.expect("it is recorded");
}

/// What stands after `mark`, as far as it is a secret.
fn secret_after(text: &str, mark: &str) -> Option<String> {
    let (_, after) = text.split_once(mark)?;
    Some(after.chars().take_while(char::is_ascii_alphanumeric).collect())
}

async fn link(running: &Running, filed: &Filed, attachment: &str) -> String {
    let ask = steps::inquire_outside("Drift AS", CONTACT, "Merkespørsmål?", "2026-03-04T12:00:00Z");
    let ask = steps::showing(ask, &[attachment]);
    story::take(running, Role::Dpo, filed, &ask).await;
    eventually("the mail with the link", async || {
        running.service().dispatch_once().await;
        let mut texts = running.mails().into_iter().map(|mail| mails::text_of(&mail));
        texts.find_map(|text| secret_after(&text, "/answer/"))
    })
    .await
}

impl House {
    pub(super) async fn open() -> Self {
        let running = Running::start().await;
        let filed = story::report_by_api(&running, None).await;
        story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
        let owner = running.people.holder(Role::Archivist);
        let measure = story::propose_measure(&running, &filed, "immediate", "Slett", owner).await;
        story::take(&running, Role::Archivist, &filed, &steps::complete_measure(&measure, "Gjort"))
            .await;
        let asked = running.people.holder(Role::SystemOwner);
        let attachment = made(&running, &filed, &steps::attach("Et notat")).await;
        let question = steps::inquire(asked, "Merkespørsmål?", "2026-03-04T12:00:00Z");
        let question = steps::showing(question, &[&attachment]);
        let inquiry = made(&running, &filed, &question).await;
        let notify = steps::notify("2026-03-02T08:00:00Z", None);
        story::take(&running, Role::Dpo, &filed, &notify).await;
        let secret = link(&running, &filed, &attachment).await;
        let dpo = running.browser(Role::Dpo).await;
        let page = BrowserForm::open(&dpo, "/clocks", "/clocks/calendar").await.send(&dpo).await;
        let calendar = secret_after(&page.text, "/calendar/").unwrap();
        let letter = format!("{}/letters/new/letter/nb", filed.page());
        let written = BrowserForm::open(&dpo, &letter, &letter).await.send(&dpo).await;
        assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
        let form = BrowserForm::open(&dpo, "/", "/sign-out").await;
        let csrf = form.value("csrf").unwrap().to_owned();
        unusual(&running).await;
        let case = running.service().find_case(filed.number.parse().unwrap()).unwrap();
        let token = &running.people.holder(Role::Auditor).token;
        let auditor = running.service().bearer(token).unwrap();
        Self {
            running,
            case,
            dpo,
            csrf,
            auditor,
            filed,
            measure,
            inquiry,
            attachment,
            secret,
            calendar,
        }
    }

    /// Every line of the access log but those of reading it here.
    pub(super) async fn noted(&self) -> Vec<AccessLine> {
        let read = self.running.service().access_log(&self.auditor, None, u16::MAX, OWN).await;
        let lines = read.unwrap().into_iter().map(|(_, line)| line);
        lines.filter(|line| line.page != OWN).collect()
    }

    /// An address with what stands in it.
    pub(super) fn filled(&self, path: &str) -> String {
        let user = self.running.people.holder(Role::Employee).user.to_string();
        path.replace("{year}/{sequence}", &self.filed.number)
            .replace("{step}", "assess")
            .replace("{document}", "next-notice")
            .replace("{letter}", "1")
            .replace("{kind}", "letter")
            .replace("{language}", "nb")
            .replace("{measure}", &self.measure)
            .replace("{inquiry}", &self.inquiry)
            .replace("{attachment}", &self.attachment)
            .replace("{secret}", &self.secret)
            .replace("{table}", "months.csv")
            .replace("{file}", &format!("{}.ics", self.calendar))
            .replace("{duty}", "protected-address")
            .replace("{view}", "datatilsynet")
            .replace("{section}", "description")
            .replace("{notice}", "1")
            .replace("{category}", "other")
            .replace("{user}", &user)
            .replace("{token}", story::NOT_ATTACHED)
            .replace("{line}/{rule}", "1/refused_looks")
            .replace("{filter}", story::NOT_ATTACHED)
            .replace("{hash}/{name}", "0/none.css")
    }

    /// Asks for an address as the holder of a role, or as nobody.
    pub(super) async fn ask(&self, role: Option<Role>, address: &str) -> Answer {
        let (method, path) = address.split_once(' ').unwrap();
        let path = self.filled(path);
        let query = if path.ends_with("/who-read/report") { "?for=other&as=names" } else { "" };
        let path = format!("{path}{query}");
        let client = match role {
            None => self.running.visitor(),
            Some(role) if path.starts_with("/api/") => self.running.api(role),
            Some(role) => self.running.browser(role).await,
        };
        match method {
            "GET" => client.get(&path).await,
            "POST" if path.starts_with("/api/") => {
                client.post(&path, &json!({ "words": "Kråkenes" })).await
            }
            "POST" => client.fill_in(&path, &path, &[("words", "Kråkenes")]).await,
            other => panic!("{other}"),
        }
    }

    /// What every form carries, and nothing more.
    pub(super) fn hidden(&self) -> [(&str, &str); 2] {
        [("csrf", &self.csrf), ("key", story::NOT_ATTACHED)]
    }

    /// Every address of the API, as its description has it.
    pub(super) async fn api(&self) -> BTreeSet<String> {
        let asked = Asked::new(Method::GET, "/api/openapi.json");
        let description = self.running.visitor().send(asked).await.expect(StatusCode::OK).json();
        let paths = description["paths"].as_object().unwrap().iter();
        let methods = |path: &Value| path.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let addresses = paths.flat_map(|(path, it)| {
            methods(it).into_iter().map(move |method| format!("{} {path}", method.to_uppercase()))
        });
        addresses.collect()
    }
}

/// Every address of the pages, as the list of routes has it.
pub(super) fn pages() -> BTreeSet<String> {
    const ROUTES: &str = include_str!("../../../crates/web/src/routes.rs");
    let constant = |name: &str| {
        let (_, rest) = ROUTES.split_once(&format!("const {name}: &str =")).unwrap();
        rest.split('"').nth(1).unwrap().to_owned()
    };
    let mut addresses = BTreeSet::new();
    for route in ROUTES.split(".route(").skip(1) {
        let (path, handlers) = route.split_once(", ").unwrap();
        let path = match path.strip_prefix('"') {
            Some(path) => path.trim_end_matches('"').to_owned(),
            None => constant(path),
        };
        let handlers = handlers.lines().next().unwrap();
        for method in ["get", "post"] {
            let is_taken = |at: &str| {
                handlers.starts_with(&format!("{at}(")) || handlers.contains(&format!(".{at}("))
            };
            if is_taken(method) {
                addresses.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    addresses
}

#[test]
fn the_list_of_routes_is_read_as_it_is_written() {
    let pages = pages();
    for known in ["GET /inbox", "POST /inbox", "GET /healthz", "POST /sign-out"] {
        assert!(pages.contains(known), "{known}: {pages:?}");
    }
    assert!(60 < pages.len(), "{pages:?}");
}
