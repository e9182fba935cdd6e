//! Everything about one case, folded from its own stream when somebody opens it.

use domain::case::confirmation;
use domain::case::dealings::{OtherCase, Referral, ReferralKind};
use domain::case::evolve::{Fact, evolve};
use domain::case::inquiry::forget_address;
use domain::case::practice::HeldAgainst;
use domain::case::report::{Report, Reporter};
use domain::case::{AttachmentSource, Case, Event, OpenCase, Standing};
use domain::case::{access, archiving, correction, letter};
use domain::ids::{CaseId, CaseNumber};
use domain::{Actor, Event as AnyEvent, Recorded, Time, Version};

/// One case with its history.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile {
    /// Which case.
    pub case: CaseId,
    /// What is known of it.
    pub known: OpenCase,
    /// Where it stands, and its clock.
    pub standing: Standing,
    /// Everything that happened, the oldest first.
    pub timeline: Vec<Entry>,
}

/// One line of a case's timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which of the case's events, from 1.
    pub version: Version,
    /// When it was recorded.
    pub at: Time,
    /// Who caused it.
    pub by: Actor,
    /// What happened.
    pub event: Event,
    /// Whether it is not for whoever looks. It is there for what follows from it.
    pub is_hidden: bool,
}

impl CaseFile {
    /// The case as its stream tells it; nothing for a stream that tells of no case.
    #[must_use]
    pub fn fold(case: CaseId, stream: &[Recorded]) -> Option<Self> {
        Self::told_by(case, stream.iter().filter_map(entry).collect())
    }

    /// The case as it was known at a moment: what was recorded later is left out. Nothing where
    /// it was not reported yet.
    #[must_use]
    pub fn as_of(&self, moment: Time) -> Option<Self> {
        let known = self.timeline.iter().filter(|entry| entry.at <= moment);
        Self::told_by(self.case, known.cloned().collect())
    }

    fn told_by(case: CaseId, timeline: Vec<Entry>) -> Option<Self> {
        let Event::DeviationReported(report) = &timeline.first()?.event else { return None };
        let mut standing = Standing::reported(report.known_since(), timeline.first()?.at);
        let mut folded = Case::Unreported;
        for Entry { event, at, by, .. } in &timeline {
            standing.apply(event);
            folded = evolve(folded, Fact { event, at: *at, by: *by });
        }
        let mut known = folded.known()?.clone();
        for entry in timeline.iter().filter(|entry| entry.is_hidden) {
            match &entry.event {
                Event::DuplicateTakenIn { other, .. } => known.duplicates.remove(other),
                Event::CaseLinked { other, .. } => known.linked.remove(other).is_some(),
                _ => false,
            };
        }
        Some(Self { case, known, standing, timeline })
    }

