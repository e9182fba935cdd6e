//! Who sees a management review and what they may do in it.

use std::collections::BTreeSet;

use domain::Role;
use domain::ids::UserId;
use domain::review::{OpenReview, Phase, Request, Review};
use strum::IntoEnumIterator;

use super::{Ground, SignedIn, keeps_the_house};

/// Something that can be done in a management review.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum ReviewStep {
    /// Prepare it, keep its minutes, send it in and follow up what it resolved.
    PrepareReview,
    /// Approve it or send it back.
    ApproveReview,
    /// Answer what one was asked for.
    GiveInput,
    /// Say that what was resolved is done.
    CarryOutResolution,
}

impl ReviewStep {
    /// The step a request is; none for what the service itself asks.
    #[must_use]
    pub fn of(request: &Request) -> Option<Self> {
        Some(match request {
            Request::Begin(_)
            | Request::NameParticipants(_)
            | Request::PrepareBasis(_)
            | Request::WriteItem { .. }
            | Request::Attach { .. }
            | Request::Ask(_)
            | Request::Withdraw { .. }
            | Request::Resolve(_)
            | Request::DropResolution { .. }
            | Request::Hold { .. }
            | Request::WriteMinutes(_)
            | Request::Abandon(_)
            | Request::Submit
            | Request::ReviewEffect { .. } => Self::PrepareReview,
            Request::Return(_) | Request::Approve(_) => Self::ApproveReview,
            Request::Answer { .. } => Self::GiveInput,
            Request::CarryOut { .. } => Self::CarryOutResolution,
            Request::Remind { .. } => return None,
        })
    }

    /// The roles that take this step. To answer is for whoever was asked, and to carry out for
    /// whoever answers for it, in any role.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::PrepareReview | Self::CarryOutResolution => &[Role::Dpo],
            Self::ApproveReview => &[Role::Controller],
            Self::GiveInput => &[],
        }
    }
}

/// A person's way to one review, handed out where there is one.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewPermit {
    /// Whether they see it as a whole; otherwise only what is asked of them.
    pub sees: bool,
    /// Whether they see it only since it was approved: not how it came about.
    pub since_approval: bool,
    /// What they may do.
    pub steps: BTreeSet<ReviewStep>,
    /// Why they were let in.
    pub ground: Ground,
}

/// Hands out the permit for one review, or nothing. Those who prepare and approve it see it from
/// the beginning; leaders, the security officer and those who took part once it is approved.
/// Whoever keeps the house or its traces sees none through that.
#[must_use]
pub fn for_review(who: &SignedIn, review: &Review) -> Option<ReviewPermit> {
    let known = review.known().filter(|_| !who.must_choose_password)?;
    let holds = |role: &Role| who.roles.holds(*role);
    let always = [Role::Dpo, Role::Controller].into_iter().find(holds);
    let is_approved = review.phase() == Some(Phase::Approved);
    let readers = [Role::Leader, Role::SecurityOfficer].into_iter().find(holds);
    let took_part = takes_part(known, who.user) && !keeps_the_house(&who.roles);
    let once_approved = readers.or(took_part.then_some(Role::Employee));
    let ground = always.or(once_approved.filter(|_| is_approved));
    let by_role = ReviewStep::iter().filter(|step| who.roles.hold_any(step.roles()));
    let mut steps: BTreeSet<ReviewStep> = by_role.collect();
    let is_asked = known.asks(who.user);
    if is_asked {
        steps.insert(ReviewStep::GiveInput);
    }
    if known.resolutions.values().any(|it| it.owner == who.user) {
        steps.insert(ReviewStep::CarryOutResolution);
    }
    let permit = |ground: Ground, sees| {
        let since_approval = sees && always.is_none();
        Some(ReviewPermit { sees, since_approval, steps: steps.clone(), ground })
    };
    match ground {
        Some(role) => permit(role.into(), true),
        None if is_asked => permit(Ground::Asked, false),
        None if steps.contains(&ReviewStep::CarryOutResolution) => {
            permit(Role::Employee.into(), false)
        }
        None => None,
    }
}

fn takes_part(known: &OpenReview, user: UserId) -> bool {
    let held = known.held.as_ref().map(|held| &held.participants);
    held.unwrap_or(&known.participants).contains(&user)
}
