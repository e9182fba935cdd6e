//! How severe a breach is by the method of ENISA (Recommendations for a methodology of the
//! assessment of severity of personal data breaches, 2013): SE = DPC x EI + CB, in quarters, so
//! that nothing is rounded. What is not known is scored as a risk and said to be so.

mod because;
mod context;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

pub use because::Because;

use crate::case::facts::{Fact, Facts, UNKNOWN};

/// A part of the sum.
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
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FactorKind {
    /// DPC, data processing context: how critical the data is, 1 to 4.
    DataContext,
    /// EI, ease of identification: 0.25 to 1.
    Identification,
    /// CB, loss of confidentiality: 0 to 0.5.
    Confidentiality,
    /// CB, loss of integrity: 0 to 0.5.
    Integrity,
    /// CB, loss of availability: 0 to 0.5.
    Availability,
    /// CB, malicious intent: 0 or 0.5.
    Malice,
}

impl FactorKind {
    /// The values it can have, in quarters.
    #[must_use]
    pub fn quarters(self) -> RangeInclusive<u8> {
        match self {
            Self::DataContext => 4..=16,
            Self::Identification => 1..=4,
            Self::Confidentiality | Self::Integrity | Self::Availability | Self::Malice => 0..=2,
        }
    }

    /// The values it can have, in quarters, one by one.
    pub fn values(self) -> impl Iterator<Item = u8> {
        self.quarters().filter(move |quarters| self.allows(*quarters))
    }

    /// Every value that any of them can have, in quarters.
    #[must_use]
    pub fn every_value() -> BTreeSet<u8> {
        use strum::IntoEnumIterator as _;
        Self::iter().flat_map(Self::values).collect()
    }

    /// The annex of the method that has its table.
    #[must_use]
    pub fn annex(self) -> u8 {
        match self {
            Self::DataContext => 1,
            Self::Identification => 2,
            Self::Confidentiality | Self::Integrity | Self::Availability | Self::Malice => 3,
        }
    }

    /// Whether it can have that value.
    #[must_use]
    pub fn allows(self, quarters: u8) -> bool {
        let is_step = match self {
            Self::DataContext => quarters.is_multiple_of(4),
            Self::Malice => quarters.is_multiple_of(2),
            _ => true,
        };
        is_step && self.quarters().contains(&quarters)
    }
}

/// One part of the sum, and why it is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Which.
    pub kind: FactorKind,
    /// Its value, in quarters.
    pub quarters: u8,
    /// The value by the method, in quarters, where somebody has set another.
    pub computed: Option<u8>,
    /// Why.
    pub because: Because,
    /// The facts it rests on.
    pub facts: Vec<Fact>,
    /// Whether one of them is not known.
    pub is_provisional: bool,
}

/// How severe, in words.
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
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Band {
    /// Below 2: not affected, or a few inconveniences.
    Low,
    /// From 2: inconveniences that are overcome with some difficulty.
    Medium,
    /// From 3: serious difficulty.
    High,
    /// From 4: significant or irreversible.
    VeryHigh,
}

impl Band {
    /// The band of a score in quarters.
    #[must_use]
    pub fn of(quarters: u8) -> Self {
        match quarters {
            ..8 => Self::Low,
            8..12 => Self::Medium,
            12..16 => Self::High,
            16.. => Self::VeryHigh,
        }
    }
}

/// What is shown beside the score, and not added to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Flag {
    /// More than a hundred people.
    OverHundredPeople,
    /// Unreadable for whoever has it.
    Unintelligible,
}

/// The severity of a breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severity {
    /// SE, in quarters: 1 to 24.
    pub quarters: u8,
    /// In words.
    pub band: Band,
    /// What it is made of, in the order of [`FactorKind`].
    pub factors: Vec<Factor>,
    /// What is shown beside it.
    pub flags: Vec<Flag>,
}

impl Severity {
    /// Whether it rests on something that is not known.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.factors.iter().any(|factor| factor.is_provisional)
    }

    /// A factor of it.
    #[must_use]
    pub fn factor(&self, kind: FactorKind) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.kind == kind)
    }
}

/// Values that the data protection officer has set, in quarters.
pub type Overrides = BTreeMap<FactorKind, u8>;

/// The severity that follows from the facts, with the values that somebody set in place of those
/// the method gives. A value that a factor cannot have is left out.
#[must_use]
pub fn severity(facts: &Facts, overrides: &Overrides) -> Severity {
    let factors = [
        context::data_context(facts),
        identification(facts),
        confidentiality(facts),
        integrity(facts),
        availability(facts),
        malice(facts),
    ];
    let factors: Vec<Factor> = factors.into_iter().map(|it| with_override(it, overrides)).collect();
    let quarters = |kind| {
        factors.iter().filter(|factor| factor.kind == kind).map(|it| it.quarters).sum::<u8>()
    };
    // DPC is whole, so that DPC x EI is a number of quarters.
    let data = quarters(FactorKind::DataContext) / 4 * quarters(FactorKind::Identification);
    let circumstances = quarters(FactorKind::Confidentiality)
        + quarters(FactorKind::Integrity)
        + quarters(FactorKind::Availability)
        + quarters(FactorKind::Malice);
    let quarters = data + circumstances;
    Severity { quarters, band: Band::of(quarters), factors, flags: flags(facts) }
}

