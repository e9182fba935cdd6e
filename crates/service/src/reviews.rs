//! The annual management review: who sees it, what the service prepares for it, and the document
//! that is kept of it (`docs/decisions/0031-management-review.md`).

mod carry;
mod file;
mod told;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use domain::ids::{InquiryId, ResolutionId, ReviewId};
use domain::organisation::Event as OrganisationEvent;
use domain::review::event::Basis;
use domain::review::state::{Input, Resolution};
use domain::review::{Event as ReviewEvent, Fact, Review, ReviewNumber, fold};
use domain::{Actor, Event, Position, Recorded, StreamId, Time};
use journal::Access;
use tokio::sync::Mutex;
use views::statistics::Span;

use crate::error::LookUpError;
use crate::look_up::{REFUSED, overview};
use crate::open::Service;
use crate::permit::{self, Overview, ReviewStep, SignedIn};
use crate::statistics::{AsOf, FiguresAsked, FiguresSeen};

pub use carry::{Approving, Beginning};
pub use told::ReviewNews;
pub(crate) use told::notices;

/// The version of the template that says which figures a review shows, and how. It counts up with
/// every change by which the same facts would give another document.
pub const TEMPLATE: u32 = 3;

/// With how many years before it a review's period is compared.
const YEARS_BEFORE: u8 = 2;

/// A review as somebody may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewSight {
    /// Which review.
    pub id: ReviewId,
    /// The review, as it stood at [`Self::position`].
    pub review: Review,
    /// The last of its events that is told.
    pub position: Position,
    /// When that was recorded.
    pub at: Time,
    /// The organisation's name then.
    pub organisation: String,
    /// What the service prepared, once it did.
    pub prepared: Option<Prepared>,
    /// What they may do.
    pub steps: BTreeSet<ReviewStep>,
}

/// What the service prepared for a review, all from one place in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// From where, by which template.
    pub basis: Basis,
    /// When it was prepared: as of when anything is overdue.
    pub at: Time,
    /// The figures of the period, without small counts.
    pub figures: FiguresSeen,
    /// What the review before resolved, and what earlier ones did that is still to be done.
    pub followed: Vec<FollowedUp>,
}

/// Something that an earlier review resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowedUp {
    /// In which review.
    pub number: ReviewNumber,
    /// Which resolution.
    pub id: ResolutionId,
    /// What was resolved, and what had become of it.
    pub resolution: Resolution,
}

/// A review in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewRow {
    /// Which review.
    pub id: ReviewId,
    /// The review.
    pub review: Review,
}

/// What somebody is asked in a review, as they see it.
#[derive(Debug, Clone, PartialEq)]
pub struct InputAsked {
    /// In which review.
    pub review: ReviewId,
    /// Its number.
    pub number: ReviewNumber,
    /// Which question.
    pub id: InquiryId,
    /// The question, with their answers.
    pub input: Input,
}

/// Something resolved, as whoever answers for it sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolutionRow {
    /// In which review.
    pub review: ReviewId,
    /// Its number.
    pub number: ReviewNumber,
    /// Which resolution.
    pub id: ResolutionId,
    /// What was resolved, and what became of it.
    pub resolution: Resolution,
    /// Whether a later review goes on with it.
    pub is_carried_over: bool,
}

/// What is held while reviews are begun and looked at.
#[derive(Debug, Default)]
pub(crate) struct Reviewing {
    /// The figures of the review that was looked at last: a place in the log tells the same for
    /// ever, and to fold it takes reading the whole log.
    figures: Mutex<Option<(Basis, Span, FiguresSeen)>>,
    /// Held while a review is begun, so that there is one at a time, with a number of its own.
    begins: Mutex<()>,
}

