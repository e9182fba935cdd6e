//! The first draft of a memo: what the case itself can tell, for its writer to go on from.

use domain::case::MemoPart;
use domain::case::report::Occurred;
use domain::case::state::{Measure, Progress};
use domain::category::BreachedRule;

use super::super::desk::Desk;

/// What is known for one of the parts; the others are the writer's own.
pub(super) fn part(desk: &Desk, part: MemoPart) -> String {
    match part {
        MemoPart::Orientation => orientation(desk),
        MemoPart::Description => description(desk),
        MemoPart::Assessment => assessment(desk),
        MemoPart::Rules => rules(desk),
        MemoPart::Discussion | MemoPart::Conclusion => String::new(),
    }
}

fn orientation(desk: &Desk) -> String {
    let known = desk.known();
    let parts = [
        ("number", known.report.number.to_string()),
        ("category", desk.names.category(known.category())),
        ("unit", desk.names.unit(known.unit())),
    ];
    desk.page.say_with("memo-draft-orientation", &parts)
}

fn description(desk: &Desk) -> String {
    let known = desk.known();
    let page = &desk.page;
    let at = |key, at| page.say_with(key, &[("at", desk.moment(at))]);
    let mut times = Vec::new();
    times.extend(occurred(desk, known.report.occurred));
    times.extend(known.report.discovered_at.map(|it| at("memo-draft-discovered", it)));
    times.push(at("memo-draft-reported", known.reported_at));
    let notified = known.authority.notified.as_ref();
    times.extend(notified.map(|it| at("memo-draft-notified", it.sent_at)));
    format!("{}\n\n{}", desk.text(&known.report.what_happened), times.join("\n"))
}

fn occurred(desk: &Desk, occurred: Occurred) -> Option<String> {
    let page = &desk.page;
    let said = |key, parts: &[(&str, String)]| Some(page.say_with(key, parts));
    match occurred {
        Occurred::At(at) => said("memo-draft-occurred", &[("at", desk.moment(at))]),
        Occurred::Between { from, until: Some(until) } => {
            let parts = [("from", desk.moment(from)), ("until", desk.moment(until))];
            said("memo-draft-occurred-between", &parts)
        }
        Occurred::Between { from, until: None } => {
            said("memo-draft-occurred-since", &[("from", desk.moment(from))])
        }
        Occurred::Unknown => None,
    }
}

/// The rules that such a deviation usually breaches, as the category has them.
fn rules(desk: &Desk) -> String {
    let Some(category) = desk.category() else { return String::new() };
    let language = desk.page.language();
    let rule = |rule: &BreachedRule| {
        format!("{}: {}", rule.cite.text(language), rule.about.text(language))
    };
    category.rules.iter().map(rule).collect::<Vec<_>>().join("\n")
}

fn assessment(desk: &Desk) -> String {
    let known = desk.known();
    let assessed = known.assessment.iter().map(|it| {
        let advised = desk.page.term("outcome", &it.outcome);
        let advised = desk.page.say_with("memo-draft-advised", &[("advised", advised)]);
        format!("{}\n\n{advised}", desk.text(&it.facts))
    });
    let measures: Vec<_> = known.measures.values().map(|it| measure(desk, it)).collect();
    let measures = (!measures.is_empty())
        .then(|| format!("{}\n{}", desk.page.say("memo-draft-measures"), measures.join("\n")));
    assessed.chain(measures).collect::<Vec<_>>().join("\n\n")
}

fn measure(desk: &Desk, measure: &Measure) -> String {
    let progress = match measure.progress {
        Progress::Open { .. } => desk.page.say("memo-draft-measure-open"),
        Progress::Completed { .. } => desk.page.say("memo-draft-measure-completed"),
        Progress::Verified { .. } => desk.page.say("memo-draft-measure-verified"),
    };
    let parts = [
        ("kind", desk.page.term("measure_kind", &measure.kind)),
        ("description", desk.text(&measure.description)),
        ("progress", progress),
    ];
    desk.page.say_with("memo-draft-measure", &parts)
}
