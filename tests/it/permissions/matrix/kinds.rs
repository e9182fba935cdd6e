//! The kinds of case that a permit tells apart, each as a history, and somebody who asks.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::case::command::{Command, DecideOnAuthority};
use domain::case::erasure::{ErasureGround, PartInCase};
use domain::case::event::{AuthorityDecision, Event};
use domain::case::evolve::{Fact, fold};
use domain::case::practice::Practice;
use domain::case::report::{
    Channel, FollowUpHash, Occurred, PeopleEstimate, PersonalDataAffected, Report, Reporter,
    ReporterIdentity,
};
use domain::case::{Acting, Request, access, decide};
use domain::ids::{CaseId, CaseNumber, PersonId, UnitId, UserId};
use domain::organisation::{self, Organisation};
use domain::{Actor, Erasable, Position, Recorded, Role, Roles, StreamId, Time, Version};
use service::SignedIn;
use uuid::Uuid;
use views::Views;
use views::inbox::Row;

const TOWN: UnitId = UnitId(Uuid::from_u128(1));
const SCHOOL: UnitId = UnitId(Uuid::from_u128(2));
const HOME: UnitId = UnitId(Uuid::from_u128(3));
const HANDLER: UserId = UserId(Uuid::from_u128(12));
const CASE: CaseId = CaseId(Uuid::from_u128(21));

/// Whoever asks; they belong to the school.
pub(super) const SOMEBODY: UserId = UserId(Uuid::from_u128(11));

/// A case as somebody meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub(super) enum Kind {
    OwnUnit,
    NotTakenIn,
    OtherUnit,
    Confidential,
    Anonymous,
    Closed,
    ClosedElsewhere,
    Reopened,
    Erased,
    Handler,
    DeputyWhileAway,
    DeputyWhileThere,
    MeasureOwner,
    Asked,
    OpenedOutsideRole,
    OpeningOver,
    Audited,
    AuditOver,
    AuditRevoked,
    InvolvedInAudited,
    Involved,
    InvolvedDeputy,
    OfficersInvolved,
    InvolvedErased,
    InvolvedErasedOpened,
    OneTimePassword,
}