impl Service {
    /// The reviews somebody may see, the newest first. The look is noted.
    pub async fn reviews(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Vec<ReviewRow>, LookUpError> {
        let ground = overview(who, Overview::Reviews)?;
        self.note_list(who, Overview::Reviews, page, ground).await?;
        let views = self.views();
        let sees = |review: &Review| permit::for_review(who, review).is_some_and(|it| it.sees);
        let rows = views.reviews.list().into_iter().filter(|(_, review)| sees(review));
        Ok(rows.map(|(id, review)| ReviewRow { id, review: review.clone() }).collect())
    }

    /// When the next review is due, for those who see the overview of clocks: after which review,
    /// and whether its page is theirs to see.
    #[must_use]
    pub fn next_review(&self, who: &SignedIn) -> Option<(ReviewNumber, Time)> {
        overview(who, Overview::Reviews).ok()?;
        let views = self.views();
        let (_, approved) = views.reviews.next_due()?;
        Some((approved.review.number, approved.approval.next_due_at))
    }

    /// The review with a number.
    #[must_use]
    pub fn find_review(&self, number: ReviewNumber) -> Option<ReviewId> {
        self.views().reviews.find(number)
    }

    /// One review as somebody may see it: as it is, or as it stood at a place in the log. The same
    /// place gives the same for ever. Whoever sees it only since its approval is not shown how it
    /// came about, but for what was approved. The look is noted.
    pub async fn review(
        &self,
        who: &SignedIn,
        review: ReviewId,
        up_to: Option<Position>,
        page: &'static str,
    ) -> Result<ReviewSight, LookUpError> {
        let permit = self.permit_review(who, review, page).await?;
        if !permit.sees {
            self.note_line(Actor::User(who.user), Access::Review(review), page, REFUSED).await?;
            return Err(LookUpError::NotFound);
        }
        self.note(who, Access::Review(review), page, permit.ground).await?;
        let up_to = self.as_shown(review, up_to, &permit)?;
        self.review_at(review, up_to, permit.steps).await
    }

    /// The place in the log up to which somebody is shown a review.
    fn as_shown(
        &self,
        review: ReviewId,
        up_to: Option<Position>,
        permit: &permit::ReviewPermit,
    ) -> Result<Option<Position>, LookUpError> {
        let Some(wanted) = up_to.filter(|_| permit.since_approval) else { return Ok(up_to) };
        let views = self.views();
        let approved = views.reviews.one(review).and_then(Review::approved);
        let approved = approved.ok_or(LookUpError::NotFound)?.approval.made_from.position;
        if approved <= wanted { Ok(up_to) } else { Err(LookUpError::NotFound) }
    }

    async fn permit_review(
        &self,
        who: &SignedIn,
        review: ReviewId,
        page: &'static str,
    ) -> Result<permit::ReviewPermit, LookUpError> {
        let permit = {
            let views = self.views();
            let known = views.reviews.one(review).ok_or(LookUpError::NotFound)?;
            permit::for_review(who, known)
        };
        if let Some(permit) = permit {
            return Ok(permit);
        }
        let what = Access::Review(review);
        self.note_line(Actor::User(who.user), what, page, REFUSED).await?;
        Err(LookUpError::NotFound)
    }

    async fn review_at(
        &self,
        id: ReviewId,
        up_to: Option<Position>,
        steps: BTreeSet<ReviewStep>,
    ) -> Result<ReviewSight, LookUpError> {
        let mut stream = self.stream_of(id.into()).await?;
        stream.retain(|it| up_to.is_none_or(|up_to| it.position <= up_to));
        let last = stream.last().ok_or(LookUpError::NotFound)?;
        let (position, at) = (last.position, last.at);
        let review = folded(&stream);
        let prepared = self.prepared(&stream, &review).await?;
        let organisation = self.name_at(position).await?;
        Ok(ReviewSight { id, review, position, at, organisation, prepared, steps })
    }

    /// What the service prepared: nothing until it was asked to.
    async fn prepared(
        &self,
        stream: &[Recorded],
        review: &Review,
    ) -> Result<Option<Prepared>, LookUpError> {
        let of_basis = stream.iter().rev().find_map(|it| match &it.event {
            Event::Review(ReviewEvent::BasisPrepared(basis)) => Some((*basis, it.at)),
            _ => None,
        });
        let Some(((basis, at), known)) = of_basis.zip(review.known()) else { return Ok(None) };
        // Of a period that is none there are no figures.
        let Some(span) = Span::new(known.first, known.last) else { return Ok(None) };
        let figures = self.figures_of(basis, at, span).await?;
        let followed = match known.previous {
            Some(previous) => self.followed(previous, basis.position).await?,
            None => Vec::new(),
        };
        Ok(Some(Prepared { basis, at, figures, followed }))
    }

    async fn figures_of(
        &self,
        basis: Basis,
        at: Time,
        span: Span,
    ) -> Result<FiguresSeen, LookUpError> {
        let mut kept = self.reviewing().figures.lock().await;
        if let Some((of, days, figures)) = &*kept
            && (*of, *days, figures.at) == (basis, span, at)
        {
            return Ok(figures.clone());
        }
        let as_of = AsOf::Position(basis.position, at);
        let asked = FiguresAsked { span, years_before: YEARS_BEFORE, unit: None, as_of };
        let figures = self.figures(asked, true).await?;
        *kept = Some((basis, span, figures.clone()));
        Ok(figures)
    }

    /// Everything that the review before resolved, and of those before it what is to be done still
    /// and goes on in none that came after.
    async fn followed(
        &self,
        previous: ReviewId,
        up_to: Position,
    ) -> Result<Vec<FollowedUp>, LookUpError> {
        let (mut followed, mut carried) = (Vec::new(), BTreeSet::new());
        let mut next = Some(previous);
        while let Some(id) = next {
            let mut stream = self.stream_of(id.into()).await?;
            stream.retain(|it| it.position <= up_to);
            let review = folded(&stream);
            let Some(known) = review.known() else { break };
            let all = known.resolutions.iter().filter(|(resolution, it)| {
                let is_open = it.carried_out.is_none() && !carried.contains(*resolution);
                id == previous || is_open
            });
            followed.extend(all.map(|(resolution, it)| FollowedUp {
                number: known.number,
                id: *resolution,
                resolution: it.clone(),
            }));
            carried.extend(known.resolutions.values().filter_map(|it| it.carries_over));
            next = known.previous;
        }
        followed.sort_by_key(|it| (Reverse(it.number), it.resolution.due_at, it.id));
        Ok(followed)
    }

    /// What the organisation was called at a place in the log.
    async fn name_at(&self, position: Position) -> Result<String, LookUpError> {
        let stream = self.stream_of(StreamId::ORGANISATION).await?;
        let until = stream.into_iter().rev().filter(|it| it.position <= position);
        let mut names = until.filter_map(|it| match it.event {
            Event::Organisation(OrganisationEvent::OrganisationNamed { name }) => Some(name),
            _ => None,
        });
        Ok(names.next().unwrap_or_default())
    }

    async fn stream_of(&self, stream: StreamId) -> Result<Vec<Recorded>, LookUpError> {
        self.journal().read_stream(stream).await.map_err(LookUpError::Read)
    }

    /// What somebody is asked in reviews, as it stands on the page of their questions, whose line
    /// is in the access log.
    #[must_use]
    pub fn inputs_asked(&self, who: &SignedIn) -> Vec<InputAsked> {
        let views = self.views();
        let asked = views.reviews.asked_of(who.user).into_iter();
        let asked = asked.map(|it| InputAsked {
            review: it.review,
            number: it.number,
            id: it.id,
            input: it.input.clone(),
        });
        asked.filter(|_| !who.must_choose_password).collect()
    }

    /// One thing somebody is asked in a review. The look is noted.
    pub async fn input_asked(
        &self,
        who: &SignedIn,
        review: ReviewId,
        inquiry: InquiryId,
        page: &'static str,
    ) -> Result<InputAsked, LookUpError> {
        let permit = self.permit_review(who, review, page).await?;
        let asked = self.inputs_asked(who).into_iter();
        let asked = asked.into_iter().find(|it| (it.review, it.id) == (review, inquiry));
        let asked = asked.ok_or(LookUpError::NotFound)?;
        self.note(who, Access::Review(review), page, permit.ground).await?;
        Ok(asked)
    }

    /// What was resolved in reviews, as it stands on the page of measures, whose line is in the
    /// access log: one's own, and everybody's for those who see the reviews.
    #[must_use]
    pub fn resolutions(&self, who: &SignedIn) -> Vec<ResolutionRow> {
        let views = self.views();
        let sees = |review: ReviewId| {
            let permit = views.reviews.one(review).and_then(|it| permit::for_review(who, it));
            permit.is_some_and(|it| it.sees)
        };
        let all = views.reviews.resolved().into_iter().map(|it| ResolutionRow {
            review: it.review,
            number: it.number,
            id: it.id,
            resolution: it.resolution.clone(),
            is_carried_over: it.is_carried_over,
        });
        // What is resolved is theirs to do once the review is approved.
        let in_force = |review| views.reviews.one(review).is_some_and(|it| it.approved().is_some());
        let is_theirs = |it: &ResolutionRow| {
            in_force(it.review) && (it.resolution.owner == who.user || sees(it.review))
        };
        all.filter(|it| !who.must_choose_password && is_theirs(it)).collect()
    }

    /// One thing resolved, for whoever answers for it or sees the review. The look is noted.
    pub async fn resolution(
        &self,
        who: &SignedIn,
        review: ReviewId,
        resolution: ResolutionId,
        page: &'static str,
    ) -> Result<ResolutionRow, LookUpError> {
        let permit = self.permit_review(who, review, page).await?;
        let mut all = self.resolutions(who).into_iter();
        let row = all.find(|it| (it.review, it.id) == (review, resolution));
        let row = row.ok_or(LookUpError::NotFound)?;
        self.note(who, Access::Review(review), page, permit.ground).await?;
        Ok(row)
    }
}

/// The review that a stream tells of.
pub(crate) fn folded(stream: &[Recorded]) -> Review {
    fold(stream.iter().filter_map(|recorded| match &recorded.event {
        Event::Review(event) => Some(Fact { event, at: recorded.at, by: recorded.by }),
        Event::Case(_) | Event::Organisation(_) => None,
    }))
}
