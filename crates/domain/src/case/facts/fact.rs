//! The facts of a case: what is asked, which answers there are, and which of two is the worse.
//!
//! NOTE: the names of facts and of their answers are the stored form, and those that duties, rules
//! and categories are written with: never renamed, only added to.

use serde::{Deserialize, Serialize};

/// A fact of a case, in the order in which a data protection officer asks.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Fact {
    /// Personal data is affected.
    PersonalData,
    /// In which ways (GDPR art. 4 no. 12); in none where only a weakness was found.
    Breach,
    /// What lay behind it.
    Intent,
    /// Somebody of the organisation's own looked up what they had no need for.
    Snooping,
    /// How long it lasted.
    Duration,
    /// What kinds of data.
    Data,
    /// How much the data tells of each person.
    Insight,
    /// What was seen lets one guess at health, belief, sexual life, politics or an offence.
    RevealsSensitive,
    /// Somebody's address or identity that is kept secret is affected.
    ProtectedAddress,
    /// How many people.
    People,
    /// How many records, such as documents or journal entries.
    Records,
    /// Who the people are.
    PeopleAre,
    /// How easily somebody can be told from the data.
    Identification,
    /// What kept the data from being read.
    Protection,
    /// Who has it, or can have it.
    Recipient,
    /// How many recipients.
    RecipientCount,
    /// Whether it was seen, copied or taken out.
    Disclosure,
    /// Whether it was deleted or given back.
    Deletion,
    /// It was passed on, or used, by those who got it.
    Spread,
    /// Whether passwords, PINs and cards were stopped in time.
    Credentials,
    /// Whether there is another copy.
    Backup,
    /// How long the data could not be used by those who need it.
    UnavailableFor,
    /// Whether wrong data was used.
    WrongData,
    /// What it did to those whom a service is for.
    ServiceEffect,
    /// What the breach is likely to lead to for people.
    Consequences,
    /// The organisation processes the data for somebody else, who is the controller.
    ActingAsProcessor,
    /// A service that people depend on is affected significantly.
    SignificantEffectOnService,
    /// Activity that threatens national security, or a serious breach of the rules on it.
    SecurityThreatening,
    /// A death or very serious injury linked to health care, beyond the risk one had to expect.
    DeathOrGraveInjuryInCare,
    /// Something that led, or could have led, to a serious injury in health care.
    SeriousCareInjuryPossible,
    /// A serious wrong in social services, or a tangible risk of one.
    SeriousWrongInSocialServices,
    /// The notification to the authority left something to be told later.
    NotificationIncomplete,
}

/// The answer that nobody has found yet.
pub const UNKNOWN: &str = "unknown";

/// That a fact is so.
pub const YES: &str = "yes";

/// That a fact is not so.
pub const NO: &str = "no";

/// What the answer to a fact looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Yes or no; yes is the worse.
    YesNo,
    /// One of these, the worst last. Not knowing stands where it is as bad as.
    One(&'static [&'static str]),
    /// As many as apply; each one more is worse.
    Several {
        /// All there are.
        choices: &'static [&'static str],
        /// Those that are never worse than not knowing.
        ordinary: &'static [&'static str],
    },
}

impl Shape {
    /// The answers there are: of a scale the worst last, with [`UNKNOWN`] in its place.
    #[must_use]
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::YesNo => &[NO, UNKNOWN, YES],
            Self::One(choices) | Self::Several { choices, .. } => choices,
        }
    }
}

/// The parts in which facts are asked.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// What happened.
    Event,
    /// Which data, and how much it tells.
    Data,
    /// Whose.
    People,
    /// Who has it, and what is in the way.
    Exposure,
    /// What is gone, or wrong.
    Loss,
    /// What it leads to.
    Effects,
    /// What decides on other duties.
    Duties,
}

const HOW_MANY: Shape =
    Shape::One(&["one", "up_to_ten", "up_to_hundred", UNKNOWN, "up_to_thousand", "over_thousand"]);

const DATA: Shape = Shape::Several {
    choices: &[
        "identification",
        "contact",
        "work_or_school",
        "pictures",
        "behaviour",
        "financial",
        "identity_number",
        "credentials",
        "confidential",
        "health",
        "special_categories",
        "offences",
        "social_services",
        "child_welfare",
    ],
    ordinary: &["identification", "contact", "work_or_school"],
};

const PEOPLE_ARE: Shape = Shape::Several {
    choices: &[
        "residents",
        "employees",
        "other",
        "pupils",
        "children",
        "patients",
        "clients",
        "vulnerable_people",
    ],
    ordinary: &["residents", "employees", "other"],
};

