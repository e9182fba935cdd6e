//! Carrying out what is asked of a review: load, fold, decide, append; on a conflict, again.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use domain::case::{Acting, AttachmentSource};
use domain::ids::{AttachmentId, NumberBlock, ReviewId, UserId};
use domain::review::command::Begin;
use domain::review::event::{Approval, Basis};
use domain::review::{self, AgendaItem, Command, Request, ReviewNumber, decide};
use domain::{Erasable, Event, Position, Time};
use journal::{Append, AppendError, Idempotency};

use super::{TEMPLATE, folded, notices};
use crate::attachments::{self, Files, Upload};
use crate::error::{HandleError, Refusal};
use crate::execute::{TEXT_CHARACTERS_MAX, entry, once, version};
use crate::letters::kept;
use crate::open::Service;
use crate::permit::{self, ReviewStep, SignedIn};
use crate::reporting::bounded;
use crate::secrets::FormKey;

/// How often a decision is taken anew when others keep changing the same review.
const TRIES_MAX: u32 = 8;

/// A review to be begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Beginning {
    /// The first of the days it looks back on.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
    /// Who is to take part.
    pub participants: BTreeSet<UserId>,
}

/// A review to be approved, with the document as the controller saw it.
#[derive(Clone, PartialEq)]
pub struct Approving {
    /// The document, as a file.
    pub document: Vec<u8>,
    /// The last event of the review that it tells.
    pub position: Position,
    /// When the next review is to be held.
    pub next_due_at: Time,
}

impl Service {
    /// Begins a review after the one that was approved last, and prepares what the service knows.
    /// The same form sent twice begins one; another is begun when this one is approved or given up.
    pub async fn begin_review(
        &self,
        who: &SignedIn,
        it: Beginning,
        key: FormKey,
    ) -> Result<ReviewNumber, HandleError> {
        if who.must_choose_password || !who.roles.hold_any(ReviewStep::PrepareReview.roles()) {
            return Err(Refusal::NotPermitted.into());
        }
        let review = ReviewId(key.part_named("review"));
        let Beginning { first, last, participants } = it;
        let _one_at_a_time = self.reviewing().begins.lock().await;
        let previous = {
            let views = self.views();
            if let Some(known) = views.reviews.one(review).and_then(domain::review::Review::known) {
                return Ok(known.number);
            }
            if views.reviews.under_way().is_some() {
                return Err(Refusal::ReviewIsUnderWay.into());
            }
            views.reviews.last_approved().map(|(id, _)| id)
        };
        let number = self.next_review_number();
        let today = self.now().with_timezone(&self.settings().zone).date_naive();
        let begin = Begin { number, first, last, today, participants, previous };
        let begin = Request::Begin(begin);
        self.check_named(&begin)?;
        let idempotency = key.idempotency(&format!("{review} begin"));
        self.carry_out_in_review(review, who.acting(), begin, Some(idempotency), Files::new())
            .await?;
        let idempotency = key.idempotency(&format!("{review} basis"));
        let prepare = self.preparing();
        self.carry_out_in_review(review, who.acting(), prepare, Some(idempotency), Files::new())
            .await?;
        Ok(number)
    }

    /// What the service knows now, as the basis of a review.
    #[must_use]
    pub fn preparing(&self) -> Request {
        let position = self.views().position;
        Request::PrepareBasis(Basis { position, template: TEMPLATE })
    }

    /// Takes a step in a review as somebody signed in. `key` is the form's own number: the same
    /// form sent twice is carried out once.
    pub async fn review_step(
        &self,
        who: &SignedIn,
        review: ReviewId,
        request: Request,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let by = self.permit_review_step(who, review, &request)?;
        let written = request.texts().into_iter().filter_map(Erasable::get);
        bounded(written, TEXT_CHARACTERS_MAX)?;
        self.check_named(&request)?;
        self.check_resolution(review, &request)?;
        let name: &str = ReviewStep::of(&request).map_or("", Into::into);
        let key = key.idempotency(&format!("{review} {name}"));
        self.carry_out_in_review(review, by, request, Some(key), Files::new()).await
    }

    /// Attaches a file to a point of a review.
    pub async fn attach_to_review(
        &self,
        who: &SignedIn,
        review: ReviewId,
        item: AgendaItem,
        upload: Upload,
        key: FormKey,
    ) -> Result<AttachmentId, HandleError> {
        let by = self.permit_review_step(who, review, &Request::Submit)?;
        let mut taken = self.take_in(vec![upload], AttachmentSource::Handling, None, key)?;
        let file = Box::new(taken.attachments.remove(0));
        let id = file.attachment;
        let key = key.idempotency(&format!("{review} attach"));
        let request = Request::Attach { item, file };
        self.carry_out_in_review(review, by, request, Some(key), taken.files).await?;
        Ok(id)
    }

