//! What a filled report of each shipped category proposes of the facts.

use std::collections::BTreeSet;

use domain::Erasable;
use domain::case::facts::{Fact, Facts};
use domain::case::proposed::{Proposed, Source};
use domain::case::report::{
    Answer, Channel, FollowUpHash, Occurred, PeopleEstimate, PersonalDataAffected, Report, Reporter,
};
use domain::category::Category;
use domain::ids::{CaseNumber, UnitId};
use strum::IntoEnumIterator;

use super::*;

/// A report in which nothing is filled in but the answers to the category's own questions.
fn report(category: &Category, answers: &[(&str, &str)]) -> Report {
    let text = |words: &str| Erasable::known(words.to_owned());
    let answer = |(question, answer): &(&str, &str)| Answer {
        question: (*question).to_owned(),
        answer: text(answer),
    };
    Report {
        number: CaseNumber { year: 2026, sequence: 1 },
        category: category.id.clone(),
        category_version: category.version,
        channel: Channel::WebForm,
        reporter: Reporter::Anonymous,
        follow_up: FollowUpHash("0".repeat(64)),
        unit: UnitId(uuid::Uuid::from_u128(1)),
        what_happened: text("Det gikk galt."),
        occurred: Occurred::Unknown,
        discovered_at: None,
        aware_at: None,
        personal_data: PersonalDataAffected::Unsure,
        breach: BTreeSet::new(),
        whose_data: text(""),
        people: PeopleEstimate::Unknown,
        sensitive: BTreeSet::new(),
        systems_and_devices: text(""),
        done_already: text(""),
        answers: answers.iter().map(answer).collect(),
        language: None,
    }
}

fn proposed(category: &str, answers: &[(&str, &str)]) -> Proposed {
    let categories = Categories::shipped().unwrap();
    let id = category.parse().unwrap();
    let category = categories.get(&id).unwrap();
    let report = report(category, answers);
    let given = domain::category::answers::given(&report.answers);
    assert_eq!(category.check_answers(&given), Vec::new(), "{id} is answered as it asks");
    Proposed::by(&report, Some(category))
}

