//! The crisis copy: a backup restored to be used while the service itself cannot be, and what was
//! recorded there taken over afterwards, with its own times and by whom it was recorded.
//!
//! What both sides have changed is not guessed at: it is left out and named, so that somebody can
//! enter it. Taking over again what was taken over changes nothing: every event has a key of its
//! own, made from the copy's name and its place there.

mod by_itself;
mod error;

use std::collections::{HashMap, HashSet};

use domain::ids::{CaseId, CaseNumber};
use domain::organisation::Event as OrganisationEvent;
use domain::{Actor, Event, Position, Recorded, StreamId, Time};
use journal::{AccessLine, Append, Hash, Journal, NewAttachment, OutboxEntry};
use uuid::Uuid;

use by_itself::{is_by_itself, is_here, is_mark, is_rule, number_in};
pub use error::MergeError;

use crate::erasure::keys_erased;
use crate::secrets::digest;

/// A journal with everything recorded in it.
pub struct Opened {
    /// The journal, which nobody else has open.
    pub journal: Journal,
    /// Its events, in order.
    pub events: Vec<Recorded>,
}

/// What was taken over from a crisis copy.
#[derive(Debug)]
pub struct Merged {
    /// The last event that both sides have in common.
    pub fork: Position,
    /// How many of the copy's events stand here now.
    pub events: u64,
    /// How many of them are new here.
    pub events_new: u64,
    /// How many lines of the copy's access log stand here now.
    pub accesses: u64,
    /// How many messages that the copy had not sent are sent from here.
    pub messages: u64,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// The chain's hash at the end of the copy's log.
    pub copy: Hash,
}

/// A stream whose events in the copy were not taken over.
#[derive(Debug)]
pub struct LeftOut {
    /// Which.
    pub stream: StreamId,
    /// The case's number; none of the organisation.
    pub number: Option<CaseNumber>,
    /// Why.
    pub reason: Reason,
    /// What was recorded there.
    pub events: Vec<Recorded>,
}

/// Why a stream was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Reason {
    /// Something else was recorded in it here, too.
    ChangedOnBothSides,
    /// Another case has its number here.
    NumberTaken,
}

/// Where a copy began.
#[derive(Debug, Clone)]
struct Fork {
    at: Position,
    head: String,
    accesses: Position,
}

/// Records in a journal restored for it that it is a crisis copy from here on.
pub async fn begin_crisis_copy(journal: &Journal, at: Time) -> Result<Position, MergeError> {
    let fork = journal.position();
    let head = journal.hash_at(fork).await.map_err(MergeError::Read)?;
    let event = OrganisationEvent::CrisisCopyBegun {
        fork,
        head: head.map(|head| head.to_string()).unwrap_or_default(),
        accesses: journal.last_access().await.map_err(MergeError::Read)?,
    };
    record(journal, event, at, None).await?;
    Ok(fork)
}

async fn record(
    journal: &Journal,
    event: OrganisationEvent,
    at: Time,
    idempotency: Option<Uuid>,
) -> Result<(), MergeError> {
    let stream = StreamId::ORGANISATION;
    let append = Append {
        stream,
        expected: journal.version(stream),
        events: vec![Event::Organisation(event)],
        at,
        by: Actor::Service,
        idempotency: idempotency.map(Into::into),
        outbox: Vec::new(),
    };
    journal.append(append).await.map_err(MergeError::Record)?;
    Ok(())
}

/// Takes over into `here` what was recorded in a crisis copy since it began.
pub async fn merge(here: Opened, copy: Opened, at: Time) -> Result<Merged, MergeError> {
    let fork = find_fork(&here, &copy).await?;
    let name = copy.journal.name().await.map_err(MergeError::Name)?;
    let name = name.ok_or(MergeError::NotACopy)?;
    let end = copy.journal.position();
    let head = copy.journal.hash_at(end).await.map_err(MergeError::Read)?;
    let mut merging = Merging::new(&here, &copy, name, &fork);
    let (taken, left_out) = merging.sort_out(&copy.events);
    let mut merged = Merged {
        fork: fork.at,
        events: merging.known,
        events_new: taken.len() as u64,
        accesses: 0,
        messages: 0,
        left_out,
        copy: head.ok_or(MergeError::NotACopy)?,
    };
    merged.events += merged.events_new;
    for event in &taken {
        merged.messages += merging.take(event).await?;
    }
    merged.accesses = take_accesses(&here.journal, &copy.journal, fork.accesses).await?;
    record_merge(&here.journal, &merged, name, at).await?;
    let gone: HashSet<_> = taken.iter().filter_map(|event| keys_erased(event)).collect();
    here.journal.destroy_keys(gone).await.map_err(MergeError::Keys)?;
    Ok(merged)
}

