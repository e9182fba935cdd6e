//! The letters of a case as they stand. Whether one is signed is never kept: it follows from what
//! was signed and what stands now, so that no change can be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Channel, Delivered, Event, KeptFile, Kind, Language, LetterText, Numbered, Obstacle, Part,
    Progress, TemplateUsed, Way, way,
};
use crate::{Actor, Time};

/// Every letter of a case, by its number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Letters(BTreeMap<u32, Letter>);

/// A letter.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// What it is for.
    pub kind: Kind,
    /// The version of its words.
    pub version: u32,
    /// Its words in each language.
    pub texts: BTreeMap<Language, LetterText>,
    /// The template it was begun from.
    pub template: Option<TemplateUsed>,
    /// Who gets it, once that was said.
    pub list: Option<List>,
    /// What was signed last.
    pub signed: Option<Signature>,
    /// What was signed and left the house, in order: what people were told, whatever was changed
    /// since.
    pub sent: Vec<Sent>,
    /// How it is sent, once that began.
    pub dispatch: Option<Dispatch>,
    /// How it went with those of whom that is known.
    pub deliveries: BTreeMap<u32, Delivered>,
    /// The ways that failed for somebody, until it was said that they wait again.
    pub failed: BTreeMap<u32, BTreeSet<Channel>>,
    /// Whether everybody on a list of it was told, or cannot be, at some time.
    pub was_settled: bool,
}

/// Who gets a letter.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Counts from 1.
    pub version: u32,
    /// The list itself.
    pub file: KeptFile,
    /// The numbers of those on it.
    pub numbers: BTreeSet<u32>,
    /// Of those, whose address is protected.
    pub protected: BTreeSet<u32>,
    /// The highest number ever given.
    pub highest: u32,
}

/// What the controller signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// The version of its words.
    pub version: u32,
    /// The version of its list.
    pub list: Option<u32>,
    /// The document as it was signed.
    pub document: KeptFile,
    /// Who signed.
    pub by: Actor,
    /// When.
    pub at: Time,
}

/// A letter as it was signed and sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// What was signed.
    pub signature: Signature,
    /// When it was first recorded that somebody was told so.
    pub at: Time,
}

/// How a letter is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispatch {
    /// The ways it may go.
    pub channels: BTreeSet<Channel>,
    /// Whether it goes on by itself.
    pub is_running: bool,
    /// What brought it to a stop, where nobody stopped it.
    pub obstacle: Option<Obstacle>,
}

impl Letters {
    /// Every letter with its number.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Letter)> {
        self.0.iter().map(|(number, letter)| (*number, letter))
    }

    /// The letter with that number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Letter> {
        self.0.get(&number)
    }

    /// The number of the next one.
    #[must_use]
    pub fn next(&self) -> u32 {
        self.0.keys().next_back().map_or(1, |last| last + 1)
    }

    /// Whether a letter that is signed, or that some were told, has not reached everybody yet.
    #[must_use]
    pub fn has_unsent(&self) -> bool {
        let is_begun = |it: &Letter| it.signature().is_some() || !it.sent.is_empty();
        self.0.values().any(|it| is_begun(it) && it.unsettled().next().is_some())
    }

    pub(in crate::case) fn apply(&mut self, event: &Event, at: Time, by: Actor) {
        if let Event::LetterDrafted { letter, kind, .. } = event {
            self.0.entry(*letter).or_insert_with(|| Letter::new(*kind));
        }
        if let Some(letter) = self.0.get_mut(&event.letter()) {
            letter.apply(event, at, by);
        }
    }
}

