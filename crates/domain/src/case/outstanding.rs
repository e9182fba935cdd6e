//! What remains before a case can close, and hence what to do next.

use super::event::{AuthorityDecision, MeasureKind};
use super::state::{Measure, OpenCase, Progress};
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
    /// Carry out the duties that apply for sure and whose clocks run in a case that is to end in
    /// another, and not there.
    FulfilDuties,
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
            Some(it) if it.decision.is_to_tell() && self.told_as_decided().is_empty() => {
                Some(Outstanding::TellPeople)
            }
            Some(_) => None,
        }
    }

    /// What was decided or begun and is not carried out. It ends with no case, whichever way that
    /// is closed; another decision comes first.
    pub(super) fn undone(&self) -> Vec<Outstanding> {
        let decided = [Outstanding::NotifyAuthority, Outstanding::TellPeople];
        let steps = self.authority_outstanding().into_iter().chain(self.people_outstanding());
        let letters = self.letters.has_unsent().then_some(Outstanding::SendLetters);
        steps.filter(|it| decided.contains(it)).chain(letters).collect()
    }

    /// The immediate measures that are still to be taken or verified.
    pub(super) fn measures_outstanding(&self) -> impl Iterator<Item = Outstanding> + '_ {
        self.immediate_outstanding(|_| true)
    }

    /// Those of them that somebody proposed. A playbook's fall away with the deviation.
    pub(super) fn proposed_outstanding(&self) -> impl Iterator<Item = Outstanding> + '_ {
        self.immediate_outstanding(|measure| measure.playbook.is_none())
    }

    fn immediate_outstanding(
        &self,
        counts: fn(&Measure) -> bool,
    ) -> impl Iterator<Item = Outstanding> + '_ {
        self.measures
            .iter()
            .filter(move |(_, it)| it.kind == MeasureKind::Immediate && counts(it))
            .filter_map(|(id, measure)| match measure.progress {
                Progress::Open { .. } => Some(Outstanding::CompleteMeasure(*id)),
                Progress::Completed { .. } => Some(Outstanding::VerifyMeasure(*id)),
                Progress::Verified { .. } => None,
            })
    }
}
