//! Figures on cases that were made for it.

use chrono::{TimeDelta, TimeZone, Utc};
use domain::Time;
use domain::assessment::severity::Band;
use domain::case::Event;
use domain::case::report::Channel;
use domain::duty::Jurisdiction;
use uuid::Uuid;

use super::*;
use crate::properties::report;

mod attacks;

const TOP: UnitId = UnitId(Uuid::from_u128(10));
const SCHOOL: UnitId = UnitId(Uuid::from_u128(11));
const CLASS: UnitId = UnitId(Uuid::from_u128(12));
const HOME: UnitId = UnitId(Uuid::from_u128(13));

/// A case as its report has it.
pub(super) fn case(reported_at: Time) -> CaseFigures {
    let Event::DeviationReported(report) = report(1) else { panic!("a report") };
    CaseFigures { unit: HOME, ..CaseFigures::new(&report, reported_at) }
}

fn at(year: i32, month: u32, day: u32, hour: u32) -> Time {
    Utc.with_ymd_and_hms(year, month, day, hour, 0, 0).unwrap()
}

fn figures(cases: impl IntoIterator<Item = CaseFigures>) -> Figures {
    let numbered = (1..).map(|number| CaseId(Uuid::from_u128(number)));
    let unit = |name: &str, parent| Unit { name: name.to_owned(), parent };
    Figures {
        cases: numbered.zip(cases).collect(),
        units: [
            (TOP, unit("Kommunen", None)),
            (SCHOOL, unit("Skolen", Some(TOP))),
            (CLASS, unit("Klassen", Some(SCHOOL))),
            (HOME, unit("Hjemmet", Some(TOP))),
        ]
        .into(),
        ..Figures::default()
    }
}

/// The year 2026 beside the one before it, told on its last day.
fn asked() -> Asked {
    Asked {
        span: Span::year(2026).expect("a year"),
        years_before: 1,
        unit: None,
        at: at(2026, 12, 31, 12),
        calendar: Calendar { jurisdiction: Jurisdiction::No, zone: chrono_tz::Europe::Oslo },
        is_published: false,
        unseen: Unseen::default(),
    }
}

fn counts(table: &Table, column: usize) -> Vec<(Label, u64)> {
    let rows = table.rows.iter().filter_map(|row| match row.cells[column] {
        Cell::Count(count) if 0 < count => Some((row.label.clone(), count)),
        _ => None,
    });
    rows.collect()
}

/// The counts of a table that are not none, by the words of their rows.
fn words(statistics: &Statistics, key: Key) -> Vec<(&'static str, u64)> {
    let table = statistics.table(key).expect("the table");
    let words = counts(table, 0).into_iter().filter_map(|(label, count)| match label {
        Label::Word(word) => Some((word, count)),
        _ => None,
    });
    words.collect()
}

#[test]
fn a_month_that_lies_ahead_is_none_that_had_no_case() {
    let asked = Asked { at: at(2026, 3, 31, 12), ..asked() };
    let told = figures([case(at(2026, 1, 5, 9))]).tell(&asked);
    let cell = |month, column| {
        let label = Label::Month(Month { year: 2026, month });
        told.table(Key::Months).unwrap().cell(&label, column).unwrap()
    };
    assert_eq!([cell(1, 0), cell(3, 0)], [Cell::Count(1), Cell::Count(0)]);
    assert_eq!([cell(4, 0), cell(12, 0)], [Cell::NotBegun; 2]);
    assert_eq!(cell(12, 1), Cell::Count(0));
}

#[test]
fn cases_are_counted_in_the_month_of_the_local_day() {
    // Half past eleven in the evening of the last of January in UTC is February in Oslo.
    let told = figures([at(2026, 1, 31, 23), at(2026, 2, 3, 9), at(2025, 2, 3, 9)].map(case))
        .tell(&asked());
    let months = told.table(Key::Months).unwrap();
    let february = Label::Month(Month { year: 2026, month: 2 });
    assert_eq!(counts(months, 0), [(february.clone(), 2), (Label::Total, 2)]);
    assert_eq!(counts(months, 1), [(february, 1), (Label::Total, 1)]);
}

#[test]
fn a_unit_has_the_cases_of_those_below_it() {
    let of = |unit| CaseFigures { unit, ..case(at(2026, 3, 2, 9)) };
    let figures = figures([TOP, SCHOOL, CLASS, CLASS, HOME].map(of));
    let told = figures.tell(&asked());
    let rows = [
        (Label::Unit(TOP, 0), 5),
        (Label::Unit(HOME, 1), 1),
        (Label::Unit(SCHOOL, 1), 3),
        (Label::Unit(CLASS, 2), 2),
        (Label::Total, 5),
    ];
    assert_eq!(counts(told.table(Key::Units).unwrap(), 0), rows);
    let told = figures.tell(&Asked { unit: Some(SCHOOL), ..asked() });
    let rows = [(Label::Unit(SCHOOL, 0), 3), (Label::Unit(CLASS, 1), 2), (Label::Total, 3)];
    assert_eq!(counts(told.table(Key::Units).unwrap(), 0), rows);
}

