//! Everything about one case, folded from its own stream when somebody opens it.

use domain::case::dealings::{OtherCase, Referral, ReferralKind};
use domain::case::evolve::{Fact, evolve};
use domain::case::practice::HeldAgainst;
use domain::case::report::Reporter;
use domain::case::{AttachmentSource, Case, Event, OpenCase, Standing, access};
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
        let known = folded.known()?.clone();
        Some(Self { case, known, standing, timeline })
    }

    /// The case it goes on in, if it ended so.
    #[must_use]
    pub fn merged_into(&self) -> Option<OtherCase> {
        self.timeline.iter().rev().find_map(|entry| match &entry.event {
            Event::CaseMerged { into, .. } => Some(*into),
            _ => None,
        })
    }

    /// The same case, naming of those it was held against only the cases that `sees` lets through.
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
        self
    }

    /// The same case for somebody who handles none of it, such as a leader: without the notes.
    #[must_use]
    pub fn without_notes(mut self) -> Self {
        self.known.notes.clear();
        self.timeline.retain(|entry| !matches!(entry.event, Event::NoteAdded { .. }));
        self
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
    /// reporter attached, since a file may tell who made it.
    #[must_use]
    pub fn without_reporter_and_involved(mut self) -> Self {
        self.known.report.reporter = Reporter::Anonymous;
        self.known.involved.forget_all();
        self.known.openings.clear();
        self.known.attachments.retain(|it| it.source != AttachmentSource::Reporter);
        self.timeline.retain_mut(|entry| is_open_part(&mut entry.event));
        self
    }
}

/// An event as everybody sees it who sees the case at all, such as a leader; nothing where some are
/// not to see it.
#[must_use]
pub fn seen_by_all(mut event: Event) -> Option<Event> {
    if !is_open_part(&mut event) || matches!(event, Event::NoteAdded { .. }) {
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
        | Event::Access(access::Event::OpeningReviewed { .. }) => false,
        Event::AttachmentAdded(it) => it.source != AttachmentSource::Reporter,
        Event::DeviationReported(report) => {
            report.reporter = Reporter::Anonymous;
            true
        }
        _ => true,
    }
}

fn entry(recorded: &Recorded) -> Option<Entry> {
    let AnyEvent::Case(event) = &recorded.event else { return None };
    let Recorded { version, at, by, .. } = *recorded;
    Some(Entry { version, at, by, event: event.clone() })
}

#[cfg(test)]
mod tests {
    use domain::case::erasure::{ErasureGround, PartInCase};
    use domain::case::report::ReporterIdentity;
    use domain::ids::{PersonId, UserId};
    use domain::{Erasable, Position};
    use uuid::Uuid;

    use super::*;
    use crate::properties::{hour, report};

    const REPORTER: UserId = UserId(Uuid::from_u128(7));
    const ERASED: PersonId = PersonId(Uuid::from_u128(10));
    const INVOLVED: UserId = UserId(Uuid::from_u128(8));

    fn case() -> CaseId {
        CaseId(Uuid::from_u128(1))
    }

    fn named_report() -> Event {
        let Event::DeviationReported(mut report) = report(1) else { panic!("a report") };
        let person = PersonId(Uuid::from_u128(9));
        let name = "Mona Strandvold".to_owned();
        let identity = ReporterIdentity { person, user: Some(REPORTER), name, contact: None };
        report.reporter = Reporter::Named(Erasable::about(person, identity));
        Event::DeviationReported(report)
    }

    fn file(events: Vec<Event>) -> CaseFile {
        let stream: Vec<Recorded> = (1..)
            .zip(events)
            .map(|(version, event)| Recorded {
                position: Position(u64::from(version)),
                stream: case().into(),
                version: Version(version),
                at: hour(i64::from(version)),
                by: Actor::Service,
                event: event.into(),
            })
            .collect();
        CaseFile::fold(case(), &stream).expect("a case")
    }

    #[test]
    fn at_a_moment_nothing_is_known_of_what_came_later() {
        let added = |text: &str| Event::InformationAdded { text: Erasable::known(text.to_owned()) };
        let now = file(vec![named_report(), added("at hour 2"), added("at hour 3")]);
        assert_eq!(now.as_of(hour(0)), None);
        assert_eq!(now.as_of(hour(1)), Some(file(vec![named_report()])));
        assert_eq!(now.as_of(hour(2)), Some(file(vec![named_report(), added("at hour 2")])));
        assert_eq!(now.as_of(hour(40)), Some(now));
    }

    #[test]
    fn neither_notes_nor_details_of_personnel_matters_are_left_for_those_without_need() {
        let text = |words: &str| Erasable::known(words.to_owned());
        let refer = |kind| {
            Event::CaseReferred(Box::new(Referral {
                kind,
                to: text("somebody"),
                subject: text("looked up without need"),
                referred_at: hour(1),
                reference: Some(text("26/1")),
            }))
        };
        let (police, personnel) =
            (refer(ReferralKind::PoliceReport), refer(ReferralKind::PersonnelMatter));
        let noted = Event::NoteAdded { text: text("ring her") };
        let seen = file(vec![named_report(), noted, police.clone(), personnel]);
        let seen = seen.without_notes().without_personnel_details();
        assert!(seen.known.notes.is_empty());
        assert_eq!(seen.timeline.len(), 3);
        assert_eq!(seen.timeline[1].event, police);
        let Event::CaseReferred(referral) = &seen.timeline[2].event else { panic!("a referral") };
        assert!(referral.to.is_erased() && referral.subject.is_erased());
        assert_eq!(referral.reference, None);
        assert_eq!(seen.known.referrals[1], **referral);
        assert_eq!(seen.as_of(hour(4)).map(|it| it.known), Some(seen.known));
    }

    #[test]
    fn neither_reporter_nor_those_involved_are_left_anywhere() {
        let involved = Event::PersonInvolved { user: Erasable::about(INVOLVED, INVOLVED) };
        let added = Event::InformationAdded { text: Erasable::known("more".to_owned()) };
        let erased = Event::PersonErased {
            person: ERASED,
            part: PartInCase::Involved,
            ground: ErasureGround::Ordered,
            basis: "26/00417".to_owned(),
        };
        let whole = file(vec![named_report(), involved, added, erased]);
        assert!(whole.known.involved.contains(&INVOLVED));
        let seen = whole.without_reporter_and_involved();
        assert_eq!(seen.known.involved.iter().count(), 0);
        assert_eq!(seen.known.report.reporter, Reporter::Anonymous);
        let told: Vec<(Version, &str)> =
            seen.timeline.iter().map(|entry| (entry.version, (&entry.event).into())).collect();
        assert_eq!(told, [(Version(1), "deviation_reported"), (Version(3), "information_added")]);
        let Event::DeviationReported(report) = &seen.timeline[0].event else { panic!("a report") };
        assert_eq!(report.reporter, Reporter::Anonymous);
    }
}
