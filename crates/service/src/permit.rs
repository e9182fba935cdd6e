//! What a role may see and do, as types: a permit is what you were handed, and only this file
//! hands one out.

mod opening;
mod review;
mod step;

use std::collections::BTreeSet;

use domain::case::Acting;
use domain::ids::{CaseNumber, UnitId, UserId};
use domain::organisation::Organisation;
use domain::{Role, Roles, Time};
use strum::IntoEnumIterator;
use views::Views;
use views::inbox::Row;

use crate::search::Circle;

pub use opening::{OPENING_ROLES, for_opening};
use opening::{granted, opened};
pub(crate) use opening::{looks_into_openings, officers_left};
pub use review::{ReviewPermit, ReviewStep, for_review};
pub use step::Step;

/// Somebody whose identity was proven, by a session or a token.
#[derive(Clone, PartialEq)]
pub struct SignedIn {
    /// Who.
    pub user: UserId,
    /// The name others see.
    pub name: String,
    /// Every role they hold.
    pub roles: Roles,
    /// The unit they belong to.
    pub unit: UnitId,
    /// Whether a password must be chosen before anything else.
    pub must_choose_password: bool,
}

/// Names stay out of logs.
impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn").field("user", &self.user).finish_non_exhaustive()
    }
}

impl SignedIn {
    /// The same person, as the domain asks for them.
    #[must_use]
    pub fn acting(&self) -> Acting {
        Acting::user(self.user, self.roles.clone())
    }
}

/// How much of a case somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// All but who reported and who is involved.
    WithoutReporter,
    /// All that is known.
    Everything,
}

/// Something that can be looked at as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Overview {
    /// The list of cases.
    Inbox,
    /// The clocks that run.
    Clocks,
    /// The register of breaches.
    Register,
    /// The access log.
    AccessLog,
    /// What waits to be mailed, or could not be.
    Post,
    /// Units, people and tokens.
    Organisation,
    /// Who looked at what in a month, and why.
    WhoLooked,
    /// The cases that were opened outside somebody's role.
    Openings,
    /// The looks at cases that auditors were granted.
    Audits,
    /// Unusual reading.
    AccessAlerts,
    /// The decided cases that one is nearest to.
    Precedents,
    /// The annual management reviews.
    Reviews,
    /// Figures on cases and measures.
    Statistics,
}

impl Overview {
    /// The roles that may look.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Inbox | Self::Clocks | Self::Statistics | Self::Reviews => {
                &[Role::Dpo, Role::Leader, Role::Controller, Role::SecurityOfficer]
            }
            Self::Register | Self::Precedents => {
                &[Role::Dpo, Role::Controller, Role::SecurityOfficer]
            }
            Self::AccessLog => &[Role::Auditor],
            Self::Post => &[Role::Dpo, Role::Administrator],
            Self::Organisation => &[Role::Administrator],
            Self::WhoLooked => &[Role::Dpo],
            // The controller where every officer is involved alone.
            Self::Openings => &[Role::Dpo, Role::Controller],
            Self::AccessAlerts => &[Role::Auditor, Role::Dpo],
            Self::Audits => &[Role::Dpo, Role::Controller, Role::Auditor],
        }
    }
}

/// A person's way to one case, handed out where there is one.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePermit {
    acting: Acting,
    sight: Option<Sight>,
    steps: BTreeSet<Step>,
    ground: Ground,
}

/// Why somebody was let in, as the access log keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// A role of theirs.
    Role(Role),
    /// They stand in for the handler, who is away.
    Deputy,
    /// They were asked something, and see that alone.
    Asked,
    /// They were asked something, and hold the link to it.
    SecretLink,
    /// They opened the case outside their role, for a purpose they stated.
    OutsideRole,
    /// The controller granted them a look as an auditor.
    Granted,
}

impl From<Ground> for &'static str {
    fn from(ground: Ground) -> Self {
        match ground {
            Ground::Role(role) => role.into(),
            Ground::Deputy => "deputy",
            Ground::Asked => "asked",
            Ground::SecretLink => "secret_link",
            Ground::OutsideRole => "outside_role",
            Ground::Granted => "granted",
        }
    }
}

impl From<Role> for Ground {
    fn from(role: Role) -> Self {
        Self::Role(role)
    }
}

impl CasePermit {
    /// Who was permitted.
    #[must_use]
    pub fn acting(&self) -> &Acting {
        &self.acting
    }