    /// What happened, the oldest first, without what is not for whoever looks.
    pub fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.timeline.iter().filter(|entry| !entry.is_hidden)
    }

    /// The case it goes on in, if it ended so.
    #[must_use]
    pub fn merged_into(&self) -> Option<OtherCase> {
        let merged = self.shown().filter_map(|entry| match &entry.event {
            Event::CaseMerged { into, .. } => Some(*into),
            _ => None,
        });
        merged.last()
    }

    /// The same case, naming of those it was held against, linked to or merged with only the cases
    /// that `sees` lets through: why two are linked, or are one, tells of both.
    #[must_use]
    pub fn naming_only(mut self, sees: impl Fn(CaseNumber) -> bool) -> Self {
        let keep = |held: &mut Option<Box<HeldAgainst>>| {
            if let Some(held) = held {
                held.near.retain(|number| sees(*number));
            }
        };
        if let Some(decided) = &mut self.known.authority.decided {
            keep(&mut decided.held_against);
        }
        if let Some(decided) = &mut self.known.people {
            keep(&mut decided.particulars.held_against);
        }
        for entry in &mut self.timeline {
            match &mut entry.event {
                Event::AuthorityDecided { held_against, .. } => keep(held_against),
                Event::PeopleDecided { particulars: Some(it), .. } => keep(&mut it.held_against),
                _ => (),
            }
        }
        self.known.linked.retain(|other, _| sees(other.number));
        self.known.duplicates.retain(|other| sees(other.number));
        for entry in &mut self.timeline {
            if let Event::CaseLinked { other, .. }
            | Event::DuplicateTakenIn { other, .. }
            | Event::CaseMerged { into: other, .. } = &entry.event
            {
                entry.is_hidden |= !sees(other.number);
            }
        }
        self
    }

    /// The same case for somebody who hands none over to the archive: its titles there as the
    /// public reads them.
    #[must_use]
    pub fn without_shielded_words(mut self) -> Self {
        let of_events = self.timeline.iter_mut().filter_map(|entry| match &mut entry.event {
            Event::Archiving(archiving::Event::ArchivePrepared { entries, .. }) => Some(entries),
            _ => None,
        });
        let packages = self.known.archive.packages.iter_mut().map(|it| &mut it.entries);
        for entry in of_events.chain(packages).flatten() {
            entry.title = entry.public_title.clone();
        }
        self
    }

    /// The same case for somebody who neither prepares nor signs letters: of what was drafted, what
    /// it is called; of whom was asked outside the organisation, no address.
    #[must_use]
    pub fn without_letters(mut self) -> Self {
        for inquiry in self.known.inquiries.values_mut() {
            inquiry.respondent.forget_address();
        }
        for entry in &mut self.timeline {
            match &mut entry.event {
                Event::Letter(letter::Event::LetterDrafted { text, .. }) => text.keep_title(),
                Event::InquiryMade(made) => made.respondent.forget_address(),
                Event::Confirmation(confirmation::Event::ConfirmationAsked(asked)) => {
                    forget_address(&mut asked.recipient);
                }
                _ => (),
            }
        }
        self
    }

    /// The same case for somebody who handles none of it, such as a leader: without the notes.
    #[must_use]
    pub fn without_notes(mut self) -> Self {
        self.known.notes.clear();
        self.timeline.retain(|entry| !matches!(entry.event, Event::NoteAdded { .. }));
        self
    }

    /// The same case for somebody who takes no part in what the reporter and the officer say to
    /// each other, where the reporter is not named: in their own words people tell who they are.
    #[must_use]
    pub fn without_dialogue(mut self) -> Self {
        if !self.is_reporter_named() {
            self.known.questions.clear();
            self.known.additions.clear();
            self.timeline.retain(|entry| !is_dialogue(&entry.event));
        }
        self
    }

    fn is_reporter_named(&self) -> bool {
        matches!(self.known.report.reporter, Reporter::Named(_))
    }

    /// The same case for somebody who needs no details of matters between the employer and those
    /// employed: that there is one stays.
    #[must_use]
    pub fn without_personnel_details(mut self) -> Self {
        let is_one = |it: &Referral| it.kind == ReferralKind::PersonnelMatter;
        for referral in self.known.referrals.iter_mut().filter(|it| is_one(it)) {
            *referral = referral.clone().without_details();
        }
        for entry in &mut self.timeline {
            if let Event::CaseReferred(referral) = &mut entry.event
                && is_one(referral)
            {
                **referral = (**referral).clone().without_details();
            }
        }
        self
    }

    /// The same case for somebody who is to learn neither who reported nor who is involved: both
    /// are taken out wherever they stand, so that nothing downstream can show them. So is what the
    /// reporter attached, since a file may tell who made it, and who wrote down what somebody
    /// reported in confidence, since it tells whom they turned to.
    #[must_use]
    pub fn without_reporter_and_involved(mut self) -> Self {
        if !self.is_reporter_named()
            && let Some((at, typist)) = self.timeline.first().map(|entry| (entry.at, entry.by))
        {
            // What follows from a report is recorded with it, by whoever wrote it down.
            let with_it = |entry: &&mut Entry| (entry.at, entry.by) == (at, typist);
            self.timeline.iter_mut().filter(with_it).for_each(|entry| entry.by = Actor::Reporter);
        }
        unnamed(&mut self.known.report);
        self.known.involved.forget_all();
        self.known.openings.clear();
        self.known.attachments.retain(|it| it.source != AttachmentSource::Reporter);
        self.timeline.retain_mut(|entry| is_open_part(&mut entry.event));
        self
    }
}

/// Takes out of a report who made it, and the language they used, which may tell who it was.
fn unnamed(report: &mut Report) {
    if !matches!(report.reporter, Reporter::Named(_)) {
        report.language = None;
    }
    report.reporter = Reporter::Anonymous;
}

/// Whether an event is part of what the reporter and the officer say to each other.
#[must_use]
pub fn is_dialogue(event: &Event) -> bool {
    matches!(
        event,
        Event::InformationAdded { .. }
            | Event::ReporterAsked { .. }
            | Event::ReporterAnswered { .. }
    )
}

/// An event as everybody sees it who sees the case at all, such as a leader; nothing where some are
/// not to see it.
#[must_use]
pub fn seen_by_all(mut event: Event) -> Option<Event> {
    let is_for_some = matches!(
        event,
        Event::NoteAdded { .. } | Event::CaseLinked { .. } | Event::CaseMerged { .. }
    );
    if !is_open_part(&mut event) || is_dialogue(&event) || is_for_some {
        return None;
    }
    if let Event::CaseReferred(referral) = &mut event
        && referral.kind == ReferralKind::PersonnelMatter
    {
        **referral = (**referral).clone().without_details();
    }
    Some(event)
}

/// Whether anything of an event is left for those who are to learn neither who reported nor who is
/// involved, nor what was found about a colleague; takes the rest out.
fn is_open_part(event: &mut Event) -> bool {
    match event {
        Event::PersonInvolved { .. }
        | Event::PersonErased { .. }
        | Event::Correction(correction::Event::InvolvementWithdrawn { .. })
        | Event::Access(access::Event::OpeningReviewed { .. }) => false,
        Event::AttachmentAdded(it) => it.source != AttachmentSource::Reporter,
        Event::DeviationReported(report) => {
            unnamed(report);
            true
        }
        _ => true,
    }
}

fn entry(recorded: &Recorded) -> Option<Entry> {
    let AnyEvent::Case(event) = &recorded.event else { return None };
    let Recorded { version, at, by, .. } = *recorded;
    Some(Entry { version, at, by, event: event.clone(), is_hidden: false })
}

#[cfg(test)]
mod tests;