/// A category, a report's answers, and the facts they propose.
type Filled = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const FILLED: [Filled; 19] = [
    (
        "lost-or-stolen-device",
        &[
            ("device-kind", "phone"),
            ("screen-lock", "yes"),
            ("encrypted", "yes"),
            ("mail-synced", "yes"),
            ("stolen", "yes"),
            ("remotely-secured", "no"),
        ],
        r#"{"breach":["confidentiality"],"intent":"taken_for_value",
            "data":["identification","contact","unknown"],"protection":"encrypted",
            "recipient":"unidentified"}"#,
    ),
    (
        "lost-or-stolen-device",
        &[("device-kind", "usb-stick"), ("encrypted", "no"), ("stolen", "no")],
        r#"{"breach":["confidentiality"],"intent":"mishap","protection":"none",
            "recipient":"unidentified"}"#,
    ),
    (
        "lost-access-card",
        &[("card-kind", "personal"), ("pin-with-card", "yes"), ("deactivated", "yes")],
        r#"{"breach":["confidentiality"],"data":["credentials","unknown"],"protection":"weak",
            "recipient":"unidentified","credentials":"stopped"}"#,
    ),
    (
        "misdirected-email",
        &[
            ("recipients", "outside"),
            ("recipient-count", "12"),
            ("attachment-protected", "no"),
            ("deletion-confirmed", "yes"),
            ("read-by-recipient", "no"),
        ],
        r#"{"breach":["confidentiality"],"intent":"mishap","protection":"none",
            "recipient":"known_person","recipient_count":"up_to_hundred","disclosure":"no_sign",
            "deletion":"confirmed"}"#,
    ),
    (
        "misdirected-letter",
        &[
            ("sent-by", "post"),
            ("recipient", "trusted-outside"),
            ("opened", "yes"),
            ("returned", "yes"),
            ("copied", "no"),
        ],
        r#"{"breach":["confidentiality"],"intent":"mishap","protection":"none",
            "recipient":"bound_by_secrecy","disclosure":"seen","deletion":"confirmed"}"#,
    ),
    (
        "misdirected-letter",
        &[
            ("sent-by", "post"),
            ("recipient", "unknown"),
            ("what-went-wrong", "lost"),
            ("opened", "unknown"),
            ("returned", "no"),
        ],
        r#"{"breach":["confidentiality"],"intent":"mishap","protection":"none",
            "recipient":"unidentified","deletion":"not_deleted"}"#,
    ),
    (
        "sensitive-data-by-insecure-channel",
        &[
            ("channel", "text-message"),
            ("identity-number", "yes"),
            ("right-recipient", "yes"),
            ("deleted", "both-ends"),
        ],
        r#"{"breach":["confidentiality"],"intent":"mishap","data":["identity_number","unknown"],
            "protection":"none","recipient":"nobody","deletion":"said"}"#,
    ),
    (
        "journal-snooping",
        &[
            ("system", "Journal"),
            ("record-kind", "health"),
            ("whose-record", "colleague"),
            ("passed-on", "no"),
        ],
        r#"{"breach":["confidentiality"],"intent":"own_ends","snooping":true,
            "data":["health","unknown"],"people_are":["employees","patients","unknown"],
            "recipient":"own_staff","disclosure":"likely","spread":false}"#,
    ),
    (
        "shared-credentials",
        &[
            ("what-happened-kind", "password"),
            ("who-knew", "colleagues"),
            ("used", "no"),
            ("changed", "yes"),
        ],
        r#"{"breach":["confidentiality"],"data":["credentials","unknown"],"recipient":"own_staff",
            "disclosure":"no_sign","credentials":"stopped_unused"}"#,
    ),
    (
        "wrong-access-rights",
        &[
            ("system", "Fag"),
            ("access-kind", "left"),
            ("people-with-access", "1"),
            ("used", "yes"),
            ("revoked", "no"),
        ],
        r#"{"breach":["confidentiality"],"intent":"mishap","duration":"ongoing",
            "recipient":"known_person","recipient_count":"one","disclosure":"seen"}"#,
    ),
    (
        "unapproved-software-or-storage",
        &[
            ("product", "Sky"),
            ("product-kind", "cloud"),
            ("who-sees", "no"),
            ("agreement", "yes"),
            ("removed", "yes"),
        ],
        r#"{"breach":["confidentiality"],"intent":"mishap","recipient":"bound_by_secrecy",
            "deletion":"said"}"#,
    ),
    (
        "phishing-or-malware",
        &[
            ("how", "email"),
            ("clicked", "yes"),
            ("credentials-given", "yes"),
            ("credentials-changed", "yes"),
            ("signs", "strange-sign-in"),
            ("signs", "files-locked"),
        ],
        r#"{"breach":["confidentiality","availability","unknown"],"intent":"harmful",
            "data":["credentials","unknown"],"recipient":"hostile","disclosure":"likely",
            "credentials":"used"}"#,
    ),
    (
        "publication-in-error",
        &[
            ("where", "website"),
            ("what-kind", "picture"),
            ("what-kind", "names"),
            ("taken-down", "yes"),
            ("views", "140"),
            ("cached", "no"),
        ],
        r#"{"breach":["confidentiality"],"intent":"mishap",
            "data":["identification","pictures","unknown"],"protection":"none",
            "recipient":"public","recipient_count":"over_hundred","disclosure":"seen",
            "deletion":"said"}"#,
    ),
    (
        "improper-disposal",
        &[("what-kind", "paper"), ("found-by", "outside"), ("secured", "yes")],
        r#"{"breach":["confidentiality"],"intent":"mishap","protection":"none",
            "recipient":"known_person","deletion":"said"}"#,
    ),
    (
        "loss-of-availability-or-integrity",
        &[
            ("system", "Fag"),
            ("what-kind", "wrong-merge"),
            ("restored", "yes"),
            ("consequence", "wrong-decision"),
            ("consequence", "money"),
        ],
        r#"{"breach":["integrity"],"intent":"mishap","wrong_data":"used_and_corrected",
            "service_effect":"delay","consequences":["financial_loss","unknown"]}"#,
    ),
    (
        "recording",
        &[
            ("recording-kind", "camera"),
            ("what-went-wrong", "given-away"),
            ("given-to", "published"),
            ("shows", "in-care"),
        ],
        r#"{"breach":["confidentiality"],"data":["pictures"],
            "people_are":["vulnerable_people","unknown"],"recipient":"public"}"#,
    ),
    (
        "processor-breach",
        &[("supplier", "Drift"), ("what-kind", "attack"), ("ongoing", "yes")],
        r#"{"breach":["confidentiality","unknown"],"intent":"harmful","duration":"ongoing",
            "recipient":"hostile","acting_as_processor":false}"#,
    ),
    (
        "physical-security",
        &[("place", "Arkivet"), ("what-kind", "burglary"), ("missing", "no"), ("secured", "yes")],
        r#"{"breach":["confidentiality"],"intent":"taken_for_value","recipient":"unidentified",
            "disclosure":"no_sign"}"#,
    ),
    ("other", &[("has-happened", "risk")], r#"{"breach":[]}"#),
];