    /// How much of the case they see; nothing for the owner of one of its measures.
    #[must_use]
    pub fn sight(&self) -> Option<Sight> {
        self.sight
    }

    /// What they may do.
    #[must_use]
    pub fn steps(&self) -> &BTreeSet<Step> {
        &self.steps
    }

    /// What gave the permit: the ground in the access log.
    #[must_use]
    pub fn ground(&self) -> Ground {
        self.ground
    }
}

/// What nobody does in another's place: erasing is no part of handling a case, and the answers to
/// the others tell who reported and who is involved, which a deputy does not see.
const NOT_IN_PLACE: [Step; 3] = [Step::Erase, Step::Archive, Step::WithdrawInvolved];

/// Hands out the permit for one case, or nothing. Somebody named as involved gets none through any
/// role; a leader sees a case once the data protection officer has taken it in, so that whoever is
/// implicated can be named first. Where somebody involved was erased, only officers and the
/// controller see the case until somebody is named anew. While the handler is away at `now`, their
/// deputy does what a data protection officer does, and sees what the own role shows,
/// at the least all but who reported. Whoever opened the case outside their role, and an auditor
/// who was granted it, sees all but who reported for a while, and does nothing to it.
#[must_use]
pub fn for_case(
    who: &SignedIn,
    row: &Row,
    organisation: &Organisation,
    owns_a_measure: bool,
    now: Time,
) -> Option<CasePermit> {
    if who.must_choose_password || row.involved.contains(&who.user) {
        return None;
    }
    // Nobody knows any more who was involved: it may be whoever has a measure in it.
    let owns_a_measure = owns_a_measure && !row.involved.is_forgotten();
    let mut acting = who.acting();
    if stands_in(who, row, organisation, now) {
        // Whoever acts as one does not decide as the controller either (art. 38(6)).
        acting.roles = acting.roles.with(Role::Dpo);
    }
    let through_roles = sight(who, row, organisation, now);
    let otherwise = || opened(who, row, now).or_else(|| granted(who, row, now));
    let seen = through_roles.or_else(otherwise);
    let is_theirs = |it: &Step| !NOT_IN_PLACE.contains(it) || who.roles.hold_any(it.roles());
    let through_roles = through_roles.into_iter().flat_map(|_| steps(&acting.roles));
    let mut steps: BTreeSet<Step> = through_roles.filter(is_theirs).collect();
    if owns_a_measure {
        steps.insert(Step::CompleteMeasure);
    }
    if looks_into_openings(who, row, organisation) {
        steps.insert(Step::ReviewOpening);
    }
    let (sight, ground) = match seen {
        Some((sight, ground)) => (Some(sight), ground),
        None if owns_a_measure => (None, Role::Employee.into()),
        None => return None,
    };
    Some(CasePermit { acting, sight, steps, ground })
}

/// Hands out the permit to erase in one case, or nothing. It takes no sight of the case: an
/// archivist erases what they do not see. The case itself says who names which ground.
#[must_use]
pub fn for_erasure(who: &SignedIn, row: &Row) -> Option<CasePermit> {
    if who.must_choose_password || row.involved.contains(&who.user) {
        return None;
    }
    let ground = Step::Erase.roles().iter().copied().find(|role| who.roles.holds(*role))?;
    let steps = BTreeSet::from([Step::Erase]);
    Some(CasePermit { acting: who.acting(), sight: None, steps, ground: ground.into() })
}

/// Hands out the permit to record that the archive has taken a case in, or nothing. It takes no
/// sight of the case: an archivist sees which packages there are, as the public reads of them.
#[must_use]
pub fn for_archive_receipt(who: &SignedIn, row: &Row) -> Option<CasePermit> {
    let is_out = who.must_choose_password || row.involved.contains(&who.user);
    (!is_out && who.roles.holds(Role::Archivist)).then(|| CasePermit {
        acting: who.acting(),
        sight: None,
        steps: BTreeSet::from([Step::ReceiptArchive]),
        ground: Role::Archivist.into(),
    })
}

