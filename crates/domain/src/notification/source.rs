//! What of a case, or of the settings, can stand in a field as it is. Nothing here reads a report's
//! own words, its reporter or those involved: what is free text comes from the assessment, the
//! decisions and the measures, which the data protection officer has written or seen.

use serde::Deserialize;

use super::fill::Situation;
use super::notice::NoticeKind;
use super::prepared::Origin;
use super::template::FieldKind;
use super::value::Value;
use crate::Erasable;
use crate::Time;
use crate::case::event::MeasureKind;
use crate::case::facts::{Fact, Facts};
use crate::case::report::Occurred;
use crate::case::state::{Measure, OpenCase, Progress};

/// Something that can stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, strum::EnumIter, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Source {
    /// The number people use for the case.
    CaseNumber,
    /// The reference of the notification that is supplemented or withdrawn.
    PreviousReference,
    /// Why a first notice comes after the deadline, as it is said when it is recorded.
    ReasonsForDelay,
    /// Why what was sent is withdrawn, as it is said when that is recorded.
    ReasonsForWithdrawal,
    /// What the organisation is called.
    OrganisationName,
    /// Its number.
    OrganisationNumber,
    /// Its address.
    OrganisationAddress,
    /// The data protection officer's name.
    DpoName,
    /// How to reach them.
    DpoContact,
    /// When it happened or began.
    OccurredFrom,
    /// When it ended.
    OccurredUntil,
    /// From when the 72 hours run.
    AwareAt,
    /// How many people, where there is one.
    People,
    /// How many records, where there is one.
    Records,
    /// The facts of the latest assessment.
    Assessment,
    /// The grounds of the decision on notifying.
    AuthorityGrounds,
    /// The grounds of the decision on telling the people affected.
    PeopleGrounds,
    /// What was done against the damage.
    MeasuresTaken,
    /// What was done, or is to be, so that it does not happen again.
    MeasuresAgainstRepetition,
    /// When people affected were first told.
    ToldAt,
    /// What they were told.
    ToldAccount,
}

impl Source {
    /// Whether it can stand in a field of that kind.
    #[must_use]
    pub fn fits(self, kind: FieldKind) -> bool {
        match self {
            Self::OccurredFrom | Self::OccurredUntil | Self::AwareAt | Self::ToldAt => {
                matches!(kind, FieldKind::Date | FieldKind::Moment)
            }
            Self::People | Self::Records => kind == FieldKind::Number,
            _ => kind.is_written(),
        }
    }

    /// Where it comes from.
    #[must_use]
    pub fn origin(self) -> Origin {
        match self {
            Self::CaseNumber | Self::AwareAt => Origin::Case,
            Self::PreviousReference | Self::ReasonsForDelay | Self::ReasonsForWithdrawal => {
                Origin::Notice
            }
            Self::OrganisationName
            | Self::OrganisationNumber
            | Self::OrganisationAddress
            | Self::DpoName
            | Self::DpoContact => Origin::Settings,
            Self::OccurredFrom | Self::OccurredUntil => Origin::Report,
            Self::People | Self::Records => Origin::Facts,
            Self::Assessment => Origin::Assessment,
            Self::MeasuresTaken | Self::MeasuresAgainstRepetition => Origin::Measures,
            Self::AuthorityGrounds | Self::PeopleGrounds | Self::ToldAt | Self::ToldAccount => {
                Origin::Decision
            }
        }
    }

    /// What stands in a field of that kind; nothing where the case does not tell.
    #[must_use]
    pub fn value(self, it: &Situation<'_>, kind: FieldKind) -> Option<Value> {
        let case = it.case;
        let profile = it.profile;
        let setting = |text: &Option<String>| text.as_deref().and_then(Value::words);
        let said = |kind| it.reasons.filter(|_| it.kind == kind).and_then(Value::words);
        let moment = |at: Time| match kind {
            FieldKind::Date => Value::Day(profile.calendar.day_of(at)),
            _ => Value::Moment(at),
        };
        match self {
            Self::CaseNumber => Value::words(&case.report.number.to_string()),
            Self::PreviousReference => Value::words(&case.authority.notified.as_ref()?.reference),
            Self::ReasonsForDelay => said(NoticeKind::Initial),
            Self::ReasonsForWithdrawal => said(NoticeKind::Withdrawal),
            Self::OrganisationName => Value::words(&profile.name),
            Self::OrganisationNumber => setting(&profile.number),
            Self::OrganisationAddress => setting(&profile.address),
            Self::DpoName => setting(&profile.dpo_name),
            Self::DpoContact => setting(&profile.dpo_contact),
            Self::OccurredFrom => case.report.occurred.earliest().map(moment),
            Self::OccurredUntil => match case.report.occurred {
                Occurred::Between { until, .. } => until.map(moment),
                Occurred::At(_) | Occurred::Unknown => None,
            },
            Self::AwareAt => Some(moment(case.clock.deadline.aware_at)),
            Self::People => one(&it.facts, Fact::People),
            Self::Records => one(&it.facts, Fact::Records),
            Self::Assessment => written(&case.assessment.as_ref()?.facts),
            Self::AuthorityGrounds => written(&case.authority.decided.as_ref()?.grounds),
            Self::PeopleGrounds => written(&case.people.as_ref()?.grounds),
            Self::MeasuresTaken => measures(case, |measure| {
                measure.kind != MeasureKind::Preventive
                    && !matches!(measure.progress, Progress::Open { .. })
            }),
            Self::MeasuresAgainstRepetition => {
                measures(case, |measure| measure.kind == MeasureKind::Preventive)
            }
            Self::ToldAt => case.told.iter().map(|it| it.told_at).min().map(moment),
            Self::ToldAccount => written(&case.told.last()?.account),
        }
    }
}

fn written(text: &Erasable<String>) -> Option<Value> {
    text.get().and_then(|text| Value::words(text))
}

/// A fact that tells how many does so in steps; only the first of them is a number.
fn one(facts: &Facts, fact: Fact) -> Option<Value> {
    (facts.one(fact) == "one").then_some(Value::Number(1))
}

/// The measures that `are_meant`, a line each.
fn measures(case: &OpenCase, are_meant: impl Fn(&Measure) -> bool) -> Option<Value> {
    let lines = case.measures.values().filter(|it| are_meant(it)).filter_map(|it| {
        let line = it.description.get()?.trim();
        (!line.is_empty()).then(|| line.to_owned())
    });
    Value::words(&lines.collect::<Vec<_>>().join("\n"))
}
