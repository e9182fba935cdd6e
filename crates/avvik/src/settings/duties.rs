//! Which duties cases are judged by: whose law, and what the organisation is subject to.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use domain::duty::{Calendar, Jurisdiction, OrganisationFact, Verdict};
use service::DutySettings;

use super::PATH;
use super::reader::Reader;
use super::value::Value;

const JURISDICTION: &str = "no, Norway, or se, Sweden";
const VERDICT: &str = "yes, no or unknown";

/// The keys of what the organisation is or is not.
const FACTS: [(&str, OrganisationFact); 4] = [
    ("cybersecurity_act", OrganisationFact::CybersecurityAct),
    ("security_act", OrganisationFact::SecurityAct),
    ("health_care", OrganisationFact::HealthCare),
    ("social_services", OrganisationFact::SocialServices),
];

/// What the sources say of duties; days are those of the organisation's time zone.
pub(super) fn ask(reader: &mut Reader, zone: Tz) -> DutySettings {
    let jurisdiction = reader
        .ask("organisation", "jurisdiction", JURISDICTION, |value| value.text()?.parse().ok())
        .unwrap_or(Jurisdiction::No);
    let mut organisation = BTreeMap::new();
    for (key, fact) in FACTS {
        let read = |value: &Value| value.text()?.parse::<Verdict>().ok();
        let verdict = reader.ask("duties", key, VERDICT, read).unwrap_or_default();
        organisation.insert(fact, verdict);
    }
    DutySettings {
        calendar: Calendar { jurisdiction, zone },
        organisation,
        directory: reader.ask("duties", "dir", PATH, Value::path),
    }
}
