//! `avvik assess`: what follows from a file of facts, and what is said of a file that is none.

use serde_json::{Value, json};

use super::process::{Ended, Place};
use super::refused;

const FACTS: &str = r#"{
  "personal_data": true,
  "breach": ["confidentiality"],
  "intent": "taken_for_value",
  "data": ["identification", "health"],
  "insight": "ordinary",
  "people": "up_to_ten",
  "people_are": ["patients"],
  "identification": "maximum",
  "protection": "none",
  "recipient": "unidentified"
}"#;

fn assess(place: &Place, facts: &str, more: &[&str]) -> Ended {
    place.write("facts.json", facts);
    place.run(&[&["assess", "facts.json"], more].concat())
}

fn answer(place: &Place, facts: &str) -> Value {
    let ended = assess(place, facts, &["--json"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    serde_json::from_str(&ended.out).unwrap()
}

#[test]
fn it_says_what_follows_and_why_and_leaves_nothing_behind() {
    let place = Place::new();
    let said = answer(&place, FACTS);
    assert_eq!(said["outcome"], "notify_authority_and_people");
    assert_eq!(
        (said["severity"]["score"].as_f64(), &said["severity"]["band"]),
        (Some(4.5), &json!("very_high"))
    );
    let factors = said["severity"]["factors"].as_array().unwrap();
    let values: Vec<f64> = factors.iter().map(|it| it["value"].as_f64().unwrap()).collect();
    assert_eq!(values, [4.0, 1.0, 0.5, 0.0, 0.0, 0.0]);
    assert!(factors.iter().all(|it| !it["source"].as_str().unwrap().is_empty()));
    assert_eq!(said["severity"]["provisional"], true, "nobody said whether it was seen");
    let rules: Vec<&str> =
        said["rules"].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert_eq!(rules[0], "gdpr/private-matters-astray");
    assert!(rules.contains(&"gdpr/risk-of-disclosure"));
    assert!(said["rules"][0]["source"].as_str().unwrap().starts_with("GDPR art. 34(1)"));
    assert_eq!(said["rules"][0]["unknown"], json!(["disclosure"]));
    assert_eq!(said["questions"], json!(["disclosure"]));
    let duties: Vec<(&str, &str)> = said["duties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["duty"].as_str().unwrap(), it["verdict"].as_str().unwrap()))
        .collect();
    assert!(duties.contains(&("gdpr-33", "yes")) && duties.contains(&("gdpr-34", "yes")));
    assert!(duties.contains(&("protected-address", "unknown")));
    assert!(!place.path("data").exists(), "no store is made");

    let told = assess(&place, FACTS, &[]).out;
    assert!(told.starts_with("Notify the authority and the people.\n"), "{told}");
    for part in [
        "Severity 4.50, very high, provisional:",
        "4.00 data (DPC): sensitive data",
        "1.00 ease of identification (EI)",
        "  disclosure\n",
        "(gdpr-34, 72 hours)",
    ] {
        assert!(told.contains(part), "{part:?} is not in {told}");
    }
    let in_norwegian = assess(&place, FACTS, &["--language", "nb"]).out;
    assert!(in_norwegian.contains("Helse, sosiale forhold"), "{in_norwegian}");
}

#[test]
fn nothing_known_is_a_risk_and_what_clears_it_is_told() {
    let place = Place::new();
    let nothing = answer(&place, "{}");
    assert_eq!(nothing["outcome"], "notify_authority");
    let encrypted = FACTS.replace("\"none\"", "\"encrypted\"");
    let cleared = answer(&place, &encrypted);
    assert_eq!(cleared["outcome"], "document_only");
    assert_eq!(cleared["severity"]["flags"], json!(["unintelligible"]));
    assert_eq!(cleared["cleared"][0]["grounds"][0]["ground"], "unintelligible");
    assert_eq!(cleared["rules"], json!([]));
}

#[test]
fn what_is_no_file_of_facts_is_refused_with_the_field_and_what_is_allowed() {
    let place = Place::new();
    let told = |facts: &str, told: &str| refused(&assess(&place, facts, &["--json"]), told);
    told("{\"colour\": 1}", "unknown field `colour`, expected one of `personal_data`, `breach`");
    told(
        "{\"backup\": \"yes\"}",
        "backup: it is one of \"full\", \"partial\", \"none\", or \"unknown\" at line 1",
    );
    told("{\"spread\": \"yes\"}", "spread: it is true, false or \"unknown\"");
    told("{\"data\": \"health\"}", "data: it is a list of \"identification\"");
    told("{\"data\": [7]}", "data: invalid type: integer `7`, expected a string");
    told("{\"data\": {}}", "data: invalid type: map, expected true, false, one of the choices");
    told("{\"people\": \"one\", \"people\": \"one\"}", "duplicate field `people`");
    told("[]", "invalid type: sequence, expected facts by their names");
    told("", "facts.json does not hold facts as docs/FACTS.md has them: EOF");
    told("{} {}", "trailing characters");
    told(&"[".repeat(100_000), "facts.json does not hold facts");
    told(&" ".repeat(300_000), "facts.json is larger than the 262144 bytes that are read");
    refused(&place.run(&["assess", "nowhere.json"]), "nowhere.json cannot be read");
    place.write("rules/own.toml", "id = \"own\"\n");
    place.write("own.toml", "[rules]\ndir = \"rules\"\n");
    let ended = assess(&place, FACTS, &["--config", "own.toml"]);
    refused(&ended, "the rules of advice cannot be used: rules/own.toml");
}
