//! What a case can be asked in words, besides its facts, by the conditions of a template.

use std::collections::BTreeSet;

use serde::Deserialize;
use strum::IntoEnumIterator;

use super::fill::{Sector, Situation};
use super::notice::{Completeness, NoticeKind};
use super::prepared::Origin;
use crate::assessment::severity::Band;
use crate::case::dealings::ReferralKind;
use crate::case::event::{Outcome, PeopleDecision, TellingWay};
use crate::case::facts::{NO, UNKNOWN, YES};
use crate::case::report::{Channel, Occurred};
use crate::duty::DutyId;

/// A question that a case answers with one or more words.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CaseQuestion {
    /// What the notice is for.
    Notice,
    /// Whether more is to come, or everything is taken back.
    Completeness,
    /// Whether the notice is a first one after the deadline.
    Late,
    /// The category under which the case is handled.
    Category,
    /// When it happened: at a time, over a period, still, or nobody knows.
    Occurred,
    /// The way in which it became known.
    Channel,
    /// What the latest assessment advises.
    Outcome,
    /// The band of the severity, once facts were found out.
    Severity,
    /// What was decided on telling the people affected.
    PeopleDecision,
    /// Whether people affected were told.
    PeopleTold,
    /// The ways in which they were told.
    TellingWay,
    /// Whether it was reported to the police.
    PoliceReport,
    /// The duties that somebody recorded as done.
    DutyDone,
    /// Whether the organisation is public or private.
    Sector,
    /// Whether a data protection officer is named in the settings.
    Dpo,
}

impl CaseQuestion {
    /// The words it can be answered with; nothing where an organisation's own names are among them.
    #[must_use]
    pub fn words(self) -> Option<Vec<&'static str>> {
        fn all<T: IntoEnumIterator + Into<&'static str>>() -> Vec<&'static str> {
            T::iter().map(Into::into).collect()
        }
        Some(match self {
            Self::Notice => all::<NoticeKind>(),
            Self::Completeness => {
                all::<Completeness>().into_iter().chain([NoticeKind::Withdrawal.into()]).collect()
            }
            Self::Late | Self::PeopleTold | Self::PoliceReport | Self::Dpo => vec![YES, NO],
            Self::Category | Self::DutyDone => return None,
            Self::Occurred => vec![AT, BETWEEN, ONGOING, UNKNOWN],
            Self::Channel => all::<Channel>(),
            Self::Outcome => all::<Outcome>(),
            Self::Severity => all::<Band>(),
            Self::PeopleDecision => all::<PeopleDecision>(),
            Self::TellingWay => all::<TellingWay>(),
            Self::Sector => all::<Sector>(),
        })
    }

    /// Where the answer comes from.
    #[must_use]
    pub fn origin(self) -> Origin {
        match self {
            Self::Notice | Self::Completeness | Self::Late => Origin::Notice,
            Self::Category | Self::DutyDone | Self::PoliceReport => Origin::Case,
            Self::Occurred | Self::Channel => Origin::Report,
            Self::Outcome | Self::Severity => Origin::Assessment,
            Self::PeopleDecision | Self::PeopleTold | Self::TellingWay => Origin::Decision,
            Self::Sector | Self::Dpo => Origin::Settings,
        }
    }

    /// What the case answers; nothing where it does not know.
    #[must_use]
    pub fn answer<'a>(self, it: &Situation<'a>) -> BTreeSet<&'a str> {
        let case = it.case;
        let yes_no = |is: bool| BTreeSet::from([if is { YES } else { NO }]);
        match self {
            Self::Notice => [it.kind.into()].into(),
            Self::Completeness if it.kind == NoticeKind::Withdrawal => [it.kind.into()].into(),
            Self::Completeness => [it.completeness.into()].into(),
            Self::Late => {
                let is_late = case.clock.deadline.is_late(it.at);
                yes_no(it.kind == NoticeKind::Initial && is_late)
            }
            Self::Category => [case.category().as_str()].into(),
            Self::Occurred => [occurred(case.report.occurred)].into(),
            Self::Channel => [case.report.channel.into()].into(),
            Self::Outcome => case.assessment.iter().map(|it| it.outcome.into()).collect(),
            Self::Severity => case.severity().map(|it| it.band.into()).into_iter().collect(),
            Self::PeopleDecision => case.people.iter().map(|it| it.decision.into()).collect(),
            Self::PeopleTold => yes_no(!case.told.is_empty()),
            Self::TellingWay => case.told.iter().map(|it| it.way.into()).collect(),
            Self::PoliceReport => {
                let is_police =
                    case.referrals.iter().any(|it| it.kind == ReferralKind::PoliceReport);
                // That nobody recorded one is no answer.
                if is_police { yes_no(true) } else { BTreeSet::new() }
            }
            Self::DutyDone => case.duties.fulfilled.keys().map(DutyId::as_str).collect(),
            Self::Sector => it.profile.sector.map(Into::into).into_iter().collect(),
            Self::Dpo => yes_no(it.profile.dpo_name.is_some()),
        }
    }
}

const AT: &str = "at";
const BETWEEN: &str = "between";
const ONGOING: &str = "ongoing";

fn occurred(occurred: Occurred) -> &'static str {
    match occurred {
        Occurred::At(_) => AT,
        Occurred::Between { until: Some(_), .. } => BETWEEN,
        Occurred::Between { until: None, .. } => ONGOING,
        Occurred::Unknown => UNKNOWN,
    }
}
