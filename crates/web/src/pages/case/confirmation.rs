//! What a case's page tells of recipients who are to confirm that what they got by mistake is gone.

use domain::case::confirmation::{Confirmation, Confirming, Event};
use domain::case::inquiry::{Inquiry, Respondent};

use super::wording::{Fact, Value, Wording};

/// What is shown of one, once it was answered.
pub(super) fn given(wording: &Wording, it: &Confirming) -> Vec<Fact> {
    let Some((at, given)) = &it.given else { return Vec::new() };
    let at = wording.moment(*at).words().to_owned();
    let name = wording.say_with("case-confirmation-given", &[("at", at)]);
    let disposal = Value::Words(wording.term("disposal", given.disposal));
    let mut facts = vec![Fact { name, value: disposal }];
    facts.extend(particulars(wording, given));
    facts
}

/// That one is asked for, and of what.
pub(super) fn asked(wording: &Wording, it: &Inquiry) -> Fact {
    let who = wording.respondent(&it.respondent);
    let name = wording.say_with("case-confirmation", &[("who", &*who)]);
    Fact { name, value: Value::Words(wording.written(&it.text)) }
}

/// What happened, in a sentence and what goes with it.
pub(super) fn told(wording: &Wording, key: &str, event: &Event) -> (String, Vec<Fact>) {
    match event {
        Event::ConfirmationAsked(asked) => {
            let who = wording.respondent(&Respondent::Outside(asked.recipient.clone()));
            let facts = vec![
                wording.text("case-confirmation-content", &asked.content),
                wording.time("case-inquiry-wanted", asked.due_at),
            ];
            (wording.say_with(key, &[("who", who)]), facts)
        }
        Event::ConfirmationGiven { confirmation, .. } => {
            let disposal = wording.term("disposal", confirmation.disposal);
            let facts = particulars(wording, confirmation);
            (wording.say_with(key, &[("disposal", disposal)]), facts)
        }
    }
}

fn particulars(wording: &Wording, given: &Confirmation) -> Vec<Fact> {
    let yes_no =
        |is: bool| wording.say(if is { "yes_no_unknown-yes" } else { "yes_no_unknown-no" });
    let mut facts = vec![
        wording.fact("case-confirmation-opened", yes_no(given.opened)),
        wording.fact("case-confirmation-passed_on", yes_no(given.passed_on)),
    ];
    facts.extend(given.remark.as_ref().map(|it| wording.text("case-confirmation-remark", it)));
    facts
}
