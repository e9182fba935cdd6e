//! What holds for figures: they are those that somebody counts who goes through every event by
//! hand, and they need no more of the log than they ask for.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::assessment::severity::Band;
use domain::case::report::{BreachKind, Openness};
use domain::case::{Phase, Standing};
use domain::duty::{Calendar, Jurisdiction, Length};

use super::*;
use crate::statistics::{
    Asked, Cell, Column, Figures, Key, Label, Month, Span, Statistics, Unseen,
};

const CALENDAR: Calendar =
    Calendar { jurisdiction: Jurisdiction::No, zone: chrono_tz::Europe::Oslo };

/// A case with its facts, in order.
type Facts<'a> = [&'a Recorded];

/// The same facts over some years, each report with a channel, a time and kinds of its own.
fn varied() -> impl Strategy<Value = Vec<Recorded>> {
    let channels = prop::sample::select(vec![
        Channel::WebForm,
        Channel::Phone,
        Channel::Processor,
        Channel::DataSubject,
        Channel::OwnInitiative,
    ]);
    let kinds = prop::collection::btree_set(
        prop::sample::select(vec![BreachKind::Confidentiality, BreachKind::Integrity]),
        0..3,
    );
    let reports = prop::collection::vec((channels, kinds, 0..200i64), 3);
    let hours = prop::collection::vec(0..1_500i64, 63);
    (history(), reports, hours).prop_map(|(mut history, reports, hours)| {
        let mut at = hour(0);
        for (recorded, hours) in history.iter_mut().zip(hours) {
            at += TimeDelta::hours(hours);
            recorded.at = at;
        }
        for (recorded, (channel, breach, hours)) in history.iter_mut().zip(reports) {
            let at = recorded.at;
            let domain::Event::Case(Event::DeviationReported(report)) = &mut recorded.event else {
                panic!("the first facts are reports");
            };
            report.channel = channel;
            report.breach = breach;
            report.discovered_at = Some(at - TimeDelta::hours(hours)).filter(|_| 20 < hours);
            report.occurred = Occurred::At(at - TimeDelta::hours(2 * hours));
        }
        history
    })
}

fn asked(year: i32, at: Time) -> Asked {
    Asked {
        span: Span::year(year).expect("a year"),
        years_before: 1,
        unit: None,
        at,
        calendar: CALENDAR,
        is_published: false,
        unseen: Unseen::default(),
    }
}

fn folded(history: &[Recorded]) -> Figures {
    let mut figures = Figures::default();
    for recorded in history {
        figures.apply(recorded);
    }
    figures
}

/// What is needed of the history, as the journal hands it over.
fn needed(history: &[Recorded]) -> Figures {
    let mut figures = Figures::default();
    for recorded in history {
        let domain::Event::Case(event) = &recorded.event else { panic!("the history is of cases") };
        if Figures::needed(StreamKind::Case, event.name()) == Needed::Open {
            let event = unread(event, None);
            figures.apply(&Recorded { event: event.into(), ..recorded.clone() });
        }
        figures.pass(recorded.position);
    }
    figures
}

/// The event of a fact of a case.
fn event(recorded: &Recorded) -> &Event {
    let domain::Event::Case(event) = &recorded.event else { panic!("the history is of cases") };
    event
}

/// The last thing that some facts tell.
fn last<'a, T>(facts: &Facts<'a>, told: impl Fn(&'a Event) -> Option<T>) -> Option<T> {
    facts.iter().rev().find_map(|it| told(event(it)))
}

fn count_of(facts: &Facts<'_>, is: impl Fn(&Event) -> bool) -> u64 {
    facts.iter().filter(|it| is(event(it))).count() as u64
}

/// How the case ended by its last fact that says so.
fn ended(facts: &Facts<'_>) -> Option<Phase> {
    last(facts, |event| match event {
        Event::CaseClosed { .. } => Some(Some(Phase::Closed)),
        Event::ClosedAsNotADeviation { .. } => Some(Some(Phase::ClosedAsNotADeviation)),
        Event::CaseMerged { .. } => Some(Some(Phase::Merged)),
        Event::CaseReopened { .. } => Some(None),
        _ => None,
    })?
}

/// Counts and cells that are told of a column, by table and row.
type Told = BTreeMap<(Key, Label), u64>;

/// Goes through the facts of every case and counts what is to be told of a span.
fn recount(history: &[Recorded], span: Span, asked: &Asked) -> Told {
    let mut told = Told::new();
    for number in 0..3u128 {
        let stream = StreamId::from(CaseId(Uuid::from_u128(number)));
        let facts: Vec<&Recorded> = history.iter().filter(|it| it.stream == stream).collect();
        recount_measures(&mut told, &facts, span, asked);
        let reported_at = facts[0].at;
        let day = CALENDAR.day_of(reported_at);
        if span.holds(day) && ended(&facts) != Some(Phase::Merged) {
            recount_case(&mut told, &facts, asked);
            let month = Month {
                year: asked.span.first.format("%Y").to_string().parse().unwrap(),
                ..Month::of(day)
            };
            *told.entry((Key::Months, Label::Month(month))).or_default() += 1;
        }
    }
    told
}