#[test]
fn a_filled_report_proposes_the_facts_one_would_expect() {
    for (category, answers, facts) in FILLED {
        let expected: Facts = serde_json::from_str(facts).unwrap();
        let proposed = proposed(category, answers);
        assert_eq!(proposed.facts, expected, "{category}");
        let known: BTreeSet<Fact> = proposed.facts.iter().map(|(fact, _)| fact).collect();
        let sourced: BTreeSet<Fact> = proposed.sources.keys().copied().collect();
        assert_eq!(sourced, known, "{category}: each says where it was taken from");
    }
    let filled: BTreeSet<&str> = FILLED.iter().map(|(category, ..)| *category).collect();
    let shipped = Categories::shipped().unwrap();
    let shipped: BTreeSet<&str> = shipped.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(filled, shipped);
}

#[test]
fn a_report_with_nothing_answered_proposes_no_more_than_its_category_says() {
    for category in Categories::shipped().unwrap().iter() {
        let proposed = Proposed::by(&report(category, &[]), Some(category));
        for (fact, sources) in proposed.sources {
            assert_eq!(sources, [Source::Category].into(), "{}: {fact:?}", category.id);
        }
    }
}

#[test]
fn an_answer_to_a_question_that_does_not_apply_tells_nothing() {
    let categories = Categories::shipped().unwrap();
    let category = categories.get(&"misdirected-email".parse().unwrap()).unwrap();
    // Whether it was read is asked once it is deleted.
    let report = report(category, &[("deletion-confirmed", "no"), ("read-by-recipient", "yes")]);
    assert_eq!(Proposed::by(&report, Some(category)).facts.answer(Fact::Disclosure), None);
}

#[test]
fn the_fields_of_every_report_come_first() {
    let categories = Categories::shipped().unwrap();
    let category = categories.get(&"recording".parse().unwrap()).unwrap();
    let mut report = report(category, &[("shows", "staff")]);
    report.people = PeopleEstimate::UpToTen;
    report.sensitive = [domain::case::report::Sensitive::Children].into();
    let proposed = Proposed::by(&report, Some(category));
    assert_eq!(proposed.facts.one(Fact::People), "up_to_ten");
    let people = proposed.facts.several(Fact::PeopleAre);
    assert_eq!(people, ["children", "employees", "unknown"].into());
    let shows = Source::Answer("shows".parse().unwrap());
    assert_eq!(proposed.sources[&Fact::PeopleAre], [Source::Sensitive, shows].into());
    assert_eq!(proposed.sources[&Fact::People], [Source::People].into());
}

#[test]
fn every_fact_that_a_reporter_can_know_is_told_by_some_category() {
    let categories = Categories::shipped().unwrap();
    let told: BTreeSet<Fact> =
        categories.iter().flat_map(|it| &it.tells).map(|tells| tells.fact).collect();
    // The rest is read from the report's own fields, or found out by whoever handles the case.
    let others: Vec<&str> = Fact::iter().filter(|it| !told.contains(it)).map(Into::into).collect();
    assert_eq!(
        others,
        [
            "personal_data",
            "insight",
            "reveals_sensitive",
            "protected_address",
            "people",
            "records",
            "identification",
            "significant_effect_on_service",
            "security_threatening",
            "death_or_grave_injury_in_care",
            "serious_care_injury_possible",
            "serious_wrong_in_social_services",
            "notification_incomplete",
        ]
    );
}

#[test]
fn what_is_told_must_be_an_answer_to_the_fact() {
    let tells = |fact: &str, answer: &str, when: &str| {
        let text = format!(
            "{WELL_FORMED}[[tells]]\nfact = \"{fact}\"\nanswer = {answer}\nwhen = [{when}]\n"
        );
        fault_in(&text).to_string()
    };
    let big = "{ question = \"kind\", is = [\"big\"] }";
    for (fact, answer, when, expected) in [
        ("protection", "\"locked up\"", big, "tells[1].answer: protection: it is one of"),
        ("protection", "\"unknown\"", big, "tells[1].answer: protection: it is one of"),
        ("spread", "\"yes\"", big, "tells[1].answer: spread: it is true, false or"),
        ("breach", "\"integrity\"", big, "tells[1].answer: breach: it is a list of"),
        ("weather", "true", big, "unknown variant `weather`"),
        (
            "spread",
            "true",
            "{ question = \"size\", is = [\"big\"] }",
            "tells[1].when[1].question: the category asks no question with this id",
        ),
        (
            "spread",
            "true",
            "{ question = \"kind\", is = [\"huge\"] }",
            "does not offer this answer",
        ),
    ] {
        let said = tells(fact, answer, when);
        assert!(said.contains(expected), "{said}");
    }
}