impl Kind {
    /// What the table calls it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::OwnUnit => "taken in, of one's own unit or one below it",
            Self::NotTakenIn => "reported for one's own unit and not taken in yet",
            Self::OtherUnit => "taken in, of another unit",
            Self::Confidential => "of one's own unit, reported in confidence",
            Self::Anonymous => "of one's own unit, reported anonymously",
            Self::Closed => "closed, of one's own unit",
            Self::ClosedElsewhere => "closed, of another unit",
            Self::Reopened => "taken up again after it was closed, of another unit",
            Self::Erased => "erased, of one's own unit",
            Self::Handler => "of another unit, with oneself as its handler",
            Self::DeputyWhileAway => "of another unit, with oneself as deputy of a handler away",
            Self::DeputyWhileThere => "of another unit, with oneself as deputy of a handler there",
            Self::MeasureOwner => "of another unit, with a measure one answers for",
            Self::Asked => "of another unit, with a question put to oneself",
            Self::OpenedOutsideRole => "closed, of another unit, and opened outside one's role",
            Self::OpeningOver => {
                "closed, of another unit, once an opening outside one's role is over"
            }
            Self::Audited => "closed, of another unit, and granted to oneself for an audit",
            Self::AuditOver => {
                "closed, of another unit, once what was granted to oneself for an audit is over"
            }
            Self::AuditRevoked => {
                "closed, of another unit, once what was granted to oneself for an audit was taken \
                 back"
            }
            Self::InvolvedInAudited => {
                "closed, of another unit, granted to oneself and with oneself named as involved"
            }
            Self::Involved => "of one's own unit, with oneself named as involved",
            Self::InvolvedDeputy => {
                "of one's own unit, with oneself as involved, and as deputy of a handler away"
            }
            Self::OfficersInvolved => "of one's own unit, with every officer as involved",
            Self::InvolvedErased => "of one's own unit, in which somebody involved was erased",
            Self::InvolvedErasedOpened => {
                "closed, of another unit, opened outside one's role, in which somebody involved \
                 was erased"
            }
            Self::OneTimePassword => "any, before one has replaced a one-time password",
        }
    }

    /// Whether the one who asks answers for a measure of it.
    pub(super) fn owns(self) -> bool {
        self == Self::MeasureOwner
    }

    /// Somebody in that role who asks about it.
    pub(super) fn somebody(self, role: Role) -> SignedIn {
        let must_choose_password = self == Self::OneTimePassword;
        SignedIn { must_choose_password, ..somebody(role) }
    }

    /// The case as lists know it.
    pub(super) fn case(self) -> Row {
        let mut views = Views::default();
        for (position, event) in (1..).zip(self.history()) {
            views.apply(&Recorded {
                position: Position(position),
                stream: StreamId::from(CASE),
                version: Version(1),
                at: now(),
                by: Actor::Service,
                event: event.into(),
            });
        }
        views.inbox.row(CASE).unwrap().clone()
    }

    /// The units, and the handler, who is away where the kind says so.
    pub(super) fn organisation(self) -> Organisation {
        let mut organisation = house();
        if matches!(self, Self::DeputyWhileAway | Self::InvolvedDeputy) {
            let until = now() + TimeDelta::hours(1);
            let away = organisation::Event::AbsenceRecorded { user: HANDLER, until };
            organisation::apply(&mut organisation, &away);
        }
        organisation
    }

    fn history(self) -> Vec<Event> {
        let named = || Reporter::Named(identity());
        let involved = Event::PersonInvolved { user: Erasable::about(SOMEBODY, SOMEBODY) };
        let deputy = Event::CaseAssigned { handler: HANDLER, deputy: Some(SOMEBODY) };
        let closed = Event::CaseClosed { grounds: None };
        match self {
            Self::NotTakenIn => vec![reported(named())],
            Self::OwnUnit | Self::OneTimePassword => vec![reported(named()), received(SCHOOL)],
            Self::OtherUnit | Self::MeasureOwner | Self::Asked => {
                vec![reported(named()), received(HOME)]
            }
            Self::Confidential => {
                vec![reported(Reporter::Confidential(identity())), received(SCHOOL)]
            }
            Self::Anonymous => vec![reported(Reporter::Anonymous), received(SCHOOL)],
            Self::Closed => vec![reported(named()), received(SCHOOL), closed],
            Self::ClosedElsewhere => vec![reported(named()), received(HOME), closed],
            Self::Reopened => {
                let reopened = Event::CaseReopened { reason: text("more") };
                vec![reported(named()), received(HOME), closed, reopened]
            }
            Self::Erased => {
                let (ground, basis) = (ErasureGround::RetentionReached, "26/1".to_owned());
                let erased = Event::CaseErased { ground, basis };
                vec![reported(named()), received(SCHOOL), closed, erased]
            }
            Self::Handler => {
                let own = Event::CaseAssigned { handler: SOMEBODY, deputy: None };
                vec![reported(named()), received(HOME), own]
            }
            Self::DeputyWhileAway | Self::DeputyWhileThere => {
                vec![reported(named()), received(HOME), deputy]
            }
            Self::OpenedOutsideRole => opened(now() + TimeDelta::hours(1)),
            Self::OpeningOver => opened(now()),
            Self::Audited => audited(now() + TimeDelta::hours(1)),
            Self::AuditOver => audited(now()),
            Self::AuditRevoked => {
                let (auditor, reason) = (SOMEBODY, text("done"));
                let revoked = access::Event::AuditRevoked { auditor, reason };
                with(audited(now() + TimeDelta::hours(1)), Event::Access(revoked))
            }
            Self::InvolvedInAudited => with(audited(now() + TimeDelta::hours(1)), involved),
            Self::Involved => vec![reported(named()), received(SCHOOL), involved],
            Self::InvolvedErased => {
                let reopened = Event::CaseReopened { reason: text("more") };
                with(with(Self::Closed.history(), forgotten()), reopened)
            }
            Self::InvolvedErasedOpened => with(opened(now() + TimeDelta::hours(1)), forgotten()),
            Self::OfficersInvolved => {
                let officer = Event::PersonInvolved { user: Erasable::about(HANDLER, HANDLER) };
                vec![reported(named()), received(SCHOOL), officer]
            }
            Self::InvolvedDeputy => {
                vec![reported(named()), received(SCHOOL), deputy, involved]
            }
        }
    }
}

