//! What the machine is told of whoever sends a report, and a confidential reporter's name: searched
//! for in everything that is kept, shown, mailed or handed out.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use chrono::TimeDelta;
use tests::browser_form::BrowserForm;
use tests::{Client, mails, marked};
use zip::ZipArchive;

use super::*;
use crate::command_line::process::Place;

/// What the files hold that are sent with the reports.
const CONTENT: &str = "Merkeinnhold";

/// Two reports of somebody whose every trace is marked, each with a file and an addition.
struct House {
    running: Running,
    anonymous: Filed,
    confidential: Filed,
}

impl House {
    async fn new() -> Self {
        let running = Running::start_with(open_to_all).await;
        let unit = running.people.holder(Role::Employee).unit.to_string();
        let sender = marked::sender(running.visitor());
        let anonymous = [("openness", "anonymous"), ("contact", CONTACT), ("unit", &*unit)];
        let anonymous = file(&sender, &anonymous).await;
        let confidential =
            [("openness", "confidential"), ("name", NAME), ("contact", CONTACT), ("unit", &*unit)];
        let confidential = file(&sender, &confidential).await;
        // The same over the API, which a person of the organisation calls.
        let report = serde_json::json!({
            "category": "other", "unit": unit, "what_happened": "Et brev", "openness": "anonymous",
        });
        let api = marked::sender(running.api(Role::Employee));
        let _ = api.post("/api/v1/reports", &report).await.expect(StatusCode::CREATED);
        for filed in [&anonymous, &confidential] {
            story::walk_to_closed(&running, filed).await;
        }
        running.pass(TimeDelta::hours(80));
        running.service().watch_deadlines_once().await;
        eventually("mails", async || (8 < running.mails().len()).then_some(())).await;
        Self { running, anonymous, confidential }
    }
}

/// Reports with a file, and comes back with the code to add another.
async fn file(sender: &Client, who: &[(&str, &str)]) -> Filed {
    let form = story::lost_phone(sender, who).await;
    let attached = |name: &str| File::new(name, "text/plain", CONTENT);
    let filed = Filed::from_receipt(&form.send_with(sender, &[attached("en.txt")]).await);
    let page = sender.fill_in("/follow-up", "/follow-up", &[("code", &filed.code)]).await;
    let form = BrowserForm::on(&page, "/follow-up/add").set("text", "Mer om vakttelefonen");
    let _ = form.send_with(sender, &[attached("to.txt")]).await.expect(StatusCode::OK);
    let wrong = [("name", "melder"), ("password", "feil")];
    let _ = sender.fill_in("/sign-in", "/sign-in", &wrong).await;
    filed
}

/// Everything anybody is shown, by where it stands and who sees it, the calendar feed and the
/// exports among it.
async fn shown(house: &House) -> BTreeMap<(String, bool), String> {
    let House { running, confidential, .. } = house;
    let mut also = addresses_the_dpo_is_led_to(running).await;
    also.extend(["/register.csv".to_owned(), calendar(running).await]);
    let mut all = BTreeMap::new();
    for role in Role::iter() {
        for (path, answer) in all_that_is_shown(running, role, confidential, &also).await {
            all.insert((format!("{role:?} {path}"), role == Role::Dpo), answer.text);
        }
    }
    all
}

async fn calendar(running: &Running) -> String {
    let dpo = running.browser(Role::Dpo).await;
    let page = BrowserForm::open(&dpo, "/clocks", "/clocks/calendar").await.send(&dpo).await.text;
    let (_, secret) = page.split_once("/calendar/").unwrap();
    format!("/calendar/{}.ics", secret.split_once(".ics").unwrap().0)
}

/// The files of an evidence pack, unpacked, in one.
fn unpacked(pack: &[u8]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(pack)).unwrap();
    let mut whole = Vec::new();
    for number in 0..zip.len() {
        zip.by_index(number).unwrap().read_to_end(&mut whole).unwrap();
    }
    whole
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_tells_where_a_report_was_sent_from_nor_who_did_it_in_confidence() {
    let mut house = House::new().await;
    let shown = shown(&house).await;
    assert!(shown.keys().any(|(path, _)| path.contains("/calendar/")), "{:?}", shown.keys());
    for ((path, is_dpo), text) in &shown {
        for words in marked::SENDER {
            assert!(!text.contains(words), "{words} is shown at {path}");
        }
        for words in [NAME, CONTACT] {
            assert!(*is_dpo || !text.contains(words), "{words} is shown at {path}");
        }
    }
    let (dpo, _): (Vec<_>, Vec<_>) = shown.iter().partition(|((_, is_dpo), _)| *is_dpo);
    assert!(dpo.iter().any(|(_, text)| text.contains(NAME)), "the DPO is told who it was");
    let mails = house.running.mails();
    house.running.stop().await;

    // What the command line hands out of it, and what of that is open.
    let (place, data) = (Place::new(), house.running.data_dir().to_str().unwrap().to_owned());
    for (filed, pack) in [(&house.anonymous, "a.zip"), (&house.confidential, "c.zip")] {
        let ended = place.run(&["proof", &filed.number, "--out", pack, "--data-dir", &data]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let ended = place.run(&["verify-proof", pack]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let open = unpacked(&std::fs::read(place.path(pack)).unwrap());
        assert!(disk::holds(&open, DEVICE.as_bytes()), "the case itself is in its pack");
        std::fs::write(place.path(&format!("{pack}.open")), open).unwrap();
    }
    let ended = place.run(&["backup", "logs", "--keys", "keys", "--data-dir", &data]);
    assert_eq!(ended.code, Some(0), "{ended:?}");

    let places = [house.running.data_dir().to_owned(), place.path("")];
    for words in marked::SENDER.into_iter().chain([NAME, CONTACT]) {
        for place in &places {
            let holding = disk::files_holding(place, words.as_bytes());
            assert!(holding.is_empty(), "{words} lies open in {holding:?}");
        }
        assert!(mails.iter().all(|mail| !mails::text_of(mail).contains(words)), "{words}");
    }
    // Nor do the seals hold it, for whoever has the keys.
    for recorded in disk::events(house.running.data_dir()) {
        let told = disk::in_words(&recorded.event);
        assert!(marked::SENDER.iter().all(|words| !told.contains(words)), "{told}");
    }
    for line in disk::accesses(house.running.data_dir()).await {
        let told = format!("{line:?}");
        let words = marked::SENDER.into_iter().chain([NAME, CONTACT]);
        assert!(words.into_iter().all(|words| !told.contains(words)), "{told}");
    }
}
