//! How far the measures of a case have come.

use super::super::event::Event;
use super::super::overdue;
use super::super::state::{Measure, OpenCase, Progress, Review, Reviewed};
use crate::ids::MeasureId;
use crate::{Erasable, Time};

/// The measures after one more fact about them.
pub(super) fn apply(case: &mut OpenCase, event: Event, at: Time) {
    match event {
        Event::MeasureProposed { measure, kind, description, owner, due_at, playbook } => {
            let progress = Progress::Open { found_without_effect: None };
            let review = Review::default();
            let proposed = Measure {
                kind,
                description,
                owner,
                due_at,
                proposed_at: at,
                reminded: None,
                playbook,
                progress,
                review,
            };
            case.measures.insert(measure, proposed);
        }
        Event::MeasureCompleted { measure, account, review_due_at } => {
            progress(case, measure, |_| Progress::Completed { account });
            let due = Review { due_at: review_due_at, ..Review::default() };
            review(case, measure, |review| *review = due);
        }
        Event::MeasureVerified { measure, effective, finding } => {
            progress(case, measure, |before| verified(before, effective, finding));
        }
        Event::Overdue(overdue::Event::MeasureReminded { measure, reminder }) => {
            case.measures.entry(measure).and_modify(|it| it.reminded = Some(reminder));
        }
        Event::EffectReviewDue { measure } => review(case, measure, |it| it.is_reminded = true),
        Event::EffectReviewed { measure, effect, finding } => {
            let reviewed = Reviewed { at, effect, finding };
            review(case, measure, |review| review.result = Some(reviewed));
        }
        _ => (),
    }
}

fn review(case: &mut OpenCase, measure: MeasureId, change: impl FnOnce(&mut Review)) {
    if let Some(measure) = case.measures.get_mut(&measure) {
        change(&mut measure.review);
    }
}

fn progress(case: &mut OpenCase, measure: MeasureId, next: impl FnOnce(&Progress) -> Progress) {
    if let Some(measure) = case.measures.get_mut(&measure) {
        measure.progress = next(&measure.progress);
    }
}

fn verified(before: &Progress, effective: bool, finding: Erasable<String>) -> Progress {
    match before {
        Progress::Completed { account } if effective => {
            Progress::Verified { account: account.clone(), finding }
        }
        _ => Progress::Open { found_without_effect: Some(finding) },
    }
}
