//! Writing a letter to the people affected, signing it and sending it.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::super::command::Command;
use super::super::event::TellingWay;
use super::super::letter::{
    Channel, Delivered, Dispatch, Draft, Event as Happened, Kind, LETTERS_MAX, Letter, Obstacle,
    RECIPIENTS_MAX, Recipients, RecordDelivery, Refusal as No, Request, Sign, StartDispatch,
    not_by_email,
};
use super::super::refusal::Refusal;
use super::super::state::OpenCase;
use super::super::telling::PeopleTold;
use super::super::{Decision, Event};
use super::closing::require_independent_controller;
use super::{fact, nothing};
use crate::Erasable;

pub(super) fn decide(case: &OpenCase, request: &Request, command: &Command) -> Decision {
    match request {
        Request::Draft(it) => draft(case, it),
        Request::List(it) => list(case, it),
        Request::Sign(it) => sign(case, it, command),
        Request::StartDispatch(it) => start(case, it),
        Request::StopDispatch { letter } => stop(case, *letter, None),
        Request::GiveUpDispatch { letter, because } => stop(case, *letter, Some(*because)),
        Request::RecordDelivery(it) => record(case, it, command),
    }
}

fn happened(event: Happened) -> Decision {
    fact(Event::Letter(event))
}

fn known(case: &OpenCase, number: u32) -> Result<&Letter, Refusal> {
    case.letters.get(number).ok_or(Refusal::Letter(No::LetterUnknown))
}

/// Keeps its words as far as they are written. Empty parts are no hindrance yet.
fn draft(case: &OpenCase, it: &Draft) -> Decision {
    let (language, text) = (it.language, it.text.clone());
    let (letter, version, kind) = if let Some(letter) = it.letter {
        let known = known(case, letter)?;
        let is_so = match known.texts.get(&language) {
            Some(standing) => *standing == text,
            None => text.is_blank(),
        };
        if is_so {
            return nothing();
        }
        (letter, known.version + 1, known.kind)
    } else {
        let letter = case.letters.next();
        if LETTERS_MAX < usize::try_from(letter).expect("a number of 32 bits is an index") {
            return Err(Refusal::Letter(No::TooManyLetters));
        }
        (letter, 1, it.kind)
    };
    let (text, template) = (Box::new(text), it.template.clone());
    happened(Happened::LetterDrafted { letter, version, kind, language, text, template })
}

/// Takes the list in place of the one before. Everybody on it keeps their number, so that what is
/// known of how it went stays known.
fn list(case: &OpenCase, it: &Recipients) -> Decision {
    let known = known(case, it.letter)?;
    if known.kind != Kind::Letter {
        return Err(Refusal::Letter(No::HasNoRecipients));
    }
    let before = known.list.as_ref();
    if let Some(standing) = before
        && standing.file.file == it.file.file
    {
        return nothing();
    }
    if before.map(|list| list.version) != it.before {
        return Err(Refusal::Letter(No::ChangedSinceRead));
    }
    let mut numbers: Vec<u32> = it.recipients.iter().map(|it| it.number).collect();
    numbers.sort_unstable();
    let is_one_each = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    if RECIPIENTS_MAX < numbers.len() || !is_one_each {
        return Err(Refusal::Letter(No::RecipientsOutOfBounds));
    }
    let protected = it.recipients.iter().filter(|it| it.recipient.is_protected);
    happened(Happened::RecipientsListed {
        letter: it.letter,
        version: before.map_or(1, |list| list.version + 1),
        file: it.file.clone(),
        numbers: runs(&numbers),
        protected: protected.map(|it| it.number).collect(),
    })
}

/// Ascending numbers as runs from and to.
fn runs(numbers: &[u32]) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, to)) if *to + 1 == *number => *to = *number,
            _ => runs.push((*number, *number)),
        }
    }
    runs
}

/// Signs what the controller read: all parts in every language, and somebody to get it. Whoever is
/// data protection officer, or handled the case, prepares it and never signs (GDPR art. 38(6)).
fn sign(case: &OpenCase, it: &Sign, command: &Command) -> Decision {
    let only_the_controller = |_| Refusal::Letter(No::OnlyTheControllerSigns);
    require_independent_controller(case, command).map_err(only_the_controller)?;
    let known = known(case, it.letter)?;
    let list = known.list.as_ref();
    if (known.version, list.map(|list| list.version)) != (it.version, it.list) {
        return Err(Refusal::Letter(No::ChangedSinceRead));
    }
    let is_for_somebody = list.is_some_and(|list| !list.numbers.is_empty());
    if known.texts.is_empty() || (known.kind == Kind::Letter && !is_for_somebody) {
        return Err(Refusal::Letter(No::NothingToSign));
    }
    let missing = known.missing();
    if !missing.is_empty() {
        return Err(Refusal::Letter(No::LetterIncomplete { missing }));
    }
    if known.signature().is_some() {
        return nothing();
    }
    let Sign { letter, version, list, document } = it.clone();
    happened(Happened::LetterSigned { letter, version, list, document })
}

