//! Measures: proposed, carried out, and looked at for effect.

use super::super::command::{
    Acting, Command, CompleteMeasure, ProposeMeasure, ReviewEffect, VerifyMeasure,
};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{Measure, OpenCase, Progress};
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::ids::{MeasureId, UserId};
use crate::{Actor, Role};

/// Proposes a measure under an identifier of its own.
pub(super) fn propose(case: &OpenCase, it: &ProposeMeasure) -> Decision {
    require(&it.description, RequiredText::Description)?;
    match case.measures.get(&it.measure) {
        Some(proposed) if is_same(proposed, it) => return nothing(),
        Some(_) => {
            return Err(Refusal::MeasureTaken { measure: it.measure });
        }
        None if case.dropped.contains_key(&it.measure) => {
            return Err(Refusal::MeasureTaken { measure: it.measure });
        }
        None => (),
    }
    not_involved(case, it.measure, it.owner)?;
    let ProposeMeasure { measure, kind, description, owner, due_at } = it.clone();
    fact(Event::MeasureProposed { measure, kind, description, owner, due_at, playbook: None })
}

/// Records that a measure was carried out, as its owner or the data protection officer says. A
/// measure that outlives its case is completed all the same.
pub(super) fn complete(case: &OpenCase, it: &CompleteMeasure, command: &Command) -> Decision {
    let CompleteMeasure { measure, account, review_due_at } = it.clone();
    let proposed = find(case, measure)?;
    if !may_complete(&command.by, proposed.owner) {
        return Err(Refusal::NotTheMeasuresOwner { measure });
    }
    require(&account, RequiredText::Account)?;
    match &proposed.progress {
        Progress::Open { .. } => fact(Event::MeasureCompleted { measure, account, review_due_at }),
        Progress::Completed { account: said } if *said == account => nothing(),
        Progress::Completed { .. } | Progress::Verified { .. } => {
            Err(Refusal::MeasureAlreadyCompleted { measure })
        }
    }
}

/// Records what a completed measure led to; one without effect is open again.
pub(super) fn verify(case: &OpenCase, it: &VerifyMeasure) -> Decision {
    let VerifyMeasure { measure, effective, finding } = it.clone();
    let proposed = find(case, measure)?;
    require(&finding, RequiredText::Finding)?;
    match &proposed.progress {
        Progress::Completed { .. } => fact(Event::MeasureVerified { measure, effective, finding }),
        Progress::Verified { finding: found, .. } if effective && *found == finding => nothing(),
        Progress::Verified { .. } => Err(Refusal::MeasureAlreadyVerified { measure }),
        Progress::Open { found_without_effect: Some(found) } if !effective && *found == finding => {
            nothing()
        }
        Progress::Open { .. } => Err(Refusal::MeasureNotCompleted { measure }),
    }
}

/// Records what a measure that was done has led to. It can be looked at again; the last look counts
/// and the earlier ones stay in the history.
pub(super) fn review(case: &OpenCase, it: &ReviewEffect) -> Decision {
    let ReviewEffect { measure, effect, finding } = it.clone();
    let proposed = find(case, measure)?;
    require(&finding, RequiredText::Finding)?;
    if matches!(proposed.progress, Progress::Open { .. }) {
        return Err(Refusal::MeasureNotCompleted { measure });
    }
    let before = proposed.review.result.as_ref();
    if before.is_some_and(|it| it.effect == effect && it.finding == finding) {
        return nothing();
    }
    fact(Event::EffectReviewed { measure, effect, finding })
}

/// Whoever is involved has no part in handling the case.
pub(super) fn not_involved(
    case: &OpenCase,
    measure: MeasureId,
    owner: UserId,
) -> Result<(), Refusal> {
    if case.involved.contains(&owner) {
        return Err(Refusal::OwnerInvolved { measure });
    }
    Ok(())
}

fn find(case: &OpenCase, measure: MeasureId) -> Result<&Measure, Refusal> {
    case.measures.get(&measure).ok_or(Refusal::MeasureUnknown { measure })
}

fn is_same(proposed: &Measure, it: &ProposeMeasure) -> bool {
    proposed.kind == it.kind
        && proposed.description == it.description
        && proposed.owner == it.owner
        && proposed.due_at == it.due_at
}

