//! Who is left to handle and to close a case, where some are involved in it.

use domain::Role;
use domain::ids::{CaseId, UserId};
use domain::organisation::Organisation;
use views::inbox::Row;

use crate::open::Service;
use crate::permit;

impl Service {
    /// The roles a case needs whose every holder is involved in it: the data protection officer,
    /// unless somebody stands in, and the controller.
    #[must_use]
    pub fn roles_nobody_is_left_in(&self, case: CaseId) -> Vec<Role> {
        let views = self.views();
        let organisation = &views.organisation;
        let Some(row) = views.inbox.row(case) else { return Vec::new() };
        let is_out = |user: &UserId| row.involved.contains(user);
        let stands_in = |user: &UserId| {
            organisation.people.get(user).is_some_and(|it| it.active) && !is_out(user)
        };
        let has_officer = permit::officers_left(organisation, is_out).next().is_some()
            || row.deputy.as_ref().is_some_and(stands_in);
        let has_controller = controllers(organisation, row).next().is_some();
        let has = [(Role::Dpo, has_officer), (Role::Controller, has_controller)];
        let is_missing = |(role, has): &(Role, bool)| {
            !has && organisation.holders(*role).any(|(user, _)| is_out(&user))
        };
        has.into_iter().filter(is_missing).map(|(role, _)| role).collect()
    }

    /// Whether somebody involved was erased from a case, and nobody was named since.
    #[must_use]
    pub fn must_name_anew(&self, case: CaseId) -> bool {
        self.views().inbox.row(case).is_some_and(|row| row.involved.is_forgotten())
    }
}

/// Whether nobody but somebody can decide as the controller in a case.
pub(crate) fn is_only_controller(organisation: &Organisation, row: &Row, user: UserId) -> bool {
    controllers(organisation, row).eq([user])
}

/// Those who decide as the controller in a case: not involved in it, and no data protection officer
/// either (GDPR art. 38(6)).
fn controllers(organisation: &Organisation, row: &Row) -> impl Iterator<Item = UserId> {
    let decides = |(user, person): &(UserId, &domain::organisation::Person)| {
        !row.involved.contains(user) && !person.roles.holds(Role::Dpo)
    };
    organisation.holders(Role::Controller).filter(decides).map(|(user, _)| user)
}
