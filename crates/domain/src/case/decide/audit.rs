//! Granting an auditor a look at the case, and taking it back. Whose role it is to grant is the
//! service's to know, and so is who is an auditor.

use chrono::TimeDelta;

use super::super::access::{AuditGrant, Event};
use super::super::command::{AUDIT_DAYS_MAX, Command, GrantAudit, RevokeAudit};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event as AnyEvent};
use super::{fact, nothing, require};
use crate::Actor;

/// Lets an auditor see the case until a time. Nobody grants that to themselves: it would be no
/// grant.
pub(super) fn grant(case: &OpenCase, it: &GrantAudit, command: &Command) -> Decision {
    if case.receipt.is_none() {
        return Err(Refusal::NotReceived);
    }
    if command.by.actor == Actor::User(it.auditor) {
        return Err(Refusal::OwnGrant);
    }
    if case.involved.contains(&it.auditor) {
        return Err(Refusal::AuditorBarred);
    }
    require(&it.purpose, RequiredText::Purpose)?;
    if it.until <= command.at {
        return Err(Refusal::TimeInPast { given: it.until });
    }
    let latest = command.at + TimeDelta::days(AUDIT_DAYS_MAX);
    if latest < it.until {
        return Err(Refusal::GrantTooLong { latest });
    }
    let GrantAudit { auditor, purpose, until } = it.clone();
    let granted = AuditGrant { purpose: purpose.clone(), until, is_revoked: false };
    if case.audits.get(&auditor) == Some(&granted) {
        return nothing();
    }
    fact(AnyEvent::Access(Event::AuditGranted { auditor, purpose, until }))
}

/// Takes a grant back; there is nothing to take back once its time is over.
pub(super) fn revoke(case: &OpenCase, it: &RevokeAudit, command: &Command) -> Decision {
    require(&it.reason, RequiredText::Reason)?;
    match case.audits.get(&it.auditor) {
        Some(grant) if grant.is_revoked => nothing(),
        Some(grant) if grant.is_running(command.at) => {
            let RevokeAudit { auditor, reason } = it.clone();
            fact(AnyEvent::Access(Event::AuditRevoked { auditor, reason }))
        }
        _ => Err(Refusal::NoSuchGrant),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;
    use crate::ids::UserId;
    use crate::{Erasable, Time};

    const AUDITOR: UserId = UserId(Uuid::from_u128(77));

    fn grant_to(auditor: UserId, purpose: &str, until: Time) -> Command {
        let purpose = text(purpose);
        by_controller(Request::GrantAudit(GrantAudit { auditor, purpose, until }))
    }

    fn revoke(reason: &str) -> Command {
        let it = RevokeAudit { auditor: AUDITOR, reason: text(reason) };
        by_controller(Request::RevokeAudit(it))
    }

    fn granted(purpose: &str, until: Time) -> AnyEvent {
        let purpose = text(purpose);
        AnyEvent::Access(Event::AuditGranted { auditor: AUDITOR, purpose, until })
    }

    fn revoked(reason: &str) -> AnyEvent {
        AnyEvent::Access(Event::AuditRevoked { auditor: AUDITOR, reason: text(reason) })
    }

    #[test]
    fn an_auditor_is_granted_a_look_at_a_case_that_was_taken_in_and_at_a_closed_one() {
        let grant = || grant_to(AUDITOR, "årets revisjon", monday(14));
        let event = || granted("årets revisjon", monday(14));
        given([reported(), received()]).when(grant()).then([event()]);
        given(closed()).when(grant()).then([event()]);
        given([reported(), received(), event()]).when(grant()).then([]);
    }

    #[test]
    fn a_later_grant_stands_for_the_earlier_whether_it_is_longer_or_shorter() {
        let history = [reported(), received(), granted("mer", monday(16))];
        given(history)
            .when(grant_to(AUDITOR, "mer", monday(14)))
            .then([granted("mer", monday(14))]);
    }

    #[test]
    fn it_is_for_a_purpose_and_for_a_time_that_ends() {
        let history = || given([reported(), received()]);
        let missing = Refusal::TextMissing { what: RequiredText::Purpose };
        history().when(grant_to(AUDITOR, " ", monday(14))).then_refused(missing);
        let (now, given) = (grant_to(AUDITOR, "x", monday(14)).at, Time::UNIX_EPOCH);
        history().when(grant_to(AUDITOR, "x", given)).then_refused(Refusal::TimeInPast { given });
        let latest = now + TimeDelta::days(AUDIT_DAYS_MAX);
        history().when(grant_to(AUDITOR, "x", latest)).then([granted("x", latest)]);
        history()
            .when(grant_to(AUDITOR, "x", latest + TimeDelta::seconds(1)))
            .then_refused(Refusal::GrantTooLong { latest });
    }

    #[test]
    fn nobody_is_granted_what_may_be_about_them_and_nobody_grants_it_to_themselves() {
        let grant = |auditor| grant_to(auditor, "x", monday(14));
        given([reported()]).when(grant(AUDITOR)).then_refused(Refusal::NotReceived);
        let involved = AnyEvent::PersonInvolved { user: Erasable::about(AUDITOR, AUDITOR) };
        given([reported(), received(), involved])
            .when(grant(AUDITOR))
            .then_refused(Refusal::AuditorBarred);
        given([reported(), received()]).when(grant(CONTROLLER)).then_refused(Refusal::OwnGrant);
    }

    #[test]
    fn a_grant_is_taken_back_with_a_reason_while_it_lasts_and_given_anew() {
        let lasting = || [reported(), received(), granted("x", monday(14))];
        given(lasting()).when(revoke("ferdig")).then([revoked("ferdig")]);
        let missing = Refusal::TextMissing { what: RequiredText::Reason };
        given(lasting()).when(revoke(" ")).then_refused(missing);
        let over = [reported(), received(), granted("x", Time::UNIX_EPOCH)];
        given(over).when(revoke("ferdig")).then_refused(Refusal::NoSuchGrant);
        let history = lasting().into_iter().chain([revoked("ferdig")]);
        let history: Vec<_> = history.collect();
        given(history.clone()).when(revoke("igjen")).then([]);
        let never = given([reported(), received()]);
        never.when(revoke("x")).then_refused(Refusal::NoSuchGrant);
        given(history).when(grant_to(AUDITOR, "x", monday(14))).then([granted("x", monday(14))]);
    }
}