/// Somebody at the school, in that role.
pub(super) fn somebody(role: Role) -> SignedIn {
    SignedIn {
        user: SOMEBODY,
        name: "Somebody".to_owned(),
        roles: Roles::from([role]),
        unit: SCHOOL,
        must_choose_password: false,
    }
}

/// The time at which everybody asks.
pub(super) fn now() -> Time {
    Time::from_timestamp(1_772_409_600, 0).unwrap()
}

/// Whether a case hears a decision on notifying the authority.
pub(super) fn decides(by: &Acting, delegated: bool) -> bool {
    let history = Kind::OtherUnit.history();
    let fact = |event| Fact { event, at: now(), by: Actor::Service };
    let case = fold(history.iter().map(fact));
    let (decision, grounds) = (AuthorityDecision::Notify, text("a risk"));
    let practice = Practice::default();
    let it = DecideOnAuthority { decision, grounds, departure: None, practice, delegated };
    let request = Request::DecideOnAuthority(it);
    decide(&case, &Command { at: now(), by: by.clone(), request }).is_ok()
}

fn house() -> Organisation {
    let unit =
        |unit, parent| organisation::Event::UnitCreated { unit, name: "a unit".to_owned(), parent };
    let sealed = || Erasable::about(HANDLER, "the handler".to_owned());
    let handler = organisation::Event::PersonRegistered {
        user: HANDLER,
        sign_in_name: sealed(),
        name: sealed(),
        email: None,
        unit: TOWN,
    };
    let units = [unit(TOWN, None), unit(SCHOOL, Some(TOWN)), unit(HOME, Some(TOWN))];
    let officer =
        organisation::Event::RolesGranted { user: HANDLER, roles: Roles::from([Role::Dpo]) };
    organisation::fold(&units.into_iter().chain([handler, officer]).collect::<Vec<_>>())
}

fn opened(until: Time) -> Vec<Event> {
    let (user, purpose) = (SOMEBODY, text("on duty"));
    let opened = access::Event::CaseOpenedOutsideRole { user, purpose, until };
    with(Kind::ClosedElsewhere.history(), Event::Access(opened))
}

fn audited(until: Time) -> Vec<Event> {
    let (auditor, purpose) = (SOMEBODY, text("the year's audit"));
    let granted = access::Event::AuditGranted { auditor, purpose, until };
    with(Kind::ClosedElsewhere.history(), Event::Access(granted))
}

fn forgotten() -> Event {
    let (ground, basis) = (ErasureGround::Ordered, "26/1".to_owned());
    let (person, part) = (PersonId(Uuid::from_u128(32)), PartInCase::Involved);
    Event::PersonErased { person, part, ground, basis }
}

fn with(mut history: Vec<Event>, event: Event) -> Vec<Event> {
    history.push(event);
    history
}

fn received(unit: UnitId) -> Event {
    let category = "other".parse().unwrap();
    Event::CaseReceived { category, category_version: None, unit, handler: HANDLER }
}

fn identity() -> Erasable<ReporterIdentity> {
    let person = PersonId(Uuid::from_u128(31));
    let identity =
        ReporterIdentity { person, user: None, name: "Somebody".to_owned(), contact: None };
    Erasable::about(person, identity)
}

fn text(words: &str) -> Erasable<String> {
    Erasable::known(words.to_owned())
}

fn reported(reporter: Reporter) -> Event {
    Event::DeviationReported(Box::new(Report {
        number: CaseNumber { year: 2026, sequence: 1 },
        category: "other".parse().unwrap(),
        category_version: 1,
        channel: Channel::WebForm,
        reporter,
        follow_up: FollowUpHash("a".repeat(64)),
        what_happened: text("it was lost"),
        occurred: Occurred::Unknown,
        discovered_at: None,
        aware_at: None,
        unit: SCHOOL,
        systems_and_devices: text(""),
        personal_data: PersonalDataAffected::Yes,
        breach: BTreeSet::new(),
        whose_data: text(""),
        people: PeopleEstimate::Unknown,
        sensitive: BTreeSet::new(),
        done_already: text(""),
        answers: Vec::new(),
        language: None,
    }))
}
