//! The feed for calendars: case numbers and nothing else, at an address that can be renewed, read
//! by a parser that is not ours.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use domain::Role;
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::story;
use tests::{Client, Running, disk, steps};

use super::settle;

const CALENDAR: &str = "/clocks/calendar";

/// Asks for a calendar address on the page, and answers with its path.
async fn address(running: &Running, client: &Client) -> String {
    let handed_out = BrowserForm::open(client, "/clocks", CALENDAR).await.send(client).await;
    let page = handed_out.expect(StatusCode::OK).text;
    let base = format!("{}/calendar/", running.base_url());
    let place = page.find(&base).expect("the address stands on the page") + base.len();
    let secret = page[place..].split(".ics").next().unwrap();
    assert_eq!(secret.len(), 64, "{secret}");
    format!("/calendar/{secret}.ics")
}

/// The events as `tests/it/read_calendar.py` reads them.
fn parsed(calendar: &str) -> Vec<Value> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let installed = repository.join("target/python/bin/python");
    let python = if installed.exists() { installed } else { "python3".into() };
    let mut process = Command::new(python)
        .arg(repository.join("tests/it/read_calendar.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts; if there is none, run `make target/python/installed`");
    process.stdin.take().unwrap().write_all(calendar.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "if icalendar is missing, run `make target/python/installed`: {calendar}"
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn a_calendar_shows_deadlines_with_case_numbers_and_nothing_else() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T06:30:00Z")).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    settle(&running, &filed, &json!({ "protected_address": true })).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = address(&running, &dpo).await;
    let feed = async || running.visitor().get(&address).await.expect(StatusCode::OK);
    let first = feed().await;
    assert_eq!(first.header(&CONTENT_TYPE), "text/calendar; charset=utf-8");
    assert!(first.text.split_inclusive('\n').all(|line| line.ends_with("\r\n")));
    assert!(first.text.split("\r\n").all(|line| line.len() <= 75), "{}", first.text);

    let events = parsed(&first.text);
    let told = |name: &str| events.iter().map(|it| it[name].clone()).collect::<Vec<_>>();
    let summary = format!("Frist i sak {}", filed.number);
    assert_eq!(told("summary"), [&*summary, &*summary]);
    // Four hours for the protected address, and the 72.
    assert_eq!(told("start"), ["2026-03-02T10:30:00+00:00", "2026-03-05T06:30:00+00:00"]);
    for word in ["politi", "adresse", "gdpr", "Datatilsynet", "Tapt"] {
        let written = first.text.replace("\r\n ", "");
        let without_ids: Vec<_> =
            written.split("\r\n").filter(|line| !line.starts_with("UID")).collect();
        assert!(!without_ids.join("\n").contains(word), "{word}: {written}");
    }
    // Asked again, they are the same events; done, one is gone.
    running.pass(chrono::TimeDelta::minutes(5));
    let uids = |events: &[Value]| events.iter().map(|it| it["uid"].clone()).collect::<Vec<_>>();
    assert_eq!(uids(&parsed(&feed().await.text)), uids(&events));
    // A question that waits for its answer looks the same, with nothing of what is asked.
    let owner = running.people.holder(Role::SystemOwner);
    let ask = steps::inquire(owner, "Hvem har slått opp?", "2026-03-04T12:00:00Z");
    let made = story::take(&running, Role::Dpo, &filed, &ask).await;
    let with_question = parsed(&feed().await.text);
    let asked: Vec<_> = with_question.iter().filter(|it| !events.contains(it)).collect();
    let [asked] = asked[..] else { panic!("{with_question:?}") };
    assert_eq!(
        (&asked["summary"], &asked["start"]),
        (&json!(summary), &json!("2026-03-04T12:00:00+00:00"))
    );
    assert_eq!(asked["url"], events[0]["url"]);
    let inquiry = made.json()["id"].as_str().expect("an identifier").to_owned();
    let answer = format!("/api/v1/cases/{}/inquiries/{inquiry}/answer", filed.number);
    let answered = running.api(Role::SystemOwner).post(&answer, &json!({ "text": "Ja." })).await;
    assert!(answered.status.is_success(), "{answered:?}");
    assert_eq!(uids(&parsed(&feed().await.text)), uids(&events));
    let done = steps::fulfil_duty("protected-address", "2026-03-02T07:00:00Z");
    story::take(&running, Role::Dpo, &filed, &done).await;
    assert_eq!(uids(&parsed(&feed().await.text)), uids(&events[1..]));
}

#[tokio::test]
async fn a_calendar_address_is_ones_own_renewed_closed_and_every_look_is_noted() {
    let mut running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T06:30:00Z")).await;
    let dpo = running.browser(Role::Dpo).await;
    let first = address(&running, &dpo).await;
    let visitor = running.visitor();
    let status = async |path: &str| visitor.get(path).await.status;
    assert_eq!(status(&first).await, StatusCode::OK);
    let second = address(&running, &dpo).await;
    assert_eq!(status(&first).await, StatusCode::NOT_FOUND, "the old one is dead");
    assert_eq!(status(&second).await, StatusCode::OK);
    assert_eq!(status("/calendar/unheard-of.ics").await, StatusCode::NOT_FOUND);

    // The leader sees a case once it is received, here as elsewhere.
    let leader = running.browser(Role::Leader).await;
    let of_leader = address(&running, &leader).await;
    let events = async || parsed(&visitor.get(&of_leader).await.expect(StatusCode::OK).text).len();
    assert_eq!(events().await, 0);
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    assert_eq!(events().await, 1);

    let close = "/clocks/calendar/close";
    let closed = BrowserForm::open(&dpo, "/clocks", close).await.send(&dpo).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    assert_eq!(status(&second).await, StatusCode::NOT_FOUND);

    let user = running.people.holder(Role::Dpo).user;
    running.stop().await;
    let looks = disk::accesses(running.data_dir()).await;
    let of_feed = looks.iter().filter(|line| {
        line.by == domain::Actor::User(user)
            && matches!(&line.what, service::Access::Export(name) if name == "calendar")
    });
    assert_eq!(of_feed.count(), 2, "each look of the officer's calendar, and no refused one");
}