fn with_override(mut factor: Factor, overrides: &Overrides) -> Factor {
    let set = overrides.get(&factor.kind).copied().filter(|it| factor.kind.allows(*it));
    if let Some(quarters) = set {
        factor.computed = Some(factor.quarters);
        factor.quarters = quarters;
        factor.because = Because::Overridden;
        factor.is_provisional = false;
    }
    factor
}

fn flags(facts: &Facts) -> Vec<Flag> {
    let many = ["up_to_thousand", "over_thousand"].contains(&facts.one(Fact::People));
    let unintelligible = facts.one(Fact::Protection) == "encrypted";
    let flag = |applies: bool, flag| applies.then_some(flag);
    let flags = [flag(many, Flag::OverHundredPeople), flag(unintelligible, Flag::Unintelligible)];
    flags.into_iter().flatten().collect()
}

/// A factor as the method has it.
fn factor(
    kind: FactorKind,
    facts: &Facts,
    of: &[Fact],
    (quarters, because): (u8, Because),
) -> Factor {
    let is_provisional = of.iter().any(|fact| facts.is_open(*fact));
    Factor { kind, quarters, computed: None, because, facts: of.to_vec(), is_provisional }
}

/// A national identity number is no secret and tells birth date and sex: alone it identifies
/// significantly, with a name at once.
fn identification(facts: &Facts) -> Factor {
    let said = match facts.one(Fact::Identification) {
        "negligible" => (1, Because::IdentifiedHardly),
        "limited" => (2, Because::IdentifiedByFew),
        "significant" => (3, Because::IdentifiedEasily),
        UNKNOWN => (4, Because::IdentificationUnknown),
        _ => (4, Because::IdentifiedAtOnce),
    };
    let data = facts.several(Fact::Data);
    let is_named = data.contains("identification") || data.contains(UNKNOWN);
    let number = match (data.contains("identity_number"), is_named) {
        (true, true) => 4,
        (true, false) => 3,
        (false, _) => 0,
    };
    let value = if said.0 < number { (number, Because::IdentityNumber) } else { said };
    factor(FactorKind::Identification, facts, &[Fact::Identification, Fact::Data], value)
}

fn confidentiality(facts: &Facts) -> Factor {
    if is_not(facts, "confidentiality") {
        return not_affected(FactorKind::Confidentiality, facts);
    }
    let recipient = facts.rank(Fact::Recipient);
    let at_most = |word| Fact::Recipient.rank(word).is_some_and(|rank| recipient <= rank);
    let unseen = ["excluded", "no_sign"].contains(&facts.one(Fact::Disclosure));
    let unreadable = facts.one(Fact::Protection) == "encrypted";
    let value = if at_most("nobody") || unreadable || (unseen && at_most("unidentified")) {
        (0, Because::ExposedOnly)
    } else if at_most("known_person") {
        (1, Because::KnownRecipients)
    } else if facts.one(Fact::Recipient) == UNKNOWN {
        (2, Because::NotKnown)
    } else {
        (2, Because::UnknownRecipients)
    };
    let of = [Fact::Breach, Fact::Recipient, Fact::Disclosure];
    factor(FactorKind::Confidentiality, facts, &of, value)
}

fn integrity(facts: &Facts) -> Factor {
    if is_not(facts, "integrity") {
        return not_affected(FactorKind::Integrity, facts);
    }
    let value = match facts.one(Fact::WrongData) {
        "not_used" => (0, Because::ChangedNotUsed),
        UNKNOWN => (1, Because::NotKnown),
        "used_and_corrected" => (1, Because::UsedRecoverable),
        _ => (2, Because::UsedForGood),
    };
    factor(FactorKind::Integrity, facts, &[Fact::Breach, Fact::WrongData], value)
}

/// Gone for good is gone from the people it is about too: there is no other copy.
fn availability(facts: &Facts) -> Factor {
    if is_not(facts, "availability") {
        return not_affected(FactorKind::Availability, facts);
    }
    let value = match facts.one(Fact::UnavailableFor) {
        "for_good" => (2, Because::GoneForGood),
        "never" => (0, Because::Recovered),
        "hours" if facts.one(Fact::Backup) == "full" => (0, Because::Recovered),
        UNKNOWN => (1, Because::NotKnown),
        _ => (1, Because::GoneForATime),
    };
    let of = [Fact::Breach, Fact::Backup, Fact::UnavailableFor];
    factor(FactorKind::Availability, facts, &of, value)
}

/// Whether it is known that data was not breached in that way.
fn is_not(facts: &Facts, way: &str) -> bool {
    !facts.has_any(Fact::Breach, &[way, UNKNOWN])
}

fn not_affected(kind: FactorKind, facts: &Facts) -> Factor {
    factor(kind, facts, &[Fact::Breach], (0, Because::NotAffected))
}

fn malice(facts: &Facts) -> Factor {
    let value = match facts.one(Fact::Intent) {
        "harmful" => (2, Because::Malice),
        UNKNOWN => (0, Because::NotKnown),
        _ => (0, Because::NoMalice),
    };
    factor(FactorKind::Malice, facts, &[Fact::Intent], value)
}

#[cfg(test)]
#[path = "severity/tests.rs"]
mod tests;