impl Letter {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            version: 0,
            texts: BTreeMap::new(),
            template: None,
            list: None,
            signed: None,
            sent: Vec::new(),
            dispatch: None,
            deliveries: BTreeMap::new(),
            failed: BTreeMap::new(),
            was_settled: false,
        }
    }

    /// The signature, as long as nothing that was signed has changed since.
    #[must_use]
    pub fn signature(&self) -> Option<&Signature> {
        let list = self.list.as_ref().map(|list| list.version);
        self.signed.as_ref().filter(|it| it.version == self.version && it.list == list)
    }

    /// What keeps it from being signed, in each language.
    #[must_use]
    pub fn missing(&self) -> Vec<(Language, Part)> {
        let missing = |(language, text): (&Language, &LetterText)| {
            let parts = text.missing().into_iter();
            parts.map(|part| (*language, part)).collect::<Vec<_>>()
        };
        self.texts.iter().flat_map(missing).collect()
    }

    /// Whether it is sent by itself now: it goes on, and is signed as it stands.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        self.signature().is_some() && self.dispatch.as_ref().is_some_and(|it| it.is_running)
    }

    /// How far it came for a recipient.
    #[must_use]
    pub fn progress(&self, number: u32) -> Progress {
        self.deliveries.get(&number).map_or(Progress::Queued, |it| it.progress)
    }

    /// The way to somebody on the list as it is planned: of those that were chosen, the first that
    /// fits and has not failed for them.
    #[must_use]
    pub fn way(&self, to: &Numbered) -> Way {
        let failed = self.failed.get(&to.number);
        let has_failed = |channel: &&Channel| failed.is_some_and(|it| it.contains(*channel));
        let chosen = self.dispatch.iter().flat_map(|it| &it.channels);
        way(&to.recipient, &chosen.filter(|it| !has_failed(it)).copied().collect())
    }

    /// How it is still to get to somebody; nothing once they were told or cannot be.
    #[must_use]
    pub fn waits_for(&self, to: &Numbered) -> Option<Channel> {
        let is_settled = self.progress(to.number).is_settled();
        (!is_settled).then(|| self.way(to).channel())
    }

    /// Those on the list who were not told yet and could still be.
    pub fn unsettled(&self) -> impl Iterator<Item = u32> + '_ {
        let numbers = self.list.iter().flat_map(|list| &list.numbers).copied();
        numbers.filter(|number| !self.progress(*number).is_settled())
    }

    /// Whether people are to get it: it is a letter, and written.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.kind == Kind::Letter && !self.texts.is_empty()
    }

    /// Whether everybody on its list was told, and somebody is on it.
    #[must_use]
    pub fn has_reached_all(&self) -> bool {
        let listed = self.list.as_ref().map_or(0, |list| list.numbers.len());
        0 < listed && self.told() == listed
    }

    /// How many of those on the list were told.
    #[must_use]
    pub fn told(&self) -> usize {
        let numbers = self.list.iter().flat_map(|list| &list.numbers);
        numbers.filter(|number| self.progress(**number).is_told()).count()
    }

    /// The words for somebody: in their language, if it is written in it, else in the first.
    #[must_use]
    pub fn text_for(&self, language: Option<Language>) -> Option<(Language, &LetterText)> {
        let own = language.and_then(|it| self.texts.get_key_value(&it));
        own.or_else(|| self.texts.first_key_value()).map(|(language, text)| (*language, text))
    }

    /// Somebody was told what was signed last.
    fn note_sent(&mut self, at: Time) {
        let Some(signature) = &self.signed else { return };
        if self.sent.last().is_none_or(|last| last.signature != *signature) {
            self.sent.push(Sent { signature: signature.clone(), at });
        }
    }

    /// What was said of it before stays known: what a carrier calls it above all.
    fn record(&mut self, number: u32, channel: Channel, progress: Progress) {
        let before = self.deliveries.get(&number).filter(|it| it.channel == channel);
        let consignment = before.and_then(|it| it.consignment);
        self.deliveries.insert(number, Delivered { channel, progress, consignment });
        match progress {
            Progress::Failed | Progress::Returned => {
                self.failed.entry(number).or_default().insert(channel);
            }
            Progress::Queued => {
                self.failed.remove(&number);
            }
            Progress::Sent | Progress::Delivered | Progress::Unreachable => (),
        }
    }

    pub(in crate::case) fn apply(&mut self, event: &Event, at: Time, by: Actor) {
        match event {
            Event::LetterDrafted { version, language, text, template, .. } => {
                self.version = *version;
                self.texts.remove(language);
                if !text.is_blank() {
                    self.texts.insert(*language, *text.clone());
                }
                if template.is_some() {
                    self.template.clone_from(template);
                }
            }
            Event::RecipientsListed { version, file, numbers, protected, .. } => {
                let numbers: BTreeSet<u32> =
                    numbers.iter().flat_map(|(from, to)| *from..=*to).collect();
                let highest = self.list.as_ref().map_or(0, |list| list.highest);
                let highest = highest.max(numbers.last().copied().unwrap_or_default());
                let (version, file, protected) = (*version, file.clone(), protected.clone());
                self.list = Some(List { version, file, numbers, protected, highest });
            }
            Event::LetterSigned { version, list, document, .. } => {
                let (version, list, document) = (*version, *list, document.clone());
                self.signed = Some(Signature { version, list, document, by, at });
            }
            Event::DispatchStarted { channels, .. } => {
                let channels = channels.clone();
                self.dispatch = Some(Dispatch { channels, is_running: true, obstacle: None });
            }
            Event::DispatchStopped { because, .. } => {
                if let Some(dispatch) = &mut self.dispatch {
                    dispatch.is_running = false;
                    dispatch.obstacle = *because;
                }
            }
            Event::DeliveryRecorded { channel, progress, recipients, consignments, .. } => {
                for number in recipients {
                    self.record(*number, *channel, *progress);
                }
                for (number, consignment) in consignments.iter().flatten() {
                    if let Some(delivered) = self.deliveries.get_mut(number) {
                        delivered.consignment = Some(*consignment);
                    }
                }
                if progress.is_told() {
                    self.note_sent(at);
                }
                let is_settled = self.unsettled().next().is_none();
                self.was_settled |= is_settled;
            }
        }
    }
}
