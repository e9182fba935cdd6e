//! The review after one more fact. Never refuses: whatever is in the journal has happened.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Approval, Event};
use super::state::{
    AbandonedReview, ApprovedReview, Held, Input, OpenReview, Resolution, Review, Written,
};
use crate::case::inquiry::{Answer, Inquiry, InquiryMade, Respondent};
use crate::ids::{InquiryId, ResolutionId};
use crate::{Actor, Erasable, Time};

/// A fact with the two things about its recording that the review needs.
#[derive(Debug, Clone, Copy)]
pub struct Fact<'a> {
    /// What happened.
    pub event: &'a Event,
    /// When it was recorded.
    pub at: Time,
    /// Who caused it.
    pub by: Actor,
}

/// The review after everything in `facts`.
pub fn fold<'a>(facts: impl IntoIterator<Item = Fact<'a>>) -> Review {
    facts.into_iter().fold(Review::Unbegun, evolve)
}

/// The review after one more fact.
#[must_use]
pub fn evolve(review: Review, fact: Fact<'_>) -> Review {
    match (review, fact.event) {
        (Review::Unbegun, Event::ReviewBegun { .. }) => begun(fact),
        // A history that begins in the middle tells of no review.
        (Review::Unbegun, _) => Review::Unbegun,
        (Review::Open(review), Event::ReviewApproved(approval)) => {
            Review::Approved(Box::new(approved(*review, approval, fact)))
        }
        (Review::Open(review), Event::ReviewAbandoned { reason }) => {
            let reason = Written { at: fact.at, by: fact.by, text: reason.clone() };
            Review::Abandoned(Box::new(AbandonedReview { review: *review, reason }))
        }
        (Review::Open(mut review), _) => {
            apply(&mut review, fact);
            Review::Open(review)
        }
        (Review::Approved(mut approved), Event::NextReviewReminded { reminder }) => {
            approved.reminded.insert(*reminder);
            Review::Approved(approved)
        }
        // Nothing follows after it.
        (Review::Abandoned(abandoned), _) => Review::Abandoned(abandoned),
        (Review::Approved(mut approved), _) => {
            apply(&mut approved.review, fact);
            Review::Approved(approved)
        }
    }
}

fn begun(fact: Fact<'_>) -> Review {
    let Event::ReviewBegun { number, first, last, previous } = fact.event else {
        return Review::Unbegun;
    };
    Review::Open(Box::new(OpenReview {
        number: *number,
        first: *first,
        last: *last,
        previous: *previous,
        begun_at: fact.at,
        participants: BTreeSet::new(),
        basis: None,
        items: BTreeMap::new(),
        inputs: BTreeMap::new(),
        resolutions: BTreeMap::new(),
        held: None,
        minutes: Vec::new(),
        submitted_by: None,
        returned: None,
    }))
}

fn approved(mut review: OpenReview, approval: &Approval, fact: Fact<'_>) -> ApprovedReview {
    review.submitted_by = None;
    let (approval, reminded) = (approval.clone(), BTreeSet::new());
    ApprovedReview { review, approval, by: fact.by, at: fact.at, reminded }
}

fn apply(review: &mut OpenReview, fact: Fact<'_>) {
    let written =
        |text: &Erasable<String>| Written { at: fact.at, by: fact.by, text: text.clone() };
    match fact.event {
        // A review begins and ends once, and is reminded of the next from its approval on.
        Event::ReviewBegun { .. }
        | Event::ReviewApproved(_)
        | Event::ReviewAbandoned { .. }
        | Event::NextReviewReminded { .. } => {}
        Event::ParticipantsNamed { participants } => review.participants.clone_from(participants),
        Event::BasisPrepared(basis) => review.basis = Some(*basis),
        Event::ItemWritten { item, text, .. } => {
            review.items.entry(*item).or_default().texts.push(written(text));
        }
        Event::FileAttached { item, file } => {
            review.items.entry(*item).or_default().files.push((**file).clone());
        }
        Event::InputAsked { inquiry, .. } => {
            if let Some(input) = asked(fact) {
                review.inputs.insert(*inquiry, input);
            }
        }
        Event::InputReminded { inquiry, reminder } => with(review, *inquiry, |it| {
            it.reminded.insert(*reminder);
        }),
        Event::InputGiven { inquiry, text } => with(review, *inquiry, |it| {
            let (text, files) = (text.clone(), Vec::new());
            it.answers.push(Answer { at: fact.at, by: fact.by, text, files });
        }),
        Event::InputWithdrawn { inquiry, reason } => {
            with(review, *inquiry, |it| it.withdrawn = Some(reason.clone()));
        }
        Event::ResolutionTaken { resolution, .. } => {
            if let Some(taken) = resolved(fact.event) {
                review.resolutions.insert(*resolution, taken);
            }
        }
        Event::ResolutionDropped { resolution, .. } => {
            review.resolutions.remove(resolution);
        }
        Event::ReviewHeld { held_at, participants } => {
            review.held = Some(Held { at: *held_at, participants: participants.clone() });
        }
        Event::MinutesWritten { text, .. } => review.minutes.push(written(text)),
        Event::ReviewSubmitted {} => {
            review.submitted_by = Some(fact.by);
            review.returned = None;
        }
        Event::ReviewReturned { reason } => {
            review.submitted_by = None;
            review.returned = Some(reason.clone());
        }
        Event::ResolutionCarriedOut { resolution, account } => {
            of(review, *resolution, |it| it.carried_out = Some(written(account)));
        }
        Event::ResolutionReminded { resolution, reminder } => of(review, *resolution, |it| {
            it.reminded.insert(*reminder);
        }),
        Event::ResolutionEffectReviewed { resolution, effect, finding } => {
            of(review, *resolution, |it| it.effect = Some((*effect, written(finding))));
        }
    }
}

fn asked(fact: Fact<'_>) -> Option<Input> {
    let Event::InputAsked { inquiry, item, of, text, due_at } = fact.event else { return None };
    let respondent = Respondent::Member(*of);
    let (text, due_at, files) = (text.clone(), *due_at, BTreeSet::new());
    let made = InquiryMade { inquiry: *inquiry, respondent, text, due_at, files };
    Some(Input { item: *item, inquiry: Inquiry::new(made, fact.at) })
}

/// What was resolved, as an event has it.
#[must_use]
pub fn resolved(event: &Event) -> Option<Resolution> {
    let Event::ResolutionTaken { item, text, owner, due_at, carries_over, .. } = event else {
        return None;
    };
    Some(Resolution {
        item: *item,
        text: text.clone(),
        owner: *owner,
        due_at: *due_at,
        carries_over: *carries_over,
        reminded: BTreeSet::new(),
        carried_out: None,
        effect: None,
    })
}

fn with(review: &mut OpenReview, inquiry: InquiryId, change: impl FnOnce(&mut Inquiry)) {
    if let Some(input) = review.inputs.get_mut(&inquiry) {
        change(&mut input.inquiry);
    }
}

fn of(review: &mut OpenReview, resolution: ResolutionId, change: impl FnOnce(&mut Resolution)) {
    if let Some(resolution) = review.resolutions.get_mut(&resolution) {
        change(resolution);
    }
}