const CONSEQUENCES: Shape = Shape::Several {
    choices: &[
        "loss_of_confidentiality",
        "distress",
        "reputation",
        "financial_loss",
        "fraud",
        "identity_theft",
        "discrimination",
        "loss_of_rights",
        "health_risk",
        "physical_danger",
    ],
    ordinary: &["loss_of_confidentiality", "distress", "reputation"],
};

impl Fact {
    /// What an answer looks like.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Self::Breach => Shape::Several {
                choices: &["confidentiality", "integrity", "availability"],
                ordinary: &[],
            },
            Self::Intent => {
                Shape::One(&["mishap", "taken_for_value", UNKNOWN, "own_ends", "harmful"])
            }
            Self::Duration => {
                Shape::One(&["up_to_hour", "up_to_day", "up_to_week", UNKNOWN, "longer", "ongoing"])
            }
            Self::Data => DATA,
            Self::Insight => Shape::One(&["none", "little", UNKNOWN, "ordinary", "detailed"]),
            Self::People | Self::Records => HOW_MANY,
            Self::PeopleAre => PEOPLE_ARE,
            Self::Identification => {
                Shape::One(&["negligible", "limited", "significant", UNKNOWN, "maximum"])
            }
            Self::Protection => Shape::One(&[
                "encrypted",
                "wiped",
                "hashed",
                "pseudonymised",
                "locked",
                UNKNOWN,
                "weak",
                "none",
            ]),
            Self::Recipient => Shape::One(&[
                "nobody",
                "own_staff",
                "bound_by_secrecy",
                "known_person",
                UNKNOWN,
                "unidentified",
                "public",
                "hostile",
            ]),
            Self::RecipientCount => {
                Shape::One(&["one", "up_to_ten", "up_to_hundred", UNKNOWN, "over_hundred"])
            }
            Self::Disclosure => Shape::One(&["excluded", "no_sign", UNKNOWN, "likely", "seen"]),
            Self::Deletion => Shape::One(&["confirmed", "said", UNKNOWN, "not_deleted"]),
            Self::Credentials => {
                Shape::One(&["stopped_unused", "stopped", UNKNOWN, "open", "used"])
            }
            Self::Backup => Shape::One(&["full", "partial", UNKNOWN, "none"]),
            Self::UnavailableFor => {
                Shape::One(&["never", "hours", "days", UNKNOWN, "weeks", "for_good"])
            }
            Self::WrongData => Shape::One(&["not_used", UNKNOWN, "used_and_corrected", "used"]),
            Self::ServiceEffect => {
                Shape::One(&["none", "inconvenience", UNKNOWN, "delay", "danger"])
            }
            Self::Consequences => CONSEQUENCES,
            Self::PersonalData
            | Self::Snooping
            | Self::RevealsSensitive
            | Self::ProtectedAddress
            | Self::Spread
            | Self::ActingAsProcessor
            | Self::SignificantEffectOnService
            | Self::SecurityThreatening
            | Self::DeathOrGraveInjuryInCare
            | Self::SeriousCareInjuryPossible
            | Self::SeriousWrongInSocialServices
            | Self::NotificationIncomplete => Shape::YesNo,
        }
    }

    /// Where it is asked.
    #[must_use]
    pub fn part(self) -> Part {
        match self {
            it if it <= Self::Duration => Part::Event,
            it if it <= Self::ProtectedAddress => Part::Data,
            it if it <= Self::PeopleAre => Part::People,
            it if it <= Self::Credentials => Part::Exposure,
            it if it <= Self::WrongData => Part::Loss,
            it if it <= Self::Consequences => Part::Effects,
            _ => Part::Duties,
        }
    }

    /// The answer of that name, as it is kept.
    #[must_use]
    pub fn choice(self, word: &str) -> Option<&'static str> {
        self.shape().choices().iter().copied().find(|choice| *choice == word)
    }

    /// How bad an answer on the fact's scale is; none where it is no answer to it.
    #[must_use]
    pub fn rank(self, word: &str) -> Option<usize> {
        self.shape().choices().iter().position(|choice| *choice == word)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_scale_has_a_place_for_not_knowing_and_no_answer_twice() {
        for fact in Fact::iter() {
            let choices = fact.shape().choices();
            let distinct: BTreeSet<_> = choices.iter().collect();
            assert_eq!(distinct.len(), choices.len(), "{fact:?}");
            let is_scale = !matches!(fact.shape(), Shape::Several { .. });
            assert_eq!(choices.contains(&UNKNOWN), is_scale, "{fact:?}");
            if let Shape::Several { choices, ordinary } = fact.shape() {
                assert!(ordinary.iter().all(|it| choices.contains(it)), "{fact:?}");
            }
        }
    }

    #[test]
    fn facts_are_asked_part_by_part() {
        let parts: Vec<Part> = Fact::iter().map(Fact::part).collect();
        assert!(parts.is_sorted());
        assert!(Part::iter().all(|part| parts.contains(&part)));
    }
}