    /// Approves a review as the controller: the document they saw is kept with the approval.
    pub async fn approve_review(
        &self,
        who: &SignedIn,
        review: ReviewId,
        it: Approving,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let bytes: Arc<[u8]> = it.document.into();
        let document = kept(AttachmentId(key.part_named("approved review")), &bytes);
        let files = Files::from([(document.file, bytes)]);
        let made_from = Basis { position: it.position, template: TEMPLATE };
        let approval = Approval { made_from, document, next_due_at: it.next_due_at };
        let request = Request::Approve(Box::new(approval));
        let by = self.permit_review_step(who, review, &request)?;
        let key = key.idempotency(&format!("{review} approve"));
        self.carry_out_in_review(review, by, request, Some(key), files).await
    }

    fn permit_review_step(
        &self,
        who: &SignedIn,
        review: ReviewId,
        request: &Request,
    ) -> Result<Acting, Refusal> {
        let step = ReviewStep::of(request).ok_or(Refusal::NotPermitted)?;
        let views = self.views();
        let known = views.reviews.one(review).ok_or(Refusal::NoSuchReview)?;
        let permit = permit::for_review(who, known).ok_or(Refusal::NoSuchReview)?;
        if permit.steps.contains(&step) { Ok(who.acting()) } else { Err(Refusal::NotPermitted) }
    }

    /// Whoever is given something to do must be there to do it.
    fn check_named(&self, request: &Request) -> Result<(), Refusal> {
        let views = self.views();
        let is_there = |user| views.organisation.people.get(&user).is_some_and(|it| it.active);
        if request.people().into_iter().all(is_there) { Ok(()) } else { Err(Refusal::NoSuchPerson) }
    }

    /// What is carried over stands open in an earlier review that was approved, and goes on nowhere
    /// else; what a later review goes on with is done there.
    fn check_resolution(&self, review: ReviewId, request: &Request) -> Result<(), Refusal> {
        let views = self.views();
        let all = views.reviews.resolved();
        let find = |id| all.iter().find(|it| it.id == id);
        match request {
            Request::Resolve(it) => {
                let Some(before) = it.carries_over else { return Ok(()) };
                let in_force = |of| views.reviews.one(of).is_some_and(|it| it.approved().is_some());
                let found = find(before).filter(|it| it.review != review && in_force(it.review));
                let goes_on = |other: &views::reviews::Resolved<'_>| {
                    other.id != it.resolution && other.resolution.carries_over == Some(before)
                };
                let is_open = found.is_some_and(|it| it.resolution.carried_out.is_none())
                    && !all.iter().any(goes_on);
                let unknown = review::Refusal::ResolutionUnknown { resolution: before };
                if is_open { Ok(()) } else { Err(Refusal::Review(unknown)) }
            }
            Request::CarryOut { resolution, .. }
                if find(*resolution).is_some_and(|it| it.is_carried_over) =>
            {
                Err(Refusal::GoesOnElsewhere)
            }
            _ => Ok(()),
        }
    }

    fn next_review_number(&self) -> ReviewNumber {
        let year = self.now().with_timezone(&self.settings().zone).year();
        let year = u16::try_from(year).expect("the year of our time");
        let views = self.views();
        let is_copy = views.organisation.crisis_copy_since.is_some();
        let block = if is_copy { NumberBlock::CrisisCopy } else { NumberBlock::Ordinary };
        ReviewNumber { year, sequence: views.reviews.last_sequence(year, block) + 1 }
    }

    /// Carries a permitted command out, and returns once this process's views have seen it.
    pub(crate) async fn carry_out_in_review(
        &self,
        review: ReviewId,
        by: Acting,
        request: Request,
        idempotency: Option<Idempotency>,
        files: Files,
    ) -> Result<(), HandleError> {
        if self.was_carried_out(idempotency).await? {
            return Ok(());
        }
        let command = Command { at: self.now(), by, request };
        for _ in 0..TRIES_MAX {
            let stream = self.read(review.into()).await?;
            let before = folded(&stream);
            let events = match decide(&before, &command) {
                // The same form may have been recorded since it was looked for.
                Err(_) if self.was_carried_out(idempotency).await? => return Ok(()),
                decided => decided?,
            };
            if events.is_empty() {
                return Ok(());
            }
            if let Request::Approve(it) = &command.request
                && stream.last().is_some_and(|last| it.made_from.position != last.position)
            {
                // The controller saw another document than the one that would be approved.
                return Err(Refusal::ReviewHasChanged.into());
            }
            let told = {
                let organisation = &self.views().organisation;
                notices(&before, &events, command.by.actor, organisation)
            };
            let append = Append {
                stream: review.into(),
                expected: version(&stream),
                events: events.into_iter().map(Event::from).collect(),
                at: command.at,
                by: command.by.actor,
                idempotency,
                outbox: told.iter().map(entry).collect(),
            };
            let files = attachments::of_events(&append.events, &files);
            match self.append_with(append, files).await {
                Err(AppendError::Conflict { .. }) => (),
                other => {
                    return other.map_err(HandleError::Record).and_then(|it| once(it, idempotency));
                }
            }
        }
        Err(HandleError::Contended)
    }
}
