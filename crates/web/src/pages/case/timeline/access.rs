//! That somebody was let see a case whom no role shows it, in words.

use domain::Time;
use domain::case::access::Event;
use domain::ids::UserId;

use super::super::wording::{Fact, Wording};
use super::in_words;

pub(super) fn told(wording: &Wording, key: &str, event: &Event) -> (String, Vec<Fact>) {
    let person = |user: &UserId| ("person", wording.person(*user));
    let until = |until: &Time| ("until", in_words(wording, *until));
    match event {
        Event::CaseOpenedOutsideRole { user, purpose, until: at }
        | Event::AuditGranted { auditor: user, purpose, until: at } => {
            let what = wording.say_with(key, &[person(user), until(at)]);
            (what, vec![wording.text("case-purpose", purpose)])
        }
        Event::OpeningReviewed { user, until: at, finding } => {
            let what = wording.say_with(key, &[person(user), until(at)]);
            (what, vec![wording.text("case-measure-finding", finding)])
        }
        Event::AuditRevoked { auditor, reason } => {
            let what = wording.say_with(key, &[person(auditor)]);
            (what, vec![wording.text("case-reason", reason)])
        }
    }
}
