//! Reporting a deviation, and adding to the report.

use super::super::command::{Command, FileReport};
use super::super::refusal::{Refusal, RequiredText};
use super::super::report::Occurred;
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::{Erasable, Time};

/// Opens the case. A report is never turned away for what the reporter does not know, only for
/// saying nothing or for times that cannot be.
pub(super) fn decide(it: &FileReport, command: &Command) -> Decision {
    let report = &it.report;
    require(&report.what_happened, RequiredText::WhatHappened)?;
    not_in_future(report.discovered_at, command.at)?;
    not_in_future(report.aware_at, command.at)?;
    not_in_future(report.occurred.earliest(), command.at)?;
    if let Occurred::Between { from, until: Some(until) } = report.occurred {
        in_order(from, until)?;
    }
    if let (Some(earliest), Some(discovered_at)) =
        (report.occurred.earliest(), report.discovered_at)
    {
        in_order(earliest, discovered_at)?;
    }
    let mut events = vec![Event::DeviationReported(Box::new(report.clone()))];
    if !it.severe.is_empty() {
        events.push(Event::CaseFoundSevere { reasons: it.severe.clone() });
    }
    let attached = it.attachments.iter().cloned().map(Box::new).map(Event::AttachmentAdded);
    events.extend(attached);
    Ok(events)
}

/// The same report again changes nothing; another one belongs in a case of its own.
pub(super) fn repeated(case: &OpenCase, it: &FileReport) -> Decision {
    if case.report == it.report { nothing() } else { Err(Refusal::AlreadyReported) }
}

/// Keeps what the reporter adds, at any time, closed or not.
pub(super) fn add(case: &OpenCase, text: &Erasable<String>) -> Decision {
    require(text, RequiredText::Information)?;
    if case.additions.last() == Some(text) {
        return nothing();
    }
    fact(Event::InformationAdded { text: text.clone() })
}

fn not_in_future(given: Option<Time>, now: Time) -> Result<(), Refusal> {
    match given {
        Some(given) if now < given => Err(Refusal::TimeInFuture { given }),
        _ => Ok(()),
    }
}

fn in_order(earlier: Time, later: Time) -> Result<(), Refusal> {
    if later < earlier { Err(Refusal::TimesOutOfOrder { earlier, later }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Acting, Request};
    use super::super::super::report::Report;
    use super::super::super::spec::*;
    use super::*;
    use crate::category::SevereName;

    fn report_with(change: impl FnOnce(&mut Report)) -> Command {
        let mut report = lost_phone();
        change(&mut report);
        filed(FileReport { report, severe: Vec::new(), attachments: Vec::new() })
    }

    fn filed(it: FileReport) -> Command {
        command(monday(9), Acting::reporter(), Request::Report(Box::new(it)))
    }

    #[test]
    fn a_severe_report_is_found_so_at_once_with_the_reasons() {
        let reasons: Vec<_> =
            ["stolen-and-open", "many-people"].map(|it| SevereName::new(it).unwrap()).into();
        let file = || {
            filed(FileReport {
                report: lost_phone(),
                severe: reasons.clone(),
                attachments: Vec::new(),
            })
        };
        let found = Event::CaseFoundSevere { reasons: reasons.clone() };
        given([]).when(file()).then([reported(), found.clone()]);
        given([reported(), found]).when(file()).then([]);
    }

    #[test]
    fn a_report_opens_a_case() {
        given([]).when(report_with(|_| ())).then([reported()]);
    }

    #[test]
    fn the_same_report_twice_changes_nothing() {
        given([reported()]).when(report_with(|_| ())).then([]);
    }

    #[test]
    fn another_report_does_not_overwrite_the_first() {
        given([reported()])
            .when(report_with(|it| it.what_happened = text("something else")))
            .then_refused(Refusal::AlreadyReported);
    }

    #[test]
    fn a_report_must_say_what_happened() {
        for nothing in [" ", "\u{200b}\u{202e}"] {
            given([])
                .when(report_with(|it| it.what_happened = text(nothing)))
                .then_refused(Refusal::TextMissing { what: RequiredText::WhatHappened });
        }
    }

    #[test]
    fn a_discovery_in_the_future_is_refused() {
        given([])
            .when(report_with(|it| it.discovered_at = Some(monday(10))))
            .then_refused(Refusal::TimeInFuture { given: monday(10) });
    }

    #[test]
    fn the_clock_counts_from_the_earlier_of_discovery_and_awareness() {
        let with = |discovered_at, aware_at| {
            Report { discovered_at, aware_at, ..lost_phone() }.known_since()
        };
        assert_eq!(with(Some(monday(8)), Some(monday(7))), Some(monday(7)));
        assert_eq!(with(Some(monday(7)), Some(monday(8))), Some(monday(7)));
        assert_eq!(with(None, Some(monday(8))), Some(monday(8)));
        assert_eq!(with(None, None), None);
        given([])
            .when(report_with(|it| it.aware_at = Some(monday(10))))
            .then_refused(Refusal::TimeInFuture { given: monday(10) });
    }

    #[test]
    fn a_discovery_before_the_event_is_refused() {
        given([])
            .when(report_with(|it| {
                it.occurred = Occurred::At(monday(8));
                it.discovered_at = Some(monday(7));
            }))
            .then_refused(Refusal::TimesOutOfOrder { earlier: monday(8), later: monday(7) });
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        given([])
            .when(report_with(|it| {
                it.occurred = Occurred::Between { from: monday(8), until: Some(monday(7)) };
            }))
            .then_refused(Refusal::TimesOutOfOrder { earlier: monday(8), later: monday(7) });
    }

    #[test]
    fn nothing_can_be_asked_of_a_case_that_was_never_reported() {
        given([]).when(by_controller(closes())).then_refused(Refusal::NotReported);
    }

    #[test]
    fn the_reporter_may_add_even_to_a_closed_case() {
        let add = || by_reporter(Request::AddInformation(text("it was found again")));
        let added = Event::InformationAdded { text: text("it was found again") };
        given(closed()).when(add()).then([added.clone()]);
        given([reported(), added]).when(add()).then([]);
    }

    #[test]
    fn an_addition_must_say_something() {
        given([reported()])
            .when(by_reporter(Request::AddInformation(text(""))))
            .then_refused(Refusal::TextMissing { what: RequiredText::Information });
    }
}
