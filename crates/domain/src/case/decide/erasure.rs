//! Erasing personal data: who may, on which ground, and when.

use super::super::command::Command;
use super::super::erasure::{Erase, ErasureGround, PartInCase, Whose};
use super::super::refusal::{Refusal, RequiredText};
use super::super::report::Reporter;
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing};
use crate::Role;
use crate::invisible::says_nothing;

/// Erases in an open case, which takes an order. Somebody involved is not erased from it, since
/// that would let them see it.
pub(super) fn in_open(case: &OpenCase, it: &Erase, command: &Command) -> Decision {
    require_permitted(it, command)?;
    let is_possible = it.ground == ErasureGround::Ordered
        && !matches!(it.whose, Whose::Involved(person) if case.involved.person(person).is_some());
    if is_possible { decide(case, it) } else { Err(Refusal::OpenCaseNotErased) }
}

/// Erases in a closed case.
pub(super) fn in_closed(case: &OpenCase, it: &Erase, command: &Command) -> Decision {
    require_permitted(it, command)?;
    decide(case, it)
}

/// In an erased case everybody is erased already.
pub(super) fn in_erased(it: &Erase, command: &Command) -> Decision {
    require_permitted(it, command)?;
    nothing()
}

fn decide(case: &OpenCase, it: &Erase) -> Decision {
    let Erase { whose, ground, basis } = it.clone();
    match whose {
        Whose::Everybody => fact(Event::CaseErased { ground, basis }),
        Whose::Reporter => match &case.report.reporter {
            Reporter::Named(identity) | Reporter::Confidential(identity) => match identity.person()
            {
                Some(person) if !identity.is_erased() => {
                    let part = PartInCase::Reporter;
                    fact(Event::PersonErased { person, part, ground, basis })
                }
                _ => nothing(),
            },
            Reporter::Anonymous => Err(Refusal::PersonNotInCase),
        },
        Whose::Involved(person) if case.involved.person(person).is_some() => {
            let part = PartInCase::Involved;
            fact(Event::PersonErased { person, part, ground, basis })
        }
        Whose::Involved(person) if case.erased.contains(&person) => nothing(),
        Whose::Involved(_) => Err(Refusal::PersonNotInCase),
    }
}

