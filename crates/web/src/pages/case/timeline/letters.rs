//! What happened to a letter to the people affected, in words.

use domain::case::letter::Event;

use crate::pages::case::wording::{Fact, Wording};

pub(super) fn told(wording: &Wording, key: &str, event: &Event) -> (String, Vec<Fact>) {
    let letter = ("letter", event.letter().to_string());
    let with = |more: &[(&str, String)]| {
        let all: Vec<(&str, String)> =
            std::iter::once(letter.clone()).chain(more.iter().cloned()).collect();
        wording.say_with(key, &all)
    };
    let channels = |it: &std::collections::BTreeSet<_>| {
        let names: Vec<String> =
            it.iter().map(|channel| wording.term("letter_channel", *channel)).collect();
        names.join(", ")
    };
    match event {
        Event::LetterDrafted { kind, language, version, text, .. } => {
            let kind = wording.term("letter_kind", *kind);
            let language = wording.term("letter_language", *language);
            let version = version.to_string();
            let said = with(&[("kind", kind), ("language", language), ("version", version)]);
            (said, vec![wording.text("letter-title", &text.title)])
        }
        Event::RecipientsListed { numbers, protected, .. } => {
            let count: u32 = numbers.iter().map(|(from, to)| to - from + 1).sum();
            let of = [("count", count.to_string()), ("protected", protected.len().to_string())];
            (with(&of), Vec::new())
        }
        Event::LetterSigned { document, .. } => {
            (with(&[]), vec![wording.text("letter-sha256", &document.sha256)])
        }
        Event::DispatchStarted { channels: chosen, .. } => {
            (with(&[("channels", channels(chosen))]), Vec::new())
        }
        Event::DispatchStopped { because: Some(why), .. } => {
            let of = [letter, ("why", wording.term("letter_obstacle", *why))];
            (wording.say_with("timeline-dispatch_given_up", &of), Vec::new())
        }
        Event::DispatchStopped { .. } => (with(&[]), Vec::new()),
        Event::DeliveryRecorded { channel, progress, recipients, .. } => {
            let of = [
                ("channel", wording.term("letter_channel", *channel)),
                ("progress", wording.term("letter_progress", *progress)),
                ("count", recipients.len().to_string()),
            ];
            (with(&of), Vec::new())
        }
    }
}