/// Where the copy left the journal here; the last such place, for a copy may be made of a copy.
async fn find_fork(here: &Opened, copy: &Opened) -> Result<Fork, MergeError> {
    let begun = copy.events.iter().filter_map(|recorded| match &recorded.event {
        Event::Organisation(OrganisationEvent::CrisisCopyBegun { fork, head, accesses }) => {
            Some(Fork { at: *fork, head: head.clone(), accesses: *accesses })
        }
        _ => None,
    });
    let forks: Vec<Fork> = begun.collect();
    let last = forks.last().ok_or(MergeError::NotACopy)?.at;
    for fork in forks.into_iter().rev() {
        let mut is_common = true;
        for journal in [&here.journal, &copy.journal] {
            let hash = journal.hash_at(fork.at).await.map_err(MergeError::Read)?;
            is_common &= hash.is_some_and(|hash| hash.to_string() == fork.head);
        }
        if is_common {
            return Ok(fork);
        }
    }
    let end = here.journal.position();
    if end < last {
        return Err(MergeError::Behind { fork: last, here: end });
    }
    Err(MergeError::OfAnother)
}

/// What is known on this side while it takes over.
struct Merging<'a> {
    here: &'a Journal,
    copy: &'a Journal,
    /// The copy's name.
    name: Hash,
    fork: Position,
    /// What was recorded here since the fork, by stream.
    since: HashMap<StreamId, Vec<&'a Recorded>>,
    /// Which case has which number here.
    numbers: HashMap<CaseNumber, CaseId>,
    /// Messages that the copy has not sent, by the last event they were recorded with.
    unsent: HashMap<Position, Vec<OutboxEntry>>,
    /// How many of the copy's events were here before.
    known: u64,
}

impl<'a> Merging<'a> {
    fn new(here: &'a Opened, copy: &'a Opened, name: Hash, fork: &Fork) -> Self {
        let mut since: HashMap<StreamId, Vec<&Recorded>> = HashMap::new();
        for event in here.events.iter().filter(|event| fork.at < event.position) {
            since.entry(event.stream).or_default().push(event);
        }
        let numbers =
            here.events.iter().filter_map(|event| Some((number_in(event)?, event.case()?)));
        let mut unsent: HashMap<Position, Vec<OutboxEntry>> = HashMap::new();
        for message in copy.journal.pending_messages() {
            unsent.entry(message.position).or_default().push(message.entry);
        }
        Self {
            here: &here.journal,
            copy: &copy.journal,
            name,
            fork: fork.at,
            since,
            numbers: numbers.collect(),
            unsent,
            known: 0,
        }
    }

