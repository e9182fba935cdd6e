//! Every management review: how far each has come, who is asked what, what was resolved and became
//! of it, and when the next one is due.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::case::inquiry::reminder;
use domain::ids::{InquiryId, NumberBlock, ResolutionId, ReviewId, UserId};
use domain::review::decide::{next_reminder, resolution_reminder};
use domain::review::evolve::{Fact, evolve};
use domain::review::state::{Input, Resolution};
use domain::review::{ApprovedReview, Event, OpenReview, Phase, Review, ReviewNumber};
use domain::{Recorded, Time};

/// Every management review. There is one a year, so each is kept as a whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reviews {
    all: BTreeMap<ReviewId, Review>,
}

/// Something that was resolved, in a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolved<'a> {
    /// In which review.
    pub review: ReviewId,
    /// That review's number.
    pub number: ReviewNumber,
    /// Which resolution.
    pub id: ResolutionId,
    /// What was resolved, and what became of it.
    pub resolution: &'a Resolution,
    /// Whether a later review goes on with it, and it is followed up there.
    pub is_carried_over: bool,
}

impl Resolved<'_> {
    /// Whether it is to be done still, and nowhere else.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.resolution.carried_out.is_none() && !self.is_carried_over
    }

    /// Whether it should have been done by now.
    #[must_use]
    pub fn is_overdue(&self, now: Time) -> bool {
        self.is_open() && self.resolution.due_at < now
    }
}

/// Something that somebody is asked in a review.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked<'a> {
    /// In which review.
    pub review: ReviewId,
    /// That review's number.
    pub number: ReviewNumber,
    /// Which question.
    pub id: InquiryId,
    /// The question, with its answers.
    pub input: &'a Input,
}

impl Reviews {
    /// Takes in one more fact.
    pub fn apply(&mut self, review: ReviewId, event: &Event, recorded: &Recorded) {
        let state = self.all.entry(review).or_default();
        let fact = Fact { event, at: recorded.at, by: recorded.by };
        *state = evolve(std::mem::take(state), fact);
    }

    /// One review.
    #[must_use]
    pub fn one(&self, review: ReviewId) -> Option<&Review> {
        self.all.get(&review)
    }

    /// The review with a number.
    #[must_use]
    pub fn find(&self, number: ReviewNumber) -> Option<ReviewId> {
        self.known().find(|(_, known)| known.number == number).map(|(review, _)| review)
    }

    /// Every review that was begun, the newest first.
    #[must_use]
    pub fn list(&self) -> Vec<(ReviewId, &Review)> {
        let known = |review: &Review| review.known().map(|known| known.number);
        let mut all: Vec<_> = self.all.iter().map(|(id, review)| (*id, review)).collect();
        all.retain(|(_, review)| known(review).is_some());
        all.sort_by_key(|(_, review)| std::cmp::Reverse(known(review)));
        all
    }

    /// The review that was approved last: the one before the next.
    #[must_use]
    pub fn last_approved(&self) -> Option<(ReviewId, &ApprovedReview)> {
        let approved = self.all.iter().filter_map(|(id, review)| Some((*id, review.approved()?)));
        approved.max_by_key(|(_, approved)| approved.at)
    }

    /// The review that is prepared, held or waits for the controller: there is one at a time, but
    /// where a crisis copy has begun another.
    #[must_use]
    pub fn under_way(&self) -> Option<(ReviewId, &OpenReview)> {
        self.all.iter().find_map(|(id, review)| match review {
            Review::Open(known) => Some((*id, &**known)),
            Review::Unbegun | Review::Approved(_) | Review::Abandoned(_) => None,
        })
    }

    /// The clock of the next review: after which review it is due, until the next one is held.
    #[must_use]
    pub fn next_due(&self) -> Option<(ReviewId, &ApprovedReview)> {
        let (review, approved) = self.last_approved()?;
        let mut after = self.known().filter(|(_, known)| known.previous == Some(review));
        let is_held = after.any(|(_, known)| known.held.is_some());
        (!is_held).then_some((review, approved))
    }

    /// The highest sequence given out in a year, in a block.
    #[must_use]
    pub fn last_sequence(&self, year: u16, block: NumberBlock) -> u32 {
        let numbers = self.known().map(|(_, known)| known.number);
        let theirs = numbers.filter(|number| number.year == year && number.block() == block);
        theirs.map(|number| number.sequence).max().unwrap_or(block.first() - 1)
    }

