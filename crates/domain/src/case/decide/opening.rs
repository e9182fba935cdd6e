//! Opening a case outside one's role, for a stated purpose, and looking into it afterwards. Whose
//! role foresees it is the service's to know; nobody involved ever does.

use super::super::access::Event;
use super::super::command::{Command, OpenOutsideRole, ReviewOpening};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event as AnyEvent};
use super::{fact, nothing, require};
use crate::ids::UserId;
use crate::{Actor, Time};

/// Lets somebody see the case for a time; it is so already where they see it for as long.
pub(super) fn decide(case: &OpenCase, it: &OpenOutsideRole) -> Decision {
    if case.involved.contains(&it.user) {
        return Err(Refusal::InvolvedInTheCase);
    }
    if case.receipt.is_none() {
        return Err(Refusal::NotReceived);
    }
    require(&it.purpose, RequiredText::Purpose)?;
    let is_as_long = |(user, until): &(UserId, Time)| *user == it.user && it.until <= *until;
    if case.openings.keys().any(is_as_long) {
        return nothing();
    }
    let OpenOutsideRole { user, purpose, until } = it.clone();
    fact(AnyEvent::Access(Event::CaseOpenedOutsideRole { user, purpose, until }))
}

/// Records what was found by looking into it. Nobody looks into what they opened themselves.
pub(super) fn review(case: &OpenCase, it: &ReviewOpening, command: &Command) -> Decision {
    let ReviewOpening { user, until, finding } = it.clone();
    let found = case.openings.get(&(user, until)).ok_or(Refusal::NoSuchOpening)?;
    if command.by.actor == Actor::User(user) {
        return Err(Refusal::OwnOpening);
    }
    require(&finding, RequiredText::Finding)?;
    if found.as_ref() == Some(&finding) {
        return nothing();
    }
    fact(AnyEvent::Access(Event::OpeningReviewed { user, until, finding }))
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;
    use crate::Erasable;

    fn open(purpose: &str) -> Command {
        let (purpose, until) = (text(purpose), monday(14));
        let request = Request::OpenOutsideRole(OpenOutsideRole { user: LEADER, purpose, until });
        by_leader(request)
    }

    fn opened(purpose: &str) -> AnyEvent {
        let (purpose, until) = (text(purpose), monday(14));
        AnyEvent::Access(Event::CaseOpenedOutsideRole { user: LEADER, purpose, until })
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
        let shorter = AnyEvent::Access(shorter);
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
        let involved = AnyEvent::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
        given([reported(), received(), involved])
            .when(open("vakt"))
            .then_refused(Refusal::InvolvedInTheCase);
    }

    fn review(user: UserId, finding: &str) -> Request {
        Request::ReviewOpening(ReviewOpening { user, until: monday(14), finding: text(finding) })
    }

    fn reviewed(finding: &str) -> AnyEvent {
        let (until, finding) = (monday(14), text(finding));
        AnyEvent::Access(Event::OpeningReviewed { user: LEADER, until, finding })
    }

    #[test]
    fn what_was_opened_is_looked_into_and_again_where_more_is_found() {
        let history = [reported(), received(), opened("vakt")];
        given(history.clone()).when(by_dpo(review(LEADER, "på vakt"))).then([reviewed("på vakt")]);
        let history = [history.as_slice(), &[reviewed("på vakt")]].concat();
        given(history.clone()).when(by_dpo(review(LEADER, "på vakt"))).then([]);
        given(history).when(by_dpo(review(LEADER, "fri"))).then([reviewed("fri")]);
        let closed = closed().into_iter().chain([opened("arkiv")]);
        given(closed).when(by_dpo(review(LEADER, "arkiv"))).then([reviewed("arkiv")]);
    }

    #[test]
    fn nobody_looks_into_what_was_never_opened_or_what_they_opened_and_something_is_found() {
        let history = [reported(), received(), opened("vakt")];
        let never = by_dpo(review(DPO, "x"));
        given(history.clone()).when(never).then_refused(Refusal::NoSuchOpening);
        let own = by_leader(review(LEADER, "x"));
        given(history.clone()).when(own).then_refused(Refusal::OwnOpening);
        let missing = Refusal::TextMissing { what: RequiredText::Finding };
        given(history).when(by_dpo(review(LEADER, " "))).then_refused(missing);
    }
}
