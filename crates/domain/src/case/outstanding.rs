//! What remains before a case can close, and hence what to do next.

use super::event::{AuthorityDecision, MeasureKind};
use super::state::{OpenCase, Progress};
use crate::ids::MeasureId;

/// Something that must be done before the case can close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Outstanding {
    /// Take the case in.
    Receive,
    /// Assess the risk.
    Assess,
    /// Decide whether the authority is notified.
    DecideOnAuthority,
    /// Notify the authority, as was decided.
    NotifyAuthority,
    /// Decide whether the people affected are told.
    DecideOnPeople,
    /// Tell the people affected, as was decided.
    TellPeople,
    /// Send a letter that is signed to everybody who gets it.
    SendLetters,
    /// Carry out an immediate measure.
    CompleteMeasure(MeasureId),
    /// See whether an immediate measure has effect.
    VerifyMeasure(MeasureId),
    /// Send the memo to the controller.
    SubmitMemo,
}

impl OpenCase {
    /// Everything that remains, in the order one would usually do it. The clock comes first: what
    /// stops it stands before the assessment once the case is received.
    #[must_use]
    pub fn outstanding(&self) -> Vec<Outstanding> {
        let mut remaining = Vec::new();
        if self.receipt.is_none() {
            remaining.push(Outstanding::Receive);
        }
        if self.assessment.is_none() {
            remaining.push(Outstanding::Assess);
        }
        remaining.extend(self.authority_outstanding());
        remaining.extend(self.people_outstanding());
        remaining.extend(self.letters.has_unsent().then_some(Outstanding::SendLetters));
        remaining.extend(self.measures_outstanding());
        if !self.awaits_closure() {
            remaining.push(Outstanding::SubmitMemo);
        }
        remaining
    }

    fn authority_outstanding(&self) -> Option<Outstanding> {
        match (self.authority.decision(), &self.authority.notified) {
            (_, Some(_)) | (Some(AuthorityDecision::DoNotNotify), None) => None,
            (Some(AuthorityDecision::Notify), None) => Some(Outstanding::NotifyAuthority),
            (None, None) => Some(Outstanding::DecideOnAuthority),
        }
    }

    fn people_outstanding(&self) -> Option<Outstanding> {
        match &self.people {
            None => Some(Outstanding::DecideOnPeople),
            Some(it) if it.decision.is_to_tell() && self.told.is_empty() => {
                Some(Outstanding::TellPeople)
            }
            Some(_) => None,
        }
    }

    /// The immediate measures that are still to be taken or verified.
    pub(super) fn measures_outstanding(&self) -> impl Iterator<Item = Outstanding> + '_ {
        self.measures
            .iter()
            .filter(|(_, measure)| measure.kind == MeasureKind::Immediate)
            .filter_map(|(id, measure)| match measure.progress {
                Progress::Open { .. } => Some(Outstanding::CompleteMeasure(*id)),
                Progress::Completed { .. } => Some(Outstanding::VerifyMeasure(*id)),
                Progress::Verified { .. } => None,
            })
    }
}