    /// The resolutions that a later review goes on with.
    #[must_use]
    pub fn carried_over(&self) -> BTreeSet<ResolutionId> {
        let all = self.current().flat_map(|(_, known)| known.resolutions.values());
        all.filter_map(|resolution| resolution.carries_over).collect()
    }

    /// Everything that was resolved in reviews, by review and then by when it is due.
    #[must_use]
    pub fn resolved(&self) -> Vec<Resolved<'_>> {
        let carried = self.carried_over();
        let mut all: Vec<Resolved<'_>> = self
            .current()
            .flat_map(|(review, known)| {
                let carried = &carried;
                known.resolutions.iter().map(move |(id, resolution)| Resolved {
                    review,
                    number: known.number,
                    id: *id,
                    resolution,
                    is_carried_over: carried.contains(id),
                })
            })
            .collect();
        all.sort_by_key(|it| (it.number, it.resolution.due_at, it.id));
        all
    }

    /// What somebody is asked in reviews that are under way: what is to be answered first, the
    /// soonest on top.
    #[must_use]
    pub fn asked_of(&self, user: UserId) -> Vec<Asked<'_>> {
        let known = self.all.iter().filter_map(|(id, review)| match review {
            Review::Open(known) => Some((*id, &**known)),
            Review::Unbegun | Review::Approved(_) | Review::Abandoned(_) => None,
        });
        let mut asked: Vec<Asked<'_>> = known
            .flat_map(|(review, known)| {
                let asked = move |(id, input)| Asked { review, number: known.number, id, input };
                known.inputs.iter().map(|(id, input)| (*id, input)).map(asked)
            })
            .filter(|it| {
                let inquiry = &it.input.inquiry;
                inquiry.respondent.member() == Some(user) && inquiry.withdrawn.is_none()
            })
            .collect();
        asked.sort_by_key(|it| {
            let inquiry = &it.input.inquiry;
            (!inquiry.is_open(), inquiry.due_at, it.id)
        });
        asked
    }

    /// The reviews in which somebody is to be reminded by now, for the first time so long `before`
    /// their answer or what they answer for is due; or after which the next is to be called to
    /// mind.
    #[must_use]
    pub fn with_reminders(&self, before: TimeDelta, now: Time) -> BTreeSet<ReviewId> {
        let is_to_remind = |it: &&Input| {
            let due = reminder(it.inquiry.made_at, it.inquiry.due_at, before, now);
            it.inquiry.is_open() && due.is_some_and(|due| !it.inquiry.reminded.contains(&due))
        };
        let carried = self.carried_over();
        let open = self.all.iter().filter(|(_, review)| match review {
            Review::Open(known) => known.inputs.values().any(|it| is_to_remind(&it)),
            Review::Approved(approved) => {
                let all = approved.review.resolutions.iter();
                let mut theirs = all.filter(|(id, _)| !carried.contains(id));
                theirs.any(|(_, it)| resolution_reminder(approved, it, before, now).is_some())
            }
            Review::Unbegun | Review::Abandoned(_) => false,
        });
        let open = open.map(|(id, _)| *id);
        let next = self.next_due().filter(|(_, approved)| {
            let due = next_reminder(approved.at, approved.approval.next_due_at, now);
            due.is_some_and(|due| !approved.reminded.contains(&due))
        });
        open.chain(next.map(|(review, _)| review)).collect()
    }

    /// Those that were not given up.
    fn current(&self) -> impl Iterator<Item = (ReviewId, &OpenReview)> {
        let current = self.all.iter().filter(|(_, it)| it.phase() != Some(Phase::Abandoned));
        current.filter_map(|(id, review)| Some((*id, review.known()?)))
    }

    fn known(&self) -> impl Iterator<Item = (ReviewId, &OpenReview)> {
        self.all.iter().filter_map(|(id, review)| Some((*id, review.known()?)))
    }
}

#[cfg(test)]
mod tests {
    use domain::case::letter::KeptFile;
    use domain::ids::AttachmentId;
    use domain::review::AgendaItem;
    use domain::review::event::{Approval, Basis};
    use domain::{Actor, Erasable, Position, StreamId, Version};
    use uuid::Uuid;

    use super::*;
    use crate::Views;

    const OWNER: UserId = UserId(Uuid::from_u128(3));

    fn review(number: u128) -> ReviewId {
        ReviewId(Uuid::from_u128(number))
    }

    fn resolution(number: u128) -> ResolutionId {
        ResolutionId(Uuid::from_u128(number))
    }

    fn at(day: i64) -> Time {
        Time::from_timestamp(day * 86_400, 0).expect("a small number of days")
    }

