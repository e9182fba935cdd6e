//! A management review as programs are told it. Nothing in it follows from who asks or when.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Actor;
use domain::ids::{InquiryId, ResolutionId, UserId};
use domain::review::state::{Input, Item, Resolution, Written};
use domain::review::{AgendaItem, ApprovedReview, OpenReview, Review};
use serde::Serialize;
use service::ReviewSight;
use service::reviews::{FollowedUp, Prepared, TEMPLATE};
use strum::IntoEnumIterator;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::shapes::text;
use crate::api::statistics::Table;
use crate::api::words;
use crate::api::words::{Clause, Effect, ReviewPhase, Word};
use crate::papers::review::figures::keys;

/// A management review. A text is `null` once it was erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewBody {
    /// Its number.
    review: String,
    /// The place in the log from which it is told.
    position: u64,
    /// The version of the template that says what is told.
    template: u32,
    /// When what stands at that place was recorded.
    at: DateTime<Utc>,
    /// The organisation's name then.
    organisation: String,
    /// How far it has come.
    phase: ReviewPhase,
    /// The first of the days it looks back on.
    from: NaiveDate,
    /// The last of them.
    until: NaiveDate,
    /// When it was begun.
    begun_at: DateTime<Utc>,
    /// Who is to take part; once it was held, who did.
    participants: Vec<Uuid>,
    /// When it was held.
    held_at: Option<DateTime<Utc>>,
    /// What the service prepared; `null` before it did.
    prepared: Option<PreparedBody>,
    /// The points of the agenda, in their order.
    agenda: Vec<AgendaPoint>,
    /// What was resolved.
    resolutions: Vec<ResolutionBody>,
    /// The minutes, in their latest version.
    minutes: Option<WrittenBody>,
    /// Why the controller sent it back the last time.
    returned: Option<String>,
    /// Why it was given up, if it was.
    abandoned: Option<WrittenBody>,
    /// The approval, once there is one.
    approval: Option<ApprovalBody>,
}

/// What the service prepared, all of it from one place in the log.
#[derive(Serialize, ToSchema)]
pub(crate) struct PreparedBody {
    /// Which place.
    position: u64,
    /// By which version of the template.
    template: u32,
    /// When: as of then it is told what is overdue.
    at: DateTime<Utc>,
    /// The figures, without small counts.
    tables: Vec<Table>,
    /// What earlier reviews resolved, with what had become of it.
    followed_up: Vec<FollowedUpBody>,
}

/// Something that an earlier review resolved.
#[derive(Serialize, ToSchema)]
pub(crate) struct FollowedUpBody {
    /// The number of that review.
    review: String,
    /// What was resolved.
    #[serde(flatten)]
    resolution: ResolutionBody,
}

/// A point of the agenda.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgendaPoint {
    /// Which point.
    item: words::AgendaItem,
    /// The inputs of ISO/IEC 27001:2022 9.3.2 that it answers.
    clauses: Vec<Clause>,
    /// The tables that stand under it, by their keys.
    tables: Vec<&'static str>,
    /// What is said, in its latest version.
    text: Option<WrittenBody>,
    /// What people were asked, but for what was withdrawn.
    inputs: Vec<InputBody>,
    /// The files.
    files: Vec<ReviewFile>,
}

/// Something that somebody was asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct InputBody {
    /// Which question.
    id: Uuid,
    /// Who was asked.
    of: Option<Uuid>,
    /// What was asked.
    question: Option<String>,
    /// By when.
    due_at: DateTime<Utc>,
    /// The answers, the first one first.
    answers: Vec<WrittenBody>,
}

/// A file under a point.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewFile {
    /// Which file.
    id: Uuid,
    /// Its name.
    name: Option<String>,
    /// What it is.
    description: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: Option<String>,
}

/// Something that was resolved to be done.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResolutionBody {
    /// Which resolution.
    id: Uuid,
    /// Under which point.
    item: words::AgendaItem,
    /// What is to be done.
    text: Option<String>,
    /// Who answers for it.
    owner: Uuid,
    /// When it is to be done.
    due_at: DateTime<Utc>,
    /// The resolution of the review before that goes on in it.
    carries_over: Option<Uuid>,
    /// What was done, once it was.
    carried_out: Option<WrittenBody>,
    /// What it has led to, once that was seen.
    effect: Option<Effect>,
}

/// Something that somebody wrote.
#[derive(Serialize, ToSchema)]
pub(crate) struct WrittenBody {
    /// When.
    at: DateTime<Utc>,
    /// Who.
    by: Option<Uuid>,
    /// What.
    text: Option<String>,
}

/// What the controller approved.
#[derive(Serialize, ToSchema)]
pub(crate) struct ApprovalBody {
    /// When.
    at: DateTime<Utc>,
    /// Who.
    by: Option<Uuid>,
    /// The place in the log from which the document was told.
    position: u64,
    /// By which version of the template.
    template: u32,
    /// SHA-256 of the document that is kept, in hexadecimal.
    sha256: Option<String>,
    /// When the next review is due.
    next_due_at: DateTime<Utc>,
}