fn may_complete(by: &Acting, owner: UserId) -> bool {
    by.actor == Actor::User(owner) || by.roles.holds(Role::Dpo)
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
    use super::super::super::dealings::Effect;
    use super::super::super::event::MeasureKind;
    use super::super::super::spec::*;
    use super::*;
    use crate::Erasable;

    fn propose(description: &str) -> Command {
        by_dpo(Request::ProposeMeasure(ProposeMeasure {
            measure: MEASURE,
            kind: MeasureKind::Immediate,
            description: text(description),
            owner: LEADER,
            due_at: monday(18),
        }))
    }

    fn complete(account: &str) -> Request {
        let review_due_at = Some(monday(12) + REVIEWED_AFTER);
        let account = text(account);
        Request::CompleteMeasure(CompleteMeasure { measure: MEASURE, account, review_due_at })
    }

    fn verify(effective: bool, finding: &str) -> Command {
        let finding = text(finding);
        by_dpo(Request::VerifyMeasure(VerifyMeasure { measure: MEASURE, effective, finding }))
    }

    fn without_effect() -> Event {
        let finding = text("it still answers");
        Event::MeasureVerified { measure: MEASURE, effective: false, finding }
    }

    #[test]
    fn a_measure_is_proposed_once() {
        given([reported()]).when(propose("wipe the phone")).then([proposed()]);
        given([reported(), proposed()]).when(propose("wipe the phone")).then([]);
        given([reported(), proposed()])
            .when(propose("call the finder"))
            .then_refused(Refusal::MeasureTaken { measure: MEASURE });
        given([reported()])
            .when(propose(" "))
            .then_refused(Refusal::TextMissing { what: RequiredText::Description });
    }

    #[test]
    fn nobody_involved_answers_for_a_measure() {
        let involved = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
        given([reported(), involved])
            .when(propose("wipe the phone"))
            .then_refused(Refusal::OwnerInvolved { measure: MEASURE });
    }

    #[test]
    fn its_owner_or_the_dpo_says_that_it_is_done() {
        given([reported(), proposed()]).when(by_leader(complete("wiped"))).then([completed()]);
        given([reported(), proposed()]).when(by_dpo(complete("wiped"))).then([completed()]);
        given([reported(), proposed()])
            .when(by_controller(complete("wiped")))
            .then_refused(Refusal::NotTheMeasuresOwner { measure: MEASURE });
    }

    #[test]
    fn a_measure_is_completed_once() {
        let done = [reported(), proposed(), completed()];
        given(done.clone()).when(by_leader(complete("wiped"))).then([]);
        given(done)
            .when(by_leader(complete("wiped again")))
            .then_refused(Refusal::MeasureAlreadyCompleted { measure: MEASURE });
        given([reported(), proposed()])
            .when(by_leader(complete("")))
            .then_refused(Refusal::TextMissing { what: RequiredText::Account });
        given([reported()])
            .when(by_leader(complete("wiped")))
            .then_refused(Refusal::MeasureUnknown { measure: MEASURE });
    }

    #[test]
    fn a_measure_is_verified_once_it_is_done() {
        given([reported(), proposed()])
            .when(verify(true, "gone"))
            .then_refused(Refusal::MeasureNotCompleted { measure: MEASURE });
        given([reported(), proposed(), completed()]).when(verify(true, "gone")).then([verified()]);
        let all = [reported(), proposed(), completed(), verified()];
        given(all.clone()).when(verify(true, "gone")).then([]);
        given(all)
            .when(verify(false, "it still answers"))
            .then_refused(Refusal::MeasureAlreadyVerified { measure: MEASURE });
        given([reported(), proposed(), completed()])
            .when(verify(true, ""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Finding });
    }

    #[test]
    fn a_measure_without_effect_is_open_again() {
        let done = [reported(), proposed(), completed()];
        given(done.clone()).when(verify(false, "it still answers")).then([without_effect()]);
        let tried = done.into_iter().chain([without_effect()]).collect::<Vec<_>>();
        given(tried.clone()).when(verify(false, "it still answers")).then([]);
        given(tried).when(by_leader(complete("wiped"))).then([completed()]);
    }

    fn review(effect: Effect, finding: &str) -> Command {
        let finding = text(finding);
        by_dpo(Request::ReviewEffect(ReviewEffect { measure: MEASURE, effect, finding }))
    }

    #[test]
    fn what_a_measure_has_led_to_is_seen_after_it_was_done() {
        let reviewed = |effect| {
            let finding = text("two more were lost");
            Event::EffectReviewed { measure: MEASURE, effect, finding }
        };
        let done = [reported(), proposed(), completed()];
        given(done.clone())
            .when(review(Effect::Partly, "two more were lost"))
            .then([reviewed(Effect::Partly)]);
        let once = [reported(), proposed(), completed(), reviewed(Effect::Partly)];
        given(once.clone()).when(review(Effect::Partly, "two more were lost")).then([]);
        given(once).when(review(Effect::Not, "two more were lost")).then([reviewed(Effect::Not)]);
        given(closed()).when(review(Effect::Works, "none since")).then([Event::EffectReviewed {
            measure: MEASURE,
            effect: Effect::Works,
            finding: text("none since"),
        }]);
        given([reported(), proposed()])
            .when(review(Effect::Works, "none since"))
            .then_refused(Refusal::MeasureNotCompleted { measure: MEASURE });
        given(done)
            .when(review(Effect::Works, ""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Finding });
    }
}