    /// The copy's events that are taken over, in order, and what is left out.
    fn sort_out<'b>(&mut self, copy: &'b [Recorded]) -> (Vec<&'b Recorded>, Vec<LeftOut>) {
        let mut by_stream: HashMap<StreamId, Vec<&Recorded>> = HashMap::new();
        let mut order = Vec::new();
        for event in copy.iter().filter(|event| self.fork < event.position && !is_mark(event)) {
            if self.here.recorded_under(self.key_of(event)).is_some() {
                self.known += 1;
                continue;
            }
            let theirs = by_stream.entry(event.stream).or_insert_with(|| {
                order.push(event.stream);
                Vec::new()
            });
            theirs.push(event);
        }
        let taken_over = self.taken_over(copy);
        let mut left_out = Vec::new();
        let mut taken = Vec::new();
        for stream in order {
            let theirs = by_stream.remove(&stream).unwrap_or_default();
            let ours = self.since.get(&stream).map(Vec::as_slice).unwrap_or_default();
            match self.reason_against(&theirs, ours, &taken_over) {
                None => taken.extend(theirs.into_iter().filter(|it| !is_here(it, ours))),
                Some(reason) => {
                    let own = copy.iter().filter(|event| event.stream == stream);
                    let number = own.clone().find_map(number_in);
                    // Cases are read by their categories and duties, whatever else is left out.
                    let (kept, left): (Vec<_>, Vec<_>) =
                        theirs.into_iter().partition(|event| is_rule(event));
                    taken.extend(kept.into_iter().filter(|it| !is_here(it, ours)));
                    let events: Vec<_> = left.into_iter().cloned().collect();
                    if !events.is_empty() {
                        left_out.push(LeftOut { stream, number, reason, events });
                    }
                }
            }
        }
        taken.sort_by_key(|event| event.position);
        (taken, left_out)
    }

    /// Where here the copy's events stand that were taken over before.
    fn taken_over(&self, copy: &[Recorded]) -> HashSet<Position> {
        let since = copy.iter().filter(|event| self.fork < event.position);
        let appended = since.filter_map(|event| self.here.recorded_under(self.key_of(event)));
        appended.map(|appended| appended.last).collect()
    }

    fn reason_against(
        &self,
        theirs: &[&Recorded],
        ours: &[&Recorded],
        taken_over: &HashSet<Position>,
    ) -> Option<Reason> {
        let is_work = |event: &&&Recorded| {
            !taken_over.contains(&event.position) && !is_mark(event) && !is_by_itself(event)
        };
        if ours.iter().any(|event| is_work(&event)) {
            return Some(Reason::ChangedOnBothSides);
        }
        let number = theirs.iter().find_map(|event| Some((number_in(event)?, event.case()?)));
        let is_taken = number.is_some_and(|(number, case)| {
            self.numbers.get(&number).is_some_and(|other| *other != case)
        });
        is_taken.then_some(Reason::NumberTaken)
    }

    /// Records one of the copy's events here, as it was recorded there.
    async fn take(&self, event: &Recorded) -> Result<u64, MergeError> {
        let outbox = self.unsent.get(&event.position).cloned().unwrap_or_default();
        let messages = outbox.len() as u64;
        let append = Append {
            stream: event.stream,
            expected: self.here.version(event.stream),
            events: vec![event.event.clone()],
            at: event.at,
            by: event.by,
            idempotency: Some(self.key_of(event).into()),
            outbox,
        };
        let files = self.files_of(event).await?;
        self.here.append_with(append, files).await.map_err(MergeError::Record)?;
        Ok(messages)
    }

    /// The files that one of the copy's events has attached; those erased there stay so.
    async fn files_of(&self, event: &Recorded) -> Result<Vec<NewAttachment>, MergeError> {
        let files = self.copy.attachments(event.position).await.map_err(MergeError::Read)?;
        let known = files.into_iter().filter_map(|file| {
            let bytes = file.bytes?.as_slice().into();
            Some(NewAttachment { event: 0, about: file.about, bytes })
        });
        Ok(known.collect())
    }

    fn key_of(&self, event: &Recorded) -> Uuid {
        key(self.name, &format!("event {}", event.position.0))
    }
}

/// A key that the same place in the same copy always has.
fn key(copy: Hash, what: &str) -> Uuid {
    let digest = digest("merge", format!("{copy} {what}").as_bytes());
    let (first, _) = digest.split_first_chunk().expect("a digest is longer than an identifier");
    uuid::Builder::from_custom_bytes(*first).into_uuid()
}

/// Takes over the copy's access log, and says how many of its lines stand here now. A line that
/// stands here already is not written again.
async fn take_accesses(here: &Journal, copy: &Journal, after: Position) -> Result<u64, MergeError> {
    let mut known: HashMap<Time, Vec<AccessLine>> = HashMap::new();
    for (_, line) in here.read_accesses(after, usize::MAX).await.map_err(MergeError::Read)? {
        known.entry(line.at).or_default().push(line);
    }
    let theirs = copy.read_accesses(after, usize::MAX).await.map_err(MergeError::Read)?;
    let lines = theirs.len() as u64;
    for (_, line) in theirs {
        let same = known.get_mut(&line.at).and_then(|lines| {
            let at = lines.iter().position(|known| *known == line)?;
            Some(lines.swap_remove(at))
        });
        if same.is_none() {
            here.note_access(&line).await.map_err(MergeError::Record)?;
        }
    }
    Ok(lines)
}

/// Records once for each state of the copy that it was taken over.
async fn record_merge(
    here: &Journal,
    merged: &Merged,
    name: Hash,
    at: Time,
) -> Result<(), MergeError> {
    let event = OrganisationEvent::CrisisCopyMerged {
        fork: merged.fork,
        copy: merged.copy.to_string(),
        events: merged.events,
        accesses: merged.accesses,
        left_out: merged.left_out.iter().map(|it| it.stream).collect(),
    };
    let idempotency = key(name, &format!("merged {}", merged.copy));
    if here.recorded_under(idempotency).is_some() {
        return Ok(());
    }
    record(here, event, at, Some(idempotency)).await
}