    fn begun(year: u16, previous: Option<ReviewId>) -> Event {
        let number = ReviewNumber { year, sequence: 1 };
        Event::ReviewBegun {
            number,
            first: at(0).date_naive(),
            last: at(364).date_naive(),
            previous,
        }
    }

    fn resolved(number: u128, carries_over: Option<ResolutionId>) -> Event {
        Event::ResolutionTaken {
            resolution: resolution(number),
            item: AgendaItem::Threats,
            text: Erasable::known("kurs".to_owned()),
            owner: OWNER,
            due_at: at(500),
            carries_over,
        }
    }

    fn approved() -> Event {
        let document = KeptFile {
            file: AttachmentId(Uuid::from_u128(61)),
            length: 1,
            sha256: Erasable::known("ab".repeat(32)),
        };
        let made_from = Basis { position: Position(1), template: 1 };
        Event::ReviewApproved(Box::new(Approval { made_from, document, next_due_at: at(735) }))
    }

    fn built(history: impl IntoIterator<Item = (ReviewId, i64, Event)>) -> Views {
        let mut views = Views::default();
        for (place, (review, day, event)) in history.into_iter().enumerate() {
            views.apply(&Recorded {
                position: Position(place as u64 + 1),
                stream: StreamId::from(review),
                version: Version(1),
                at: at(day),
                by: Actor::User(OWNER),
                event: event.into(),
            });
        }
        views
    }

    #[test]
    fn the_clock_of_the_next_review_runs_from_the_approval_until_it_is_held() {
        let first = [(review(1), 366, begun(2027, None))];
        assert_eq!(built(first.clone()).reviews.next_due(), None);
        let history = || first.clone().into_iter().chain([(review(1), 370, approved())]);
        let views = built(history());
        let due = views.reviews.next_due().map(|(id, it)| (id, it.approval.next_due_at));
        assert_eq!(due, Some((review(1), at(735))));
        let before = TimeDelta::days(1);
        assert!(views.reviews.with_reminders(before, at(600)).is_empty());
        assert_eq!(views.reviews.with_reminders(before, at(680)), [review(1)].into());
        let next = || (review(2), 690, begun(2028, Some(review(1))));
        let views = built(history().chain([next()]));
        assert_eq!(views.reviews.next_due().map(|(id, _)| id), Some(review(1)));
        assert_eq!(views.reviews.under_way().map(|(id, _)| id), Some(review(2)));
        let reason = Erasable::known("feil år".to_owned());
        let abandoned = (review(2), 691, Event::ReviewAbandoned { reason });
        let views = built(history().chain([next(), abandoned]));
        assert_eq!(views.reviews.next_due().map(|(id, _)| id), Some(review(1)));
        assert!(views.reviews.under_way().is_none());
        let held = Event::ReviewHeld { held_at: at(691), participants: [OWNER].into() };
        let views = built(history().chain([next(), (review(2), 691, held)]));
        assert_eq!(views.reviews.next_due(), None);
        assert!(views.reviews.with_reminders(before, at(800)).is_empty());
        assert_eq!(views.reviews.last_approved().map(|(id, _)| id), Some(review(1)));
    }

    #[test]
    fn what_a_later_review_goes_on_with_is_followed_up_there() {
        let views = built([
            (review(1), 366, begun(2027, None)),
            (review(1), 367, resolved(11, None)),
            (review(1), 367, resolved(12, None)),
            (review(1), 370, approved()),
            (review(2), 700, begun(2028, Some(review(1)))),
            (review(2), 701, resolved(21, Some(resolution(11)))),
        ]);
        let all = views.reviews.resolved();
        let open: Vec<_> = all.iter().filter(|it| it.is_open()).map(|it| it.id).collect();
        assert_eq!(open, [resolution(12), resolution(21)]);
        assert_eq!(all.len(), 3);
        let before = TimeDelta::days(1);
        assert!(views.reviews.with_reminders(before, at(498)).is_empty());
        assert_eq!(views.reviews.with_reminders(before, at(499)), [review(1)].into());
        assert!(all.iter().filter(|it| it.is_overdue(at(501))).count() == 2);
    }

    #[test]
    fn numbers_count_within_their_year() {
        let views = built([(review(1), 366, begun(2027, None))]);
        let last = |year| views.reviews.last_sequence(year, NumberBlock::Ordinary);
        assert_eq!((last(2027), last(2028)), (1, 0));
        let number = ReviewNumber { year: 2027, sequence: 1 };
        assert_eq!(views.reviews.find(number), Some(review(1)));
        assert_eq!(views.reviews.list().len(), 1);
    }
}
