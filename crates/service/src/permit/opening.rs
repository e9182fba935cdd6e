//! Who may open a case that their role does not show, or is granted it, and what they see of it
//! (`docs/decisions/0016-need-to-know.md`, `docs/decisions/0035-audits.md`).

use domain::ids::UserId;
use domain::organisation::Organisation;
use domain::{Role, Time};
use views::inbox::Row;

use super::{Ground, Sight, SignedIn};

/// The roles that open cases outside what they show at all.
pub const OPENING_ROLES: [Role; 2] = [Role::Leader, Role::Archivist];

/// Whether somebody may open a case that their role does not show, for a purpose they state, and by
/// which role: a leader a case of another unit, an archivist a closed one. Neither before it was
/// taken in, since it may be about them, nor once it is erased, since nothing is left to see.
#[must_use]
pub fn for_opening(who: &SignedIn, row: &Row) -> Option<Role> {
    let is_out = who.must_choose_password || row.involved.contains(&who.user);
    let is_closed_to_others = row.standing.is_erased() || row.involved.is_forgotten();
    if is_out || !row.standing.is_received() || is_closed_to_others {
        return None;
    }
    if who.roles.holds(Role::Leader) {
        return Some(Role::Leader);
    }
    let archives = who.roles.holds(Role::Archivist) && row.phase().is_closed();
    archives.then_some(Role::Archivist)
}

/// What somebody sees of a case they opened outside their role, until their time is over or their
/// role no longer foresees it.
pub(super) fn opened(who: &SignedIn, row: &Row, now: Time) -> Option<(Sight, Ground)> {
    let is_open = row.opened.get(&who.user).is_some_and(|until| now < *until);
    (is_open && for_opening(who, row).is_some())
        .then_some((Sight::WithoutReporter, Ground::OutsideRole))
}

/// What an auditor sees of a case that the controller granted them, until the time of the grant is
/// over.
pub(super) fn granted(who: &SignedIn, row: &Row, now: Time) -> Option<(Sight, Ground)> {
    let is_granted = row.audits.get(&who.user).is_some_and(|until| now < *until);
    (is_granted && who.roles.holds(Role::Auditor) && !row.involved.is_forgotten())
        .then_some((Sight::WithoutReporter, Ground::Granted))
}

/// The data protection officers whom `is_out` does not leave out.
pub(crate) fn officers_left(
    organisation: &Organisation,
    is_out: impl Fn(&UserId) -> bool,
) -> impl Iterator<Item = UserId> {
    organisation.holders(Role::Dpo).map(|(user, _)| user).filter(move |user| !is_out(user))
}

/// Whether somebody looks into the openings of a case: a data protection officer, and the
/// controller where no officer is left who is not involved in it.
pub(crate) fn looks_into_openings(who: &SignedIn, row: &Row, organisation: &Organisation) -> bool {
    let is_out = |user: &UserId| row.involved.contains(user);
    if who.must_choose_password || is_out(&who.user) {
        return false;
    }
    let is_left = || officers_left(organisation, is_out).next().is_some();
    who.roles.holds(Role::Dpo) || (who.roles.holds(Role::Controller) && !is_left())
}
