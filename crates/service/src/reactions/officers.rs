//! Who is told what the data protection officer is to know, where an officer or more of them may be
//! involved in the case.

use domain::case::OpenCase;
use domain::ids::UserId;
use domain::organisation::Organisation;
use domain::{Role, Time};

use crate::permit;

/// The handler, or the deputy too while the handler is away; the officers where nobody of them is
/// there. Whoever is involved handles nothing, nor does who is no officer any more.
pub(super) fn whoever_handles(
    case: Option<&OpenCase>,
    organisation: &Organisation,
    at: Time,
) -> Vec<UserId> {
    let is_officer = |user: &UserId| {
        organisation.people.get(user).is_some_and(|person| person.roles.holds(Role::Dpo))
    };
    let receipt = case.and_then(|case| case.receipt.as_ref());
    let handler = receipt.map(|receipt| receipt.handler).filter(is_officer);
    let handler = handler.filter(|user| takes_part(case, organisation, *user));
    let is_there = handler.is_some_and(|handler| organisation.is_there(handler, at));
    let deputy = deputy(case, organisation).into_iter().filter(|_| !is_there);
    let told: Vec<_> = handler.into_iter().chain(deputy).collect();
    if told.is_empty() { officers(case, organisation) } else { told }
}

/// Every officer who is not involved, and the controllers where none is left.
pub(super) fn officers(case: Option<&OpenCase>, organisation: &Organisation) -> Vec<UserId> {
    let is_out = |user: &UserId| case.is_some_and(|case| case.involved.contains(user));
    let officers: Vec<_> = permit::officers_left(organisation, is_out).collect();
    if !officers.is_empty() {
        return officers;
    }
    let controllers = organisation.holders(Role::Controller).map(|(user, _)| user);
    controllers.filter(|user| !is_out(user)).collect()
}

/// Who is told as the officer that a clock is running out: where every officer is involved, the
/// deputy, who then does their work.
pub(super) fn of_clock(case: Option<&OpenCase>, organisation: &Organisation) -> Vec<UserId> {
    let is_out = |user: &UserId| case.is_some_and(|case| case.involved.contains(user));
    let is_anybody_left = permit::officers_left(organisation, is_out).next().is_some();
    let deputy = deputy(case, organisation);
    if is_anybody_left || deputy.is_empty() { officers(case, organisation) } else { deputy }
}

/// The case's deputy, whether or not the handler is away: nobody has acted.
pub(super) fn deputy(case: Option<&OpenCase>, organisation: &Organisation) -> Vec<UserId> {
    let deputy = case.and_then(|case| case.receipt.as_ref()?.deputy);
    deputy.into_iter().filter(|user| takes_part(case, organisation, *user)).collect()
}

/// Whether somebody is a member still and not involved.
fn takes_part(case: Option<&OpenCase>, organisation: &Organisation, user: UserId) -> bool {
    organisation.people.get(&user).is_some_and(|it| it.active)
        && !case.is_some_and(|case| case.involved.contains(&user))
}
