//! What remains before a review can be held, and before it can go to the controller.

use strum::IntoEnumIterator;

use super::agenda::AgendaItem;
use super::state::OpenReview;
use crate::ids::InquiryId;

/// Something that remains to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Outstanding {
    /// Name those who are to take part.
    NameParticipants,
    /// Prepare what the service knows.
    PrepareBasis,
    /// Write what is to be said under a point.
    WriteItem(AgendaItem),
    /// Have an answer, or want it no longer.
    AwaitAnswer(InquiryId),
    /// Hold the review.
    Hold,
    /// Write the minutes.
    WriteMinutes,
}

impl OpenReview {
    /// What remains before the review can be held.
    #[must_use]
    pub fn before_holding(&self) -> Vec<Outstanding> {
        let nobody = self.participants.is_empty().then_some(Outstanding::NameParticipants);
        let no_basis = self.basis.is_none().then_some(Outstanding::PrepareBasis);
        nobody.into_iter().chain(no_basis).collect()
    }

    /// What remains before the review can go to the controller. A point is spoken to by a text, or
    /// by the answer of somebody who was asked.
    #[must_use]
    pub fn before_submitting(&self) -> Vec<Outstanding> {
        let silent = AgendaItem::iter().filter(|item| !self.speaks_to(*item));
        let open = self.inputs.iter().filter(|(_, input)| input.inquiry.is_open());
        let not_held = self.held.is_none().then_some(Outstanding::Hold);
        let no_minutes = self.minutes.is_empty().then_some(Outstanding::WriteMinutes);
        self.before_holding()
            .into_iter()
            .chain(silent.map(Outstanding::WriteItem))
            .chain(open.map(|(inquiry, _)| Outstanding::AwaitAnswer(*inquiry)))
            .chain(not_held)
            .chain(no_minutes)
            .collect()
    }

    fn speaks_to(&self, item: AgendaItem) -> bool {
        let is_written = self.items.get(&item).is_some_and(|it| !it.texts.is_empty());
        let mut inputs = self.inputs.values().filter(|input| input.item == item);
        let is_answered = inputs.any(|input| !input.inquiry.answers.is_empty());
        let has_nothing_to_follow_up = item == AgendaItem::FollowUp && self.previous.is_none();
        is_written || is_answered || has_nothing_to_follow_up
    }
}