impl ReviewBody {
    /// A review as it is seen; nothing of one that was not begun.
    pub(super) fn new(seen: &ReviewSight) -> Option<Self> {
        let known = seen.review.known()?;
        let held = known.held.as_ref();
        let participants = held.map_or(&known.participants, |held| &held.participants);
        let abandoned = match &seen.review {
            Review::Abandoned(it) => Some(WrittenBody::new(&it.reason)),
            Review::Unbegun | Review::Open(_) | Review::Approved(_) => None,
        };
        let resolutions = known.resolutions.iter();
        Some(Self {
            review: known.number.to_string(),
            position: seen.position.0,
            template: TEMPLATE,
            at: seen.at,
            organisation: seen.organisation.clone(),
            phase: Word(seen.review.phase()?),
            from: known.first,
            until: known.last,
            begun_at: known.begun_at,
            participants: participants.iter().map(|user| user.0).collect(),
            held_at: held.map(|held| held.at),
            prepared: seen.prepared.as_ref().map(PreparedBody::new),
            agenda: AgendaItem::iter().map(|item| AgendaPoint::new(known, item)).collect(),
            resolutions: resolutions.map(|(id, it)| ResolutionBody::new(*id, it)).collect(),
            minutes: known.minutes.last().map(WrittenBody::new),
            returned: known.returned.as_ref().and_then(text),
            abandoned,
            approval: seen.review.approved().map(ApprovalBody::new),
        })
    }
}

impl PreparedBody {
    fn new(it: &Prepared) -> Self {
        Self {
            position: it.basis.position.0,
            template: it.basis.template,
            at: it.at,
            tables: it.figures.statistics.tables.iter().map(Table::new).collect(),
            followed_up: it.followed.iter().map(FollowedUpBody::new).collect(),
        }
    }
}

impl FollowedUpBody {
    fn new(it: &FollowedUp) -> Self {
        let resolution = ResolutionBody::new(it.id, &it.resolution);
        Self { review: it.number.to_string(), resolution }
    }
}

impl AgendaPoint {
    fn new(known: &OpenReview, item: AgendaItem) -> Self {
        let empty = Item::default();
        let written = known.items.get(&item).unwrap_or(&empty);
        let inputs = known.inputs.iter().filter(|(_, it)| it.item == item);
        let wanted = inputs.filter(|(_, it)| it.inquiry.withdrawn.is_none());
        Self {
            item: Word(item),
            clauses: item.clauses().iter().copied().map(Word).collect(),
            tables: keys(item).iter().map(|key| (*key).into()).collect(),
            text: written.texts.last().map(WrittenBody::new),
            inputs: wanted.map(|(id, it)| InputBody::new(*id, it)).collect(),
            files: written.files.iter().map(ReviewFile::new).collect(),
        }
    }
}

impl InputBody {
    fn new(id: InquiryId, input: &Input) -> Self {
        let inquiry = &input.inquiry;
        let answers = inquiry.answers.iter();
        Self {
            id: id.0,
            of: inquiry.respondent.member().map(|user| user.0),
            question: text(&inquiry.text),
            due_at: inquiry.due_at,
            answers: answers
                .map(|it| WrittenBody { at: it.at, by: member(it.by), text: text(&it.text) })
                .collect(),
        }
    }
}

impl ReviewFile {
    fn new(it: &domain::case::Attachment) -> Self {
        let file = it.file.get();
        Self {
            id: it.attachment.0,
            name: file.map(|file| file.name.clone()),
            description: file.map(|file| file.description.clone()),
            sha256: file.map(|file| file.sha256.clone()),
        }
    }
}

impl ResolutionBody {
    fn new(id: ResolutionId, it: &Resolution) -> Self {
        Self {
            id: id.0,
            item: Word(it.item),
            text: text(&it.text),
            owner: it.owner.0,
            due_at: it.due_at,
            carries_over: it.carries_over.map(|id| id.0),
            carried_out: it.carried_out.as_ref().map(WrittenBody::new),
            effect: it.effect.as_ref().map(|(effect, _)| Word(*effect)),
        }
    }
}

impl WrittenBody {
    fn new(it: &Written) -> Self {
        Self { at: it.at, by: member(it.by), text: text(&it.text) }
    }
}

impl ApprovalBody {
    fn new(it: &ApprovedReview) -> Self {
        let approval = &it.approval;
        Self {
            at: it.at,
            by: member(it.by),
            position: approval.made_from.position.0,
            template: approval.made_from.template,
            sha256: text(&approval.document.sha256),
            next_due_at: approval.next_due_at,
        }
    }
}

fn member(actor: Actor) -> Option<Uuid> {
    let user: Option<UserId> = match actor {
        Actor::User(user) => Some(user),
        Actor::Service | Actor::Reporter | Actor::Respondent => None,
    };
    user.map(|user| user.0)
}