#[test]
fn whoever_is_shown_no_case_is_told_of_none_and_of_none_of_its_measures() {
    let received = CaseFigures { is_received: true, ..case(at(2026, 3, 2, 9)) };
    let figures = figures([received.clone(), received, case(at(2026, 3, 3, 9))]);
    let (first, _) = figures.cases.iter().find(|(_, case)| case.is_received).unwrap();
    let total = |unseen: Unseen| figures.tell(&Asked { unseen, ..asked() }).total();
    assert_eq!(total(Unseen::default()), Cell::Count(3));
    assert_eq!(total(Unseen { not_received: true, ..Unseen::default() }), Cell::Count(2));
    let both = Unseen { not_received: true, involving: [*first].into() };
    assert_eq!(figures.told(&both).count(), 1);
    assert_eq!(total(both), Cell::Count(1));
}

#[test]
fn cases_are_counted_by_kind_severity_source_and_channel() {
    let phone = CaseFigures {
        kind: Kind::Several,
        severity: Some(Band::High),
        source: Source::Anonymous,
        channel: Channel::Phone,
        ..case(at(2026, 3, 2, 9))
    };
    let processor = CaseFigures {
        source: Source::Processor,
        channel: Channel::Processor,
        ..case(at(2026, 3, 2, 9))
    };
    let told = figures([phone.clone(), phone, processor]).tell(&asked());
    assert_eq!(words(&told, Key::Kinds), [("several", 2), ("not_stated", 1)]);
    assert_eq!(words(&told, Key::Severity), [("high", 2), ("not_assessed", 1)]);
    assert_eq!(words(&told, Key::Sources), [("anonymous", 2), ("processor", 1)]);
    assert_eq!(words(&told, Key::Channels), [("phone", 2), ("processor", 1)]);
    assert_eq!(words(&told, Key::People), [("unknown", 3)]);
}

#[test]
fn the_time_to_the_notification_is_summed_up() {
    let after = |hours| CaseFigures {
        notified_at: Some(at(2026, 3, 2, 9) + TimeDelta::hours(hours)),
        ..case(at(2026, 3, 2, 9))
    };
    let told = figures([after(2), after(20), after(72), after(100), case(at(2026, 3, 2, 9))])
        .tell(&asked());
    let table = told.table(Key::ToNotification).unwrap();
    let cell = |word| table.cell(&Label::Word(word), 0).unwrap();
    assert_eq!(cell("known"), Cell::Count(4));
    assert_eq!(cell("within_72_hours"), Cell::Count(3));
    assert_eq!(cell("within_72_hours_share"), Cell::Share { part: 3, of: 4 });
    assert_eq!(cell("median"), Cell::Minutes(20 * 60));
    assert_eq!(cell("ninetieth"), Cell::Minutes(100 * 60));
    assert_eq!(cell("up_to_week"), Cell::Count(1));
    assert_eq!(table.cell(&Label::Word("median"), 1), Some(Cell::Nothing));
}

#[test]
fn a_silent_unit_is_one_that_says_less_than_it_used_to() {
    let school = |year, count: u32| {
        let days = (1..=count).map(move |day| at(year, 1 + day % 12, 1 + day % 28, 9));
        days.map(|at| CaseFigures { unit: CLASS, ..case(at) })
    };
    let home = |year| (1..=12).map(move |month| case(at(year, month, 3, 9)));
    let cases = school(2025, 24).chain(school(2026, 3)).chain(home(2025)).chain(home(2026));
    let mut figures = figures(cases);
    for number in 0..40 {
        let unit = if number < 20 { CLASS } else { HOME };
        let member = Member { unit, is_active: true };
        figures.people.insert(UserId(Uuid::from_u128(number)), member);
    }
    let silent = |asked: &Asked| {
        let told = figures.tell(asked);
        told.table(Key::Silence).unwrap().rows.clone()
    };
    let rows = silent(&asked());
    let units: Vec<_> = rows.iter().map(|row| row.label.clone()).collect();
    assert_eq!(units, [Label::Unit(TOP, 0), Label::Unit(SCHOOL, 1), Label::Unit(CLASS, 2)]);
    assert_eq!(rows[2].cells[..2], [Cell::Count(20), Cell::Count(3)]);
}

#[test]
fn what_is_published_has_no_small_count_in_it() {
    let of = |unit| CaseFigures { unit, ..case(at(2026, 3, 2, 9)) };
    let cases = [vec![of(TOP); 6], vec![of(HOME); 9], vec![of(CLASS); 2]].concat();
    let told = figures(cases).tell(&Asked { is_published: true, ..asked() });
    let units = told.table(Key::Units).unwrap();
    let cell = |unit, depth| units.cell(&Label::Unit(unit, depth), 0).unwrap();
    assert_eq!(cell(TOP, 0), Cell::Count(17));
    assert_eq!([cell(SCHOOL, 1), cell(CLASS, 2)], [Cell::Suppressed; 2]);
}
