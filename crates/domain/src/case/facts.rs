//! What the data protection officer has found out about a case, fact by fact: each is so, is not
//! so, or is not known yet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::report::{Channel, Report, Sensitive};
use crate::duty::Verdict;

/// A fact of a case, in the order in which one asks. NOTE: the names are the stored form and those
/// that duties are written with: never renamed, only added to.
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
pub enum Fact {
    /// The organisation processes the data for somebody else, who is the controller.
    ActingAsProcessor,
    /// Somebody's address or identity that is kept secret is affected.
    ProtectedAddress,
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

/// Everything found out so far. What is not in it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// What is known to be so, or not to be so.
    #[serde(default)]
    pub settled: BTreeMap<Fact, bool>,
}

/// The facts as they were found out, with their version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstablishedFacts {
    /// Counts from 1.
    pub version: u32,
    /// What was found out.
    pub facts: Facts,
}

impl Facts {
    /// What a report says by itself, before anybody has asked.
    #[must_use]
    pub fn reported(report: &Report) -> Self {
        let mut settled = BTreeMap::new();
        if report.sensitive.contains(&Sensitive::ProtectedAddress) {
            settled.insert(Fact::ProtectedAddress, true);
        }
        // A processor tells us because we are the controller.
        if report.channel == Channel::Processor {
            settled.insert(Fact::ActingAsProcessor, false);
        }
        Self { settled }
    }

    /// Whether a fact is so.
    #[must_use]
    pub fn verdict(&self, fact: Fact) -> Verdict {
        self.settled.get(&fact).copied().map_or(Verdict::Unknown, Verdict::known)
    }

    /// The same with one fact settled, or open again.
    #[must_use]
    pub fn with(mut self, fact: Fact, verdict: Verdict) -> Self {
        match verdict {
            Verdict::Unknown => self.settled.remove(&fact),
            Verdict::Yes => self.settled.insert(fact, true),
            Verdict::No => self.settled.insert(fact, false),
        };
        self
    }
}
