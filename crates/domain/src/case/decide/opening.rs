//! Opening a case outside one's role, for a stated purpose. Whose role foresees it is the service's
//! to know; nobody involved ever does.

use super::super::command::OpenOutsideRole;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};

/// Lets somebody see the case for a time; it is so already where they see it for as long.
pub(super) fn decide(case: &OpenCase, it: &OpenOutsideRole) -> Decision {
    if case.involved.contains(&it.user) {
        return Err(Refusal::InvolvedInTheCase);
    }
    if case.receipt.is_none() {
        return Err(Refusal::NotReceived);
    }
    require(&it.purpose, RequiredText::Purpose)?;
    if case.opened.get(&it.user).is_some_and(|until| it.until <= *until) {
        return nothing();
    }
    let OpenOutsideRole { user, purpose, until } = it.clone();
    fact(Event::CaseOpenedOutsideRole { user, purpose, until })
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Command, Request};
    use super::super::super::spec::*;
    use super::*;
    use crate::Erasable;

    fn open(purpose: &str) -> Command {
        let (purpose, until) = (text(purpose), monday(14));
        let request = Request::OpenOutsideRole(OpenOutsideRole { user: LEADER, purpose, until });
        by_leader(request)
    }

    fn opened(purpose: &str) -> Event {
        let (purpose, until) = (text(purpose), monday(14));
        Event::CaseOpenedOutsideRole { user: LEADER, purpose, until }
    }

    #[test]
    fn a_received_case_is_opened_for_a_purpose_and_so_is_a_closed_one() {
        given([reported(), received()]).when(open("vakt")).then([opened("vakt")]);
        given(closed()).when(open("arkiv")).then([opened("arkiv")]);
    }

    #[test]
    fn what_is_open_for_as_long_is_not_opened_again() {
        let history = [reported(), received(), opened("vakt")];
        given(history).when(open("mer")).then([]);
        let (purpose, until) = (text("vakt"), monday(11));
        let shorter = Event::CaseOpenedOutsideRole { user: LEADER, purpose, until };
        given([reported(), received(), shorter]).when(open("mer")).then([opened("mer")]);
    }

    #[test]
    fn a_purpose_is_stated() {
        let missing = Refusal::TextMissing { what: RequiredText::Purpose };
        given([reported(), received()]).when(open(" ")).then_refused(missing);
    }

    #[test]
    fn nobody_opens_what_was_not_taken_in_since_it_may_be_about_them() {
        given([reported()]).when(open("vakt")).then_refused(Refusal::NotReceived);
    }

    #[test]
    fn nobody_involved_opens_the_case_whatever_for() {
        let involved = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
        given([reported(), received(), involved])
            .when(open("vakt"))
            .then_refused(Refusal::InvolvedInTheCase);
    }
}
