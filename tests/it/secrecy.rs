//! Who reported: an anonymous reporter leaves no trace, a confidential one is the data protection
//! officer's to know and nobody else's.

mod sender;
mod told;

use domain::case::report::Reporter;
use domain::{Actor, Event, Role};
use hyper::StatusCode;
use journal::Access;
use service::Settings;
use strum::IntoEnumIterator;
use tests::running::eventually;
use tests::story::{self, DEVICE, Filed, report_a_lost_phone};
use tests::{Answer, File, Running, crawl, disk, steps};

/// Who reports in confidence, and how to reach them: words that stand nowhere else.
const NAME: &str = "Tangerud-Vikaren";
const CONTACT: &str = "lokal 90917";

fn open_to_all(settings: &mut Settings) {
    settings.report_without_login = true;
}

/// Everything a role can open, and everything that anybody else was led to besides.
async fn all_that_is_shown(
    running: &Running,
    role: Role,
    filed: &Filed,
    also: &[String],
) -> Vec<(String, Answer)> {
    let browser = running.browser(role).await;
    let pages = crawl::everything(&browser, also).await;
    let api = running.api(role);
    let mut shown: Vec<_> = pages.into_iter().collect();
    for path in story::api_addresses(running, filed).await {
        let answer = api.get(&path).await;
        shown.push((path, answer));
    }
    let search = serde_json::json!({ "words": "vakttelefon" });
    shown.push(("search".to_owned(), api.post("/api/v1/cases/search", &search).await));
    shown
}

async fn addresses_the_dpo_is_led_to(running: &Running) -> Vec<String> {
    let browser = running.browser(Role::Dpo).await;
    crawl::everything(&browser, &["/".to_owned()]).await.into_keys().collect()
}

fn places_of<'a>(shown: &'a [(String, Answer)], words: &str) -> Vec<&'a String> {
    shown.iter().filter(|(_, answer)| answer.text.contains(words)).map(|(path, _)| path).collect()
}

#[tokio::test]
async fn who_reported_in_confidence_is_shown_to_the_dpo_and_to_nobody_else() {
    let mut running = Running::start_with(open_to_all).await;
    let unit = running.people.holder(Role::Employee).unit.to_string();
    let who =
        [("openness", "confidential"), ("name", NAME), ("contact", CONTACT), ("unit", &*unit)];
    let filed = report_a_lost_phone(&running.visitor(), &who).await;
    story::walk_to_closed(&running, &filed).await;
    let also = addresses_the_dpo_is_led_to(&running).await;
    assert!(also.contains(&filed.page()), "{also:?}");
    for role in Role::iter() {
        let shown = all_that_is_shown(&running, role, &filed, &also).await;
        for words in [NAME, CONTACT] {
            let places = places_of(&shown, words);
            let is_shown = !places.is_empty();
            assert_eq!(is_shown, role == Role::Dpo, "{role:?} sees {words} in {places:?}");
        }
    }
    eventually("mails", async || (3 < running.mails().len()).then_some(())).await;
    assert!(running.mails().iter().all(|mail| !mail.contains(NAME)));
    running.stop().await;
    for words in [NAME, CONTACT, DEVICE] {
        let holding = disk::files_holding(running.data_dir(), words.as_bytes());
        assert!(holding.is_empty(), "{words} lies open in {holding:?}");
    }
}