/// What has been kept long enough goes by the archivist or the data protection officer; an order
/// is the controller's, and nobody gives it who is data protection officer (GDPR art. 38(6)).
fn require_permitted(it: &Erase, command: &Command) -> Result<(), Refusal> {
    let roles = &command.by.roles;
    let is_permitted = match it.ground {
        ErasureGround::RetentionReached => roles.hold_any(&[Role::Archivist, Role::Dpo]),
        ErasureGround::Ordered => roles.holds(Role::Controller) && !roles.holds(Role::Dpo),
    };
    if !is_permitted {
        return Err(Refusal::ErasureNotTheirs { ground: it.ground });
    }
    if says_nothing(&it.basis) {
        return Err(Refusal::TextMissing { what: RequiredText::Basis });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::command::{Acting, Request};
    use super::super::super::report::{Report, ReporterIdentity};
    use super::super::super::spec::*;
    use super::*;
    use crate::ids::PersonId;
    use crate::{Erasable, Roles};

    const REPORTER: PersonId = PersonId(Uuid::from_u128(31));
    const INVOLVED: PersonId = PersonId(Uuid::from_u128(32));

    fn erase(whose: Whose, ground: ErasureGround) -> Request {
        Request::Erase(Erase { whose, ground, basis: "26/00417".to_owned() })
    }

    fn retention(whose: Whose) -> Command {
        by_dpo(erase(whose, ErasureGround::RetentionReached))
    }

    fn order(whose: Whose) -> Command {
        by_controller(erase(whose, ErasureGround::Ordered))
    }

    fn case_erased(ground: ErasureGround) -> Event {
        Event::CaseErased { ground, basis: "26/00417".to_owned() }
    }

    fn person_erased(person: PersonId, part: PartInCase) -> Event {
        let (ground, basis) = (ErasureGround::Ordered, "26/00417".to_owned());
        Event::PersonErased { person, part, ground, basis }
    }

    fn reported_by_somebody() -> Event {
        let (person, name) = (REPORTER, "Somebody".to_owned());
        let identity = ReporterIdentity { person, user: None, name, contact: None };
        let reporter = Reporter::Named(Erasable::about(person, identity));
        Event::DeviationReported(Box::new(Report { reporter, ..lost_phone() }))
    }

    fn involved() -> Event {
        Event::PersonInvolved { user: Erasable::about(INVOLVED, LEADER) }
    }

    fn closed_with(more: Event) -> Vec<Event> {
        closed().into_iter().chain([more]).collect()
    }

    #[test]
    fn a_closed_case_is_erased_once_it_was_kept_long_enough() {
        let erased = case_erased(ErasureGround::RetentionReached);
        given(closed()).when(retention(Whose::Everybody)).then([erased.clone()]);
        given(closed_with(erased)).when(retention(Whose::Everybody)).then([]);
        let archivist = Acting::user(LEADER, [Role::Archivist]);
        let request = erase(Whose::Everybody, ErasureGround::RetentionReached);
        given(closed())
            .when(command(monday(12), archivist, request))
            .then([case_erased(ErasureGround::RetentionReached)]);
    }

    #[test]
    fn an_open_case_is_erased_on_an_order_alone() {
        given([reported()])
            .when(retention(Whose::Everybody))
            .then_refused(Refusal::OpenCaseNotErased);
        given([reported()])
            .when(order(Whose::Everybody))
            .then([case_erased(ErasureGround::Ordered)]);
    }

    #[test]
    fn each_ground_has_those_who_may_name_it() {
        let refused = |by: Command, ground| {
            given(closed()).when(by).then_refused(Refusal::ErasureNotTheirs { ground });
        };
        let (kept, ordered) = (ErasureGround::RetentionReached, ErasureGround::Ordered);
        refused(by_dpo(erase(Whose::Everybody, ordered)), ordered);
        refused(by_controller(erase(Whose::Everybody, kept)), kept);
        refused(by_leader(erase(Whose::Everybody, kept)), kept);
        let both = Acting::user(CONTROLLER, Roles::from([Role::Dpo, Role::Controller]));
        refused(command(monday(12), both, erase(Whose::Everybody, ordered)), ordered);
    }

    #[test]
    fn an_erasure_says_where_its_ground_is_found() {
        let silent = Erase {
            whose: Whose::Everybody,
            ground: ErasureGround::Ordered,
            basis: " ".to_owned(),
        };
        given(closed())
            .when(by_controller(Request::Erase(silent)))
            .then_refused(Refusal::TextMissing { what: RequiredText::Basis });
    }

    #[test]
    fn nothing_more_happens_to_an_erased_case() {
        let erased = || closed_with(case_erased(ErasureGround::Ordered));
        let requests = [
            Request::Reopen(text("again")),
            Request::AddInformation(text("more")),
            Request::NameInvolved(Erasable::about(INVOLVED, LEADER)),
            closes(),
        ];
        for request in requests {
            let by = command(monday(12), Acting::user(CONTROLLER, [Role::Controller]), request);
            given(erased()).when(by).then_refused(Refusal::CaseIsErased);
        }
        given(erased()).when(order(Whose::Reporter)).then([]);
    }

    #[test]
    fn who_reported_is_erased_and_the_case_goes_on() {
        let erased = person_erased(REPORTER, PartInCase::Reporter);
        given([reported_by_somebody()]).when(order(Whose::Reporter)).then([erased.clone()]);
        let after = [reported_by_somebody(), erased];
        given(after.clone()).when(order(Whose::Reporter)).then([]);
        given(after)
            .when(by_reporter(Request::AddInformation(text("more"))))
            .then([Event::InformationAdded { text: text("more") }]);
    }

    #[test]
    fn an_anonymous_reporter_cannot_be_erased() {
        given([reported()]).when(order(Whose::Reporter)).then_refused(Refusal::PersonNotInCase);
    }

    #[test]
    fn somebody_involved_is_erased_once_the_case_is_closed() {
        let order = || order(Whose::Involved(INVOLVED));
        given([reported(), involved()]).when(order()).then_refused(Refusal::OpenCaseNotErased);
        let erased = person_erased(INVOLVED, PartInCase::Involved);
        let mut history = closed_with(involved());
        given(history.clone()).when(order()).then([erased.clone()]);
        history.push(erased);
        given(history).when(order()).then([]);
        given(closed()).when(order()).then_refused(Refusal::PersonNotInCase);
    }
}
