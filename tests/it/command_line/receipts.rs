//! `avvik verify-receipt`: a reporter's receipt, checked with nothing but its text and the public
//! key.

use std::fs;

use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use tests::Running;

use super::process::{Ended, Place};

/// A directory with `receipt`, and the key of the log it is of as `key`; the receipt's text.
async fn handed_out() -> (Place, String) {
    let mut running = Running::start().await;
    let unit = running.people.units[0];
    let report = json!({ "category": "other", "unit": unit, "what_happened": "Et brev" });
    let answer = running.api(Role::Employee).post("/api/v1/reports", &report).await;
    let receipt = answer.expect(StatusCode::CREATED).json();
    let text = receipt["receipt"].as_str().expect("it is signed").to_owned();
    running.stop().await;
    let place = Place::new();
    place.write("receipt", &text);
    fs::copy(running.data_dir().join("checkpoint.pub"), place.path("key")).unwrap();
    (place, text)
}

fn check(place: &Place, receipt: &str, key: &str) -> Ended {
    place.run(&["verify-receipt", receipt, "--public-key", key])
}

#[tokio::test]
async fn a_receipt_holds_and_says_what_it_is_for_however_it_was_copied() {
    let (place, text) = handed_out().await;
    place.write("copied", &format!("  \r\n{}  \r\n", text.replace('\n', "  \r\n")));
    for receipt in ["receipt", "copied"] {
        let ended = check(&place, receipt, "key");
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(
            ended.out.starts_with("The receipt holds: the report of case 2026/1 "),
            "{ended:?}"
        );
    }
}

#[tokio::test]
async fn one_that_was_altered_or_is_signed_with_another_key_does_not_hold() {
    let (place, text) = handed_out().await;
    let (other, _) = handed_out().await;
    let not = "The receipt does NOT hold";
    for (from, to) in [("2026/1\n", "2026/2\n"), ("position ", "position 1"), ("avvik", "arvik")] {
        assert!(text.contains(from), "{text}");
        place.write("altered", &text.replacen(from, to, 1));
        let ended = check(&place, "altered", "key");
        assert_eq!(ended.code, Some(1), "{from}: {ended:?}");
        assert!(ended.out.starts_with(not), "{ended:?}");
    }
    let key = other.path("key");
    let ended = check(&place, "receipt", key.to_str().unwrap());
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.starts_with(not), "{ended:?}");
}

#[tokio::test]
async fn what_cannot_be_read_is_not_looked_at() {
    let (place, _) = handed_out().await;
    for (receipt, key) in [("missing", "key"), ("receipt", "missing"), ("receipt", "receipt")] {
        let ended = check(&place, receipt, key);
        assert_eq!((ended.code, &*ended.out), (Some(2), ""), "{receipt} {key}: {ended:?}");
    }
}
