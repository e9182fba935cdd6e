//! What is resolved to be done, and what becomes of it. A resolution outlives its review.

use super::super::command::{Command, Resolve};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{OpenReview, Resolution};
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::case::dealings::Effect;
use crate::ids::ResolutionId;
use crate::{Actor, Erasable, Role};

/// Resolves something, or puts it otherwise while nobody has done it.
pub(super) fn take(review: &OpenReview, it: &Resolve) -> Decision {
    require(&it.text, RequiredText::Resolution)?;
    if let Some(known) = review.resolutions.get(&it.resolution) {
        let is_same = (known.item, &known.text, known.owner, known.due_at, known.carries_over)
            == (it.item, &it.text, it.owner, it.due_at, it.carries_over);
        if is_same {
            return nothing();
        }
        if known.carried_out.is_some() {
            return Err(Refusal::ResolutionIsCarriedOut { resolution: it.resolution });
        }
    }
    let Resolve { resolution, item, text, owner, due_at, carries_over } = it.clone();
    fact(Event::ResolutionTaken { resolution, item, text, owner, due_at, carries_over })
}

/// Takes out what was not resolved after all. What is out already was taken out.
pub(super) fn drop(
    review: &OpenReview,
    resolution: ResolutionId,
    reason: &Erasable<String>,
) -> Decision {
    require(reason, RequiredText::Reason)?;
    match review.resolutions.get(&resolution) {
        None => nothing(),
        Some(known) if known.carried_out.is_some() => {
            Err(Refusal::ResolutionIsCarriedOut { resolution })
        }
        Some(_) => fact(Event::ResolutionDropped { resolution, reason: reason.clone() }),
    }
}

/// Records that it was done: by whoever answers for it, or by the data protection officer, who
/// follows it up.
pub(super) fn carry_out(
    review: &OpenReview,
    resolution: ResolutionId,
    account: &Erasable<String>,
    command: &Command,
) -> Decision {
    let known = find(review, resolution)?;
    let is_owner = command.by.actor == Actor::User(known.owner);
    if !is_owner && !command.by.roles.holds(Role::Dpo) {
        return Err(Refusal::NotTheOwner { resolution });
    }
    require(account, RequiredText::Account)?;
    match &known.carried_out {
        None => fact(Event::ResolutionCarriedOut { resolution, account: account.clone() }),
        Some(done) if done.text == *account => nothing(),
        Some(_) => Err(Refusal::ResolutionIsCarriedOut { resolution }),
    }
}

/// Records what it has led to; it can be looked at again later.
pub(super) fn review_effect(
    review: &OpenReview,
    resolution: ResolutionId,
    effect: Effect,
    finding: &Erasable<String>,
) -> Decision {
    let known = find(review, resolution)?;
    require(finding, RequiredText::Finding)?;
    if known.carried_out.is_none() {
        return Err(Refusal::ResolutionIsNotCarriedOut { resolution });
    }
    if known.effect.as_ref().is_some_and(|(was, found)| *was == effect && found.text == *finding) {
        return nothing();
    }
    let finding = finding.clone();
    fact(Event::ResolutionEffectReviewed { resolution, effect, finding })
}

fn find(review: &OpenReview, resolution: ResolutionId) -> Result<&Resolution, Refusal> {
    review.resolutions.get(&resolution).ok_or(Refusal::ResolutionUnknown { resolution })
}

#[cfg(test)]
mod tests {
    use super::super::super::agenda::AgendaItem;
    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;

    fn resolve(words: &str) -> Request {
        Request::Resolve(Resolve {
            resolution: RESOLUTION,
            item: AgendaItem::Deviations,
            text: text(words),
            owner: LEADER,
            due_at: day(90),
            carries_over: None,
        })
    }

    fn carry_out_by_saying(words: &str) -> Request {
        Request::CarryOut { resolution: RESOLUTION, account: text(words) }
    }

    fn see(effect: Effect) -> Request {
        Request::ReviewEffect { resolution: RESOLUTION, effect, finding: text("fewer") }
    }

    fn done() -> Event {
        Event::ResolutionCarriedOut { resolution: RESOLUTION, account: text("taught") }
    }

    #[test]
    fn what_was_resolved_can_be_put_otherwise_until_it_is_done() {
        given([begun()]).when(by_dpo(resolve("teach"))).then([resolved("teach")]);
        given([begun(), resolved("teach")]).when(by_dpo(resolve("teach"))).then([]);
        given([begun(), resolved("teach")])
            .when(by_dpo(resolve("teach all")))
            .then([resolved("teach all")]);
        given([begun(), resolved("teach"), done()])
            .when(by_dpo(resolve("teach all")))
            .then_refused(Refusal::ResolutionIsCarriedOut { resolution: RESOLUTION });
        given([begun()])
            .when(by_dpo(resolve(" ")))
            .then_refused(Refusal::TextMissing { what: RequiredText::Resolution });
    }

    #[test]
    fn what_was_not_resolved_after_all_is_taken_out_with_the_reason() {
        let drop = || Request::DropResolution { resolution: RESOLUTION, reason: text("misheard") };
        let dropped = Event::ResolutionDropped { resolution: RESOLUTION, reason: text("misheard") };
        given([begun(), resolved("teach")]).when(by_dpo(drop())).then([dropped.clone()]);
        given([begun(), resolved("teach"), dropped]).when(by_dpo(drop())).then([]);
        given([begun(), resolved("teach"), done()])
            .when(by_dpo(drop()))
            .then_refused(Refusal::ResolutionIsCarriedOut { resolution: RESOLUTION });
    }

    #[test]
    fn the_owner_says_that_it_is_done_also_after_the_review_was_approved() {
        let history = [begun(), resolved("teach")];
        given(history.clone()).when(by_leader(carry_out_by_saying("taught"))).then([done()]);
        given(approved()).when(by_leader(carry_out_by_saying("taught"))).then([done()]);
        given(history.clone()).when(by_dpo(carry_out_by_saying("taught"))).then([done()]);
        given(history.clone())
            .when(by_controller(carry_out_by_saying("taught")))
            .then_refused(Refusal::NotTheOwner { resolution: RESOLUTION });
        given(submitted())
            .when(by_leader(carry_out_by_saying("taught")))
            .then_refused(Refusal::IsSubmitted);
        let after = [begun(), resolved("teach"), done()];
        given(after.clone()).when(by_leader(carry_out_by_saying("taught"))).then([]);
        given(after)
            .when(by_leader(carry_out_by_saying("taught again")))
            .then_refused(Refusal::ResolutionIsCarriedOut { resolution: RESOLUTION });
        given([begun()])
            .when(by_leader(carry_out_by_saying("taught")))
            .then_refused(Refusal::ResolutionUnknown { resolution: RESOLUTION });
    }

    #[test]
    fn what_it_has_led_to_is_seen_once_it_is_done() {
        let seen = Event::ResolutionEffectReviewed {
            resolution: RESOLUTION,
            effect: Effect::Works,
            finding: text("fewer"),
        };
        given([begun(), resolved("teach")])
            .when(by_dpo(see(Effect::Works)))
            .then_refused(Refusal::ResolutionIsNotCarriedOut { resolution: RESOLUTION });
        let history = [begun(), resolved("teach"), done()];
        given(history.clone()).when(by_dpo(see(Effect::Works))).then([seen.clone()]);
        let after = history.into_iter().chain([seen]);
        given(after).when(by_dpo(see(Effect::Works))).then([]);
    }
}