/// Begins to send it, or goes on. By e-mail it goes only where nothing in it must not.
fn start(case: &OpenCase, it: &StartDispatch) -> Decision {
    let known = require_signed(case, it.letter)?;
    if known.kind != Kind::Letter {
        return Err(Refusal::Letter(No::HasNoRecipients));
    }
    if case.people.as_ref().is_some_and(|decided| !decided.decision.is_to_tell()) {
        return Err(Refusal::DecidedNotToTell);
    }
    if it.channels.contains(&Channel::Email) {
        let findings = not_by_email(known, &it.confidential);
        if !findings.is_empty() {
            return Err(Refusal::Letter(No::NotByEmail { findings }));
        }
    }
    let is_so = |it: &&Dispatch| it.is_running;
    if known.dispatch.as_ref().filter(is_so).is_some_and(|now| now.channels == it.channels) {
        return nothing();
    }
    happened(Happened::DispatchStarted { letter: it.letter, channels: it.channels.clone() })
}

fn require_signed(case: &OpenCase, number: u32) -> Result<&Letter, Refusal> {
    let known = known(case, number)?;
    if known.signature().is_none() {
        return Err(Refusal::Letter(No::NotSigned));
    }
    Ok(known)
}

fn stop(case: &OpenCase, letter: u32, because: Option<Obstacle>) -> Decision {
    let running = known(case, letter)?.dispatch.as_ref().is_some_and(|it| it.is_running);
    if running { happened(Happened::DispatchStopped { letter, because }) } else { nothing() }
}

/// Records how it went. Once everybody has every letter, the people were told.
fn record(case: &OpenCase, it: &RecordDelivery, command: &Command) -> Decision {
    let known = known(case, it.letter)?;
    if known.dispatch.is_none() {
        return Err(Refusal::Letter(No::DispatchNotStarted));
    }
    let list = known.list.as_ref().ok_or(Refusal::Letter(No::HasNoRecipients))?;
    if !it.recipients.is_subset(&list.numbers) {
        return Err(Refusal::Letter(No::NotOnTheList));
    }
    let is_by_itself = it.channel != Channel::ByHand && it.progress.is_told();
    if is_by_itself && !it.recipients.is_disjoint(&list.protected) {
        return Err(Refusal::Letter(No::AddressProtected));
    }
    let recipients: BTreeSet<u32> = it
        .recipients
        .iter()
        .filter(|number| {
            let standing = known.deliveries.get(number);
            standing.is_none_or(|was| (was.channel, was.progress) != (it.channel, it.progress))
        })
        .copied()
        .collect();
    if recipients.is_empty() {
        return nothing();
    }
    let RecordDelivery { letter, channel, progress, .. } = *it;
    let of_them = it.consignments.iter().filter(|(number, _)| recipients.contains(number));
    let consignments: Vec<(u32, Uuid)> = of_them.copied().collect();
    let consignments = (!consignments.is_empty()).then_some(consignments);
    let event = Happened::DeliveryRecorded { letter, channel, progress, recipients, consignments };
    let told = told(case, known, &event, command);
    Ok(std::iter::once(Event::Letter(event)).chain(told).collect())
}

/// That the people were told, where with this everybody has every letter of the case. Where
/// somebody cannot be reached, it is for whoever handles the case to say what was done instead
/// (GDPR art. 34(3)(c)).
fn told(case: &OpenCase, before: &Letter, event: &Happened, command: &Command) -> Option<Event> {
    let mut letter = before.clone();
    letter.apply(event, command.at, command.by.actor);
    let others =
        case.letters.iter().filter(|(number, it)| *number != event.letter() && it.is_due());
    let letters: Vec<&Letter> = others.map(|(_, it)| it).chain([&letter]).collect();
    let is_first = !before.was_settled || case.told.is_empty();
    if !is_first || !letters.iter().all(|it| it.has_reached_all()) {
        return None;
    }
    let mut ways = letters.iter().flat_map(|it| it.deliveries.values()).filter(|it| it.is_told());
    let is_digital = |it: &Delivered| matches!(it.channel, Channel::Email | Channel::DigitalPost);
    let way = if ways.all(is_digital) { TellingWay::DigitalPost } else { TellingWay::Letter };
    // The same person may have several letters: how many people they are is not known then.
    let people = if letters.len() == 1 { u32::try_from(letter.told()).ok() } else { None };
    let title = letter.text_for(None).map(|(_, text)| text.title.clone());
    let account = title.unwrap_or_else(|| Erasable::known(String::new()));
    Some(Event::PeopleTold(PeopleTold { told_at: command.at, way, people, account }))
}

#[cfg(test)]
#[path = "letter_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "letter_delivery_tests.rs"]
mod delivery_tests;
