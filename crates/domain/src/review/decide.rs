//! What a review answers to a command. Reads no clock, no disk, no network.

mod approval;
mod input;
mod meeting;
mod preparation;
mod reminders;
mod resolution;

use super::command::{Command, Request};
use super::refusal::{Refusal, RequiredText};
use super::state::{AbandonedReview, ApprovedReview, OpenReview, Review};
use super::{Decision, Event};
use crate::Erasable;

pub use reminders::{NEXT_REVIEW_NOTICE, next_reminder, resolution_reminder};

/// Decides on a command: the facts that follow, none where it is so already, or a refusal.
pub fn decide(review: &Review, command: &Command) -> Decision {
    match review {
        Review::Unbegun => match &command.request {
            Request::Begin(it) => preparation::begin(it),
            _ => Err(Refusal::NotBegun),
        },
        Review::Open(review) => decide_open(review, command),
        Review::Approved(approved) => decide_approved(approved, command),
        Review::Abandoned(abandoned) => decide_abandoned(abandoned, command),
    }
}

fn decide_open(review: &OpenReview, command: &Command) -> Decision {
    match &command.request {
        Request::Begin(it) => preparation::begin_again(review, it),
        Request::Submit => meeting::submit(review),
        Request::Return(reason) => approval::send_back(review, reason, command),
        Request::Approve(it) => approval::approve(review, it, command),
        Request::Remind { before, .. } => Ok(reminders::of_inputs(review, command.at, *before)),
        // What the controller looks at does not change meanwhile.
        _ if review.submitted_by.is_some() => Err(Refusal::IsSubmitted),
        Request::Abandon(reason) => preparation::abandon(review, reason),
        Request::NameParticipants(it) => preparation::name(review, it),
        Request::PrepareBasis(it) => preparation::prepare(review, *it),
        Request::WriteItem { item, text } => preparation::write(review, *item, text),
        Request::Attach { item, file } => preparation::attach(review, *item, file),
        Request::Ask(it) => input::ask(review, it, command),
        Request::Answer { inquiry, text } => input::answer(review, *inquiry, text, command),
        Request::Withdraw { inquiry, reason } => input::withdraw(review, *inquiry, reason),
        Request::Resolve(it) => resolution::take(review, it),
        Request::DropResolution { resolution, reason } => {
            resolution::drop(review, *resolution, reason)
        }
        Request::CarryOut { resolution, account } => {
            resolution::carry_out(review, *resolution, account, command)
        }
        Request::ReviewEffect { resolution, effect, finding } => {
            resolution::review_effect(review, *resolution, *effect, finding)
        }
        Request::Hold { held_at, participants } => {
            meeting::hold(review, *held_at, participants, command)
        }
        Request::WriteMinutes(text) => meeting::write_minutes(review, text),
    }
}

fn decide_approved(approved: &ApprovedReview, command: &Command) -> Decision {
    let review = &approved.review;
    match &command.request {
        Request::Begin(it) => preparation::begin_again(review, it),
        Request::Approve(_) => approval::repeated(approved, command),
        Request::CarryOut { resolution, account } => {
            resolution::carry_out(review, *resolution, account, command)
        }
        Request::ReviewEffect { resolution, effect, finding } => {
            resolution::review_effect(review, *resolution, *effect, finding)
        }
        Request::Remind { before, carried_over } => {
            let mut raised = reminders::of_resolutions(approved, command.at, *before, carried_over);
            raised.extend(reminders::of_the_next(approved, command.at));
            Ok(raised)
        }
        _ => Err(Refusal::IsApproved),
    }
}

fn decide_abandoned(abandoned: &AbandonedReview, command: &Command) -> Decision {
    match &command.request {
        Request::Begin(it) => preparation::begin_again(&abandoned.review, it),
        Request::Abandon(reason) if abandoned.reason.text == *reason => nothing(),
        Request::Remind { .. } => nothing(),
        _ => Err(Refusal::IsAbandoned),
    }
}

/// One fact follows.
#[expect(clippy::unnecessary_wraps, reason = "a decision, like every leaf's")]
fn fact(event: Event) -> Decision {
    Ok(vec![event])
}

/// It is so already.
#[expect(clippy::unnecessary_wraps, reason = "a decision, like every leaf's")]
fn nothing() -> Decision {
    Ok(Vec::new())
}

fn require(text: &Erasable<String>, what: RequiredText) -> Result<(), Refusal> {
    if text.is_blank() { Err(Refusal::TextMissing { what }) } else { Ok(()) }
}

/// Which version comes after so many.
fn next_version(so_far: usize) -> u32 {
    u32::try_from(so_far).unwrap_or(u32::MAX).saturating_add(1)
}