/// A colleague's name stands in lists of people; here it must not stand beside the report.
#[tokio::test]
async fn which_colleague_reported_is_told_to_the_dpo_alone() {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let reporter = running.people.holder(Role::Employee).clone();
    for openness in ["named", "confidential"] {
        let filed = report_a_lost_phone(&employee, &[("openness", openness)]).await;
        story::walk_to_closed(&running, &filed).await;
        let case = story::case(&running, Role::Dpo, &filed).await;
        assert_eq!(case["reporter"]["name"], *reporter.name);
        for role in [Role::Leader, Role::Controller, Role::SecurityOfficer] {
            let addresses = story::api_addresses(&running, &filed).await;
            for path in addresses.iter().filter(|path| !path.ends_with("/people")) {
                let answer = running.api(role).get(path).await;
                for trace in [&reporter.name, &reporter.user.to_string()] {
                    assert!(!answer.text.contains(trace), "{role:?} sees {trace} in {path}");
                }
            }
        }
    }
    let own = employee.get("/reports").await;
    assert_eq!(own.status, StatusCode::OK);
    running.stop().await;
    // Nor do the traces of reading: the reporter's own name no case.
    let lines = disk::accesses(running.data_dir()).await;
    let own: Vec<_> = lines.iter().filter(|line| line.by == Actor::User(reporter.user)).collect();
    assert!(!own.is_empty());
    assert!(own.iter().all(|line| !matches!(line.what, Access::Case(_))), "{own:?}");
}

#[tokio::test]
async fn an_anonymous_report_leaves_no_trace_of_who_was_signed_in() {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let before = running.service().views().position;
    let with_name = [("openness", "anonymous"), ("contact", CONTACT)];
    let filed = report_a_lost_phone(&employee, &with_name).await;
    let own = employee.get("/reports").await.expect(StatusCode::OK);
    assert!(!own.text.contains(&filed.number), "it is nobody's own report");
    running.stop().await;

    let reporter = running.people.holder(Role::Employee).clone();
    let recorded = disk::events(running.data_dir()).into_iter();
    let recorded: Vec<_> = recorded.filter(|recorded| before < recorded.position).collect();
    assert!(!recorded.is_empty());
    for recorded in &recorded {
        // How the category read is kept by the service itself.
        let by = match recorded.event {
            Event::Case(_) => Actor::Reporter,
            Event::Organisation(_) | Event::Review(_) => Actor::Service,
        };
        assert_eq!(recorded.by, by);
        let told = format!("{:?}", recorded.event);
        for trace in [&reporter.name, &reporter.user.to_string(), CONTACT] {
            assert!(!told.contains(trace), "{trace} in {told}");
        }
    }
    assert_eq!(disk::reports(running.data_dir())[0].reporter, Reporter::Anonymous);
    for words in [&reporter.name, CONTACT, DEVICE] {
        let holding = disk::files_holding(running.data_dir(), words.as_bytes());
        assert!(holding.is_empty(), "{words} lies open in {holding:?}");
    }
    let lines = disk::accesses(running.data_dir()).await;
    assert!(lines.iter().all(|line| !matches!(line.what, Access::Case(_))), "{lines:?}");
}

#[tokio::test]
async fn a_file_of_a_confidential_reporter_tells_nobody_else_who_it_was() {
    let mut running = Running::start_with(open_to_all).await;
    let unit = running.people.holder(Role::Employee).unit.to_string();
    let who = [("openness", "confidential"), ("name", NAME), ("unit", &*unit)];
    let visitor = running.visitor();
    let form = story::lost_phone(&visitor, &who).await;
    let file = File::new(&format!("{NAME}.txt"), "text/plain", format!("Hilsen {NAME}"));
    let filed = Filed::from_receipt(&form.send_with(&visitor, &[file]).await);
    story::walk_to_closed(&running, &filed).await;
    let also = addresses_the_dpo_is_led_to(&running).await;
    assert!(also.iter().any(|path| path.contains("/attachments/")), "{also:?}");
    for role in Role::iter() {
        let shown = all_that_is_shown(&running, role, &filed, &also).await;
        let places = places_of(&shown, NAME);
        assert_eq!(!places.is_empty(), role == Role::Dpo, "{role:?} sees it in {places:?}");
    }
    running.stop().await;
    let holding = disk::files_holding(running.data_dir(), NAME.as_bytes());
    assert!(holding.is_empty(), "{holding:?}");
}