fn recount_case(told: &mut Told, facts: &Facts<'_>, asked: &Asked) {
    let Event::DeviationReported(report) = event(facts[0]) else { panic!("a report first") };
    let mut add = |key, label, count| *told.entry((key, label)).or_default() += count;
    let mut word = |key, word: &'static str| add(key, Label::Word(word), 1);
    let kinds: Vec<&str> = report.breach.iter().map(Into::into).collect();
    word(
        Key::Kinds,
        match kinds[..] {
            [] => "not_stated",
            [one] => BreachKind::try_from(one).expect("a kind").into(),
            _ => "several",
        },
    );
    let quarters = last(facts, |event| match event {
        Event::CaseAssessed { advice, .. } => advice.as_ref().map(|it| it.severity_quarters),
        _ => None,
    });
    word(Key::Severity, quarters.map_or("not_assessed", |it| Band::of(it).into()));
    word(Key::Channels, report.channel.into());
    word(Key::People, report.people.into());
    word(
        Key::Sources,
        match report.channel {
            Channel::Processor | Channel::DataSubject | Channel::OwnInitiative => {
                report.channel.into()
            }
            _ => {
                assert_eq!(report.reporter.openness(), Openness::Confidential);
                "confidential"
            }
        },
    );
    recount_handling(&mut word, facts, report, asked);
    let people = facts.iter().filter_map(|it| match event(it) {
        Event::PeopleTold(told) => told.people,
        _ => None,
    });
    add(Key::KeyFigures, Label::Word("people_told"), people.map(u64::from).sum());
    let received = last(facts, |event| match event {
        Event::CaseReceived { unit, category, .. }
        | Event::Custody(domain::case::custody::Event::CaseReclassified {
            unit, category, ..
        }) => Some((*unit, category.clone())),
        _ => None,
    });
    let (unit, category) = received.unwrap_or((report.unit, report.category.clone()));
    add(Key::Units, Label::Unit(unit, 0), 1);
    add(Key::Categories, Label::Category(category), 1);
    for key in [
        Key::KeyFigures,
        Key::Months,
        Key::Units,
        Key::Categories,
        Key::Kinds,
        Key::Severity,
        Key::Sources,
        Key::Channels,
        Key::People,
    ] {
        add(key, Label::Total, 1);
    }
}