/// Hands out the permit of somebody who was asked something in a case, or nothing. They see the
/// question and nothing else; a system owner is heard, too.
#[must_use]
pub fn for_respondent(who: &SignedIn, row: &Row) -> Option<CasePermit> {
    let is_out = row.involved.contains(&who.user) || row.involved.is_forgotten();
    if who.must_choose_password || is_out {
        return None;
    }
    let mut steps = BTreeSet::from([Step::AnswerInquiry]);
    if who.roles.holds(Role::SystemOwner) {
        steps.insert(Step::Contribute);
    }
    Some(CasePermit { acting: who.acting(), sight: None, steps, ground: Ground::Asked })
}

/// Whether somebody may look at an overview, and by which role.
#[must_use]
pub fn for_overview(who: &SignedIn, overview: Overview) -> Option<Role> {
    let mut roles = overview.roles().iter().copied();
    roles.find(|role| !who.must_choose_password && who.roles.holds(*role))
}

/// Whether somebody sees a case in lists, through a role or as its handler's deputy. A case opened
/// outside one's role is on its own page alone, and so is one that an auditor was granted.
pub(crate) fn sees(who: &SignedIn, row: &Row, organisation: &Organisation, now: Time) -> bool {
    !who.must_choose_password
        && !row.involved.contains(&who.user)
        && sight(who, row, organisation, now).is_some()
}

/// The same of the case with that number.
pub(crate) fn sees_numbered(who: &SignedIn, views: &Views, number: CaseNumber, now: Time) -> bool {
    let row = views.inbox.case(number).and_then(|case| views.inbox.row(case));
    row.is_some_and(|row| sees(who, row, &views.organisation, now))
}

/// Whether somebody sees a measure of a case in lists: because they answer for it, or see the case
/// there.
pub(crate) fn sees_measure(
    who: &SignedIn,
    row: &Row,
    organisation: &Organisation,
    owner: UserId,
    now: Time,
) -> bool {
    let is_out = who.must_choose_password || row.involved.contains(&who.user);
    let owns = owner == who.user && !row.involved.is_forgotten();
    !is_out && (owns || sees(who, row, organisation, now))
}

/// Whether these are the roles of somebody who keeps the house or its traces, and hence stands in
/// for nobody.
#[must_use]
pub fn keeps_the_house(roles: &Roles) -> bool {
    roles.hold_any(&[Role::Auditor, Role::Administrator])
}

/// Whether somebody stands in for the handler of a case, who is away or involved. Whoever keeps the
/// house or its traces sees no case content, and hence stands in for nobody.
fn stands_in(who: &SignedIn, row: &Row, organisation: &Organisation, now: Time) -> bool {
    let is_away = |handler| !organisation.is_there(handler, now) || row.involved.contains(&handler);
    // Nobody knows any more who was involved: it may be the deputy.
    !row.involved.is_forgotten()
        && !keeps_the_house(&who.roles)
        && row.deputy == Some(who.user)
        && row.handler.is_some_and(is_away)
}

/// Which texts somebody may read in every case they see.
pub(crate) fn circles(who: &SignedIn) -> &'static [Circle] {
    if who.must_choose_password { &[] } else { Circle::of(&who.roles) }
}

/// Whether somebody sees every case but those they are involved in.
pub(crate) fn sees_every_other_case(who: &SignedIn) -> bool {
    !who.must_choose_password && who.roles.hold_any(&[Role::Dpo, Role::Controller])
}

fn sight(
    who: &SignedIn,
    row: &Row,
    organisation: &Organisation,
    now: Time,
) -> Option<(Sight, Ground)> {
    if who.roles.holds(Role::Dpo) {
        return Some((Sight::Everything, Role::Dpo.into()));
    }
    if stands_in(who, row, organisation, now) {
        return Some((Sight::WithoutReporter, Ground::Deputy));
    }
    if who.roles.holds(Role::Controller) {
        return Some((Sight::WithoutReporter, Role::Controller.into()));
    }
    // Nobody knows any more who was involved: it may be whoever asks.
    if row.involved.is_forgotten() {
        return None;
    }
    if who.roles.holds(Role::SecurityOfficer) {
        return Some((Sight::WithoutReporter, Role::SecurityOfficer.into()));
    }
    let leads = who.roles.holds(Role::Leader)
        && row.standing.is_received()
        && organisation.is_within(row.unit, who.unit);
    leads.then_some((Sight::WithoutReporter, Role::Leader.into()))
}

fn steps(roles: &Roles) -> impl Iterator<Item = Step> + '_ {
    Step::iter().filter(|step| roles.hold_any(step.roles()))
}

#[cfg(test)]
pub(crate) mod tests;