fn recount_handling(
    word: &mut impl FnMut(Key, &'static str),
    facts: &Facts<'_>,
    report: &Report,
    asked: &Asked,
) {
    recount_times(word, facts, report);
    word(
        Key::KeyFigures,
        match ended(facts) {
            None => "open",
            Some(Phase::ClosedAsNotADeviation) => "no_deviation",
            Some(_) => "closed",
        },
    );
    for (name, is_so) in [
        ("told", 0 < count_of(facts, |it| matches!(it, Event::PeopleTold(_)))),
        ("recurring", 0 < count_of(facts, |it| matches!(it, Event::CaseLinked { .. }))),
        ("returned", 0 < count_of(facts, |it| matches!(it, Event::CaseReturned { .. }))),
    ] {
        if is_so {
            word(Key::KeyFigures, name);
        }
    }
    let names = [
        "case_received",
        "reporter_asked",
        "authority_decided",
        "case_closed",
        "closed_as_not_a_deviation",
        "case_merged",
    ];
    let answered = facts.iter().find(|it| names.contains(&event(it).name())).map(|it| it.at);
    let due_at = Length::WorkingDays(3).due_at(facts[0].at, CALENDAR);
    if report.channel != Channel::OwnInitiative && (answered.is_some() || due_at < asked.at) {
        word(Key::KeyFigures, "answer_due");
        if answered.is_some_and(|at| at <= due_at) {
            word(Key::KeyFigures, "answered_in_time");
        }
    }
}

/// Counts how long the case took to be discovered, reported and notified.
fn recount_times(word: &mut impl FnMut(Key, &'static str), facts: &Facts<'_>, report: &Report) {
    let mut standing = Standing::reported(report.known_since(), facts[0].at);
    for it in facts {
        standing.apply(event(it));
    }
    let first_notified = facts.iter().find_map(|it| match event(it) {
        Event::AuthorityNotified { sent_at, .. } => Some(*sent_at),
        _ => None,
    });
    let Occurred::At(occurred_at) = report.occurred else { panic!("when it occurred is known") };
    for (key, from, until) in [
        (Key::ToDiscovery, Some(occurred_at), report.discovered_at),
        (Key::ToReport, report.discovered_at, Some(facts[0].at)),
        (Key::ToNotification, Some(standing.deadline.aware_at), first_notified),
    ] {
        let Some(seconds) = from.zip(until).map(|(from, until)| (until - from).num_seconds())
        else {
            continue;
        };
        let is_notification = key == Key::ToNotification;
        if seconds < 0 && !is_notification {
            continue;
        }
        let limits = [4, 24, 72, 168, 720].map(|hours: i64| hours * 3_600);
        let steps = [
            "up_to_four_hours",
            "up_to_day",
            "up_to_three_days",
            "up_to_week",
            "up_to_month",
            "longer",
        ];
        word(key, steps[limits.iter().filter(|limit| **limit < seconds).count()]);
        word(key, "known");
        if is_notification {
            word(Key::KeyFigures, "notified");
        }
        if seconds <= 72 * 3_600 {
            word(key, "within_72_hours");
            if is_notification {
                word(Key::KeyFigures, "within_72_hours");
            }
        }
    }
}

fn recount_measures(told: &mut Told, facts: &Facts<'_>, span: Span, asked: &Asked) {
    let proposals = facts.iter().enumerate().filter(|(_, it)| {
        matches!(event(it), Event::MeasureProposed { .. }) && span.holds(CALENDAR.day_of(it.at))
    });
    for (place, proposal) in proposals {
        let Event::MeasureProposed { measure, kind, due_at, .. } = event(proposal) else {
            continue;
        };
        let after = &facts[place + 1..];
        let falls_away = |it: &&Recorded| event(it).drops(*measure);
        if after.iter().any(falls_away) {
            continue;
        }
        let done = last(after, |event| match event {
            Event::MeasureCompleted { .. } => Some(true),
            Event::MeasureVerified { effective: false, .. } => Some(false),
            _ => None,
        });
        let done = done == Some(true);
        let effect = last(after, |event| match event {
            Event::EffectReviewed { effect, .. } => Some(Some(*effect)),
            Event::MeasureCompleted { .. } => Some(None),
            _ => None,
        });
        let effect = effect.flatten();
        let marks = [
            ("proposed", true),
            ("open", !done),
            ("overdue", !done && *due_at < asked.at),
            ("done", done),
            ("effect_reviewed", effect.is_some()),
            ("effect_works", effect == Some(Effect::Works)),
            (kind.into(), true),
        ];
        for (word, _) in marks.into_iter().filter(|(_, is_so)| *is_so) {
            *told.entry((Key::Measures, Label::Word(word))).or_default() += 1;
        }
    }
}

/// Every count of a column, by table and row; none is left out.
fn counts(statistics: &Statistics, span: Span) -> Told {
    let mut told = Told::new();
    for table in &statistics.tables {
        let Some(column) = table.columns.iter().position(|it| *it == Column::Span(span)) else {
            continue;
        };
        for row in &table.rows {
            if let Cell::Count(count) = row.cells[column]
                && 0 < count
            {
                told.insert((table.key, row.label.clone()), count);
            }
        }
    }
    told
}

proptest! {
    #[test]
    fn figures_are_those_that_somebody_counts_by_hand(history in varied(), cut in 1..63usize) {
        let history = &history[..history.len().min(cut.max(3))];
        let at = history.last().expect("there are reports").at;
        let figures = folded(history);
        for year in 2026..2030 {
            let asked = asked(year, at);
            let told = figures.tell(&asked);
            for span in told.spans.clone() {
                let mut expected = recount(history, span, &asked);
                expected.retain(|_, count| 0 < *count);
                prop_assert_eq!(counts(&told, span), expected);
            }
        }
    }

    #[test]
    fn figures_need_no_more_than_they_ask_for(history in varied()) {
        prop_assert_eq!(folded(&history), needed(&history));
        prop_assert_eq!(folded(&history), folded(&with_keys_gone(&history)));
    }

    #[test]
    fn an_erased_case_still_counts(history in varied()) {
        let erased = history.iter().filter(|it| {
            !matches!(event(it), Event::CaseErased { .. } | Event::PersonErased { .. })
        });
        let without: Vec<Recorded> = erased.cloned().collect();
        let (mut all, mut unerased) = (folded(&history), folded(&without));
        all.pass(Position(100));
        unerased.pass(Position(100));
        prop_assert_eq!(all, unerased);
    }
}

/// A name that is not one of an event would ask for nothing, unnoticed.
#[test]
fn the_names_asked_for_are_those_of_events() {
    let of = |kind| {
        let names = domain::Event::names(kind).iter();
        names.filter(|it| Figures::needed(kind, it) == Needed::Open).count()
    };
    assert_eq!((of(StreamKind::Case), of(StreamKind::Organisation)), (23, 3));
}
