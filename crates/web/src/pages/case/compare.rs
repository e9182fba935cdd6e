//! `/cases/{year}/{sequence}/compare`: what was known of a case at one moment beside what was
//! known at another, made to be printed.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Time;
use domain::ids::{CaseNumber, MeasureId};
use serde::Deserialize;
use service::{CaseSight, SignedIn};

use super::as_of::{in_link, read};
use super::clock::ShownClock;
use super::path::{CasePath, case_url};
use super::timeline::{self, ShownEntry};
use super::wording::{Fact, Value, Wording};
use super::{handling, measures, sections};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem};
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::routes;

const FAMILY: &str = "compare";

/// The two moments an address asks for; the later one is now when it is left out.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    page: Page,
    number: CaseNumber,
    title: String,
    form: Form,
    compared: Option<Compared>,
}

/// What differs between two moments.
struct Compared {
    from: String,
    to: String,
    /// The groups in which something differs.
    groups: Vec<Group>,
    /// How many facts are the same.
    unchanged: usize,
    /// What happened in between.
    events: Vec<ShownEntry>,
}

/// A part of the case, as far as it differs.
#[derive(Debug, PartialEq)]
struct Group {
    heading: String,
    rows: Vec<Row>,
}

/// A fact that differs; a side on which nothing was known is empty.
#[derive(Debug, PartialEq)]
struct Row {
    name: String,
    before: Option<Value>,
    after: Option<Value>,
}

/// A part of the case at one moment.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    of: PartOf,
    heading: String,
    facts: Vec<Fact>,
}

/// Which part it is, whatever its heading says at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartOf {
    Clock,
    Section(&'static str),
    Measure(MeasureId),
}

/// Where a case at a moment is compared with the case now.
pub(super) fn url(number: CaseNumber, from: Time) -> String {
    format!("{}/compare?from={}", case_url(number), in_link(from))
}

/// `GET /cases/{year}/{sequence}/compare`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let Person { page, who, .. } = person;
    let seen = app.service().case_file(&who, case, routes::CASE_COMPARE).await?;
    let names = Names::new(&app, &page);
    let title = names.category_of(&seen.file.known);
    let shown = |form, compared, page| ComparePage { page, number, title, form, compared };
    match moments(&page, &asked, &seen) {
        Err(problems) => {
            let values = Posted::default().and("from", &asked.from).and("to", &asked.to);
            let form = Form::returned(&page, FAMILY, values, problems);
            Ok(answer::returned(&shown(form, None, page)))
        }
        Ok((from, to)) => {
            let in_field = |at| page.zone().input_value(at);
            let values = Posted::default().and("from", in_field(from)).and("to", in_field(to));
            let form = Form::new(&page, FAMILY, values);
            let compared = compared(&app, &page, &who, &seen, (from, to))?;
            Ok(answer::page(&shown(form, Some(compared), page)))
        }
    }
}

/// The two moments, the earlier first.
fn moments(page: &Page, asked: &Asked, seen: &CaseSight) -> Result<(Time, Time), Vec<Problem>> {
    let reported_at = seen.file.known.reported_at;
    let mut problems = Vec::new();
    let mut moment = |field: &str, text: &str, otherwise: Time| {
        let sentence = match read(page.zone(), text) {
            Ok(None) => return otherwise,
            Ok(Some(at)) if at < reported_at => {
                let reported_at = page.moment(&reported_at).words().to_owned();
                page.say_with("as_of-before", &[("reported_at", reported_at)])
            }
            Ok(Some(at)) if page.now() < at => page.say("as_of-future"),
            Ok(Some(at)) => return at,
            Err(key) => page.say(key),
        };
        problems.push(Problem { field: Some(field.to_owned()), sentence });
        otherwise
    };
    let from = moment("from", &asked.from, reported_at);
    let to = moment("to", &asked.to, page.now());
    if problems.is_empty() { Ok((from.min(to), from.max(to))) } else { Err(problems) }
}

fn compared(
    app: &App,
    page: &Page,
    who: &SignedIn,
    seen: &CaseSight,
    (from, to): (Time, Time),
) -> Result<Compared, Fault> {
    let names = Names::new(app, page);
    let wording = Wording::new(page, &names);
    let then = |at| seen.as_of(at).ok_or(Fault::NotFound);
    let before = parts(app, &wording, who, &then(from)?, from);
    let later = then(to)?;
    let after = parts(app, &wording, who, &later, to);
    let (groups, unchanged) = differences(&before, &after);
    let mut file = later.file;
    file.timeline.retain(|entry| from < entry.at);
    let words = |at: Time| page.moment(&at).words().to_owned();
    let events = timeline::shown(&wording, &file);
    Ok(Compared { from: words(from), to: words(to), groups, unchanged, events })
}

/// Everything a case's page says of it at a moment.
fn parts(app: &App, wording: &Wording, who: &SignedIn, seen: &CaseSight, at: Time) -> Vec<Part> {
    let clock = ShownClock::new(wording, &seen.file.standing, at);
    let mut running = vec![wording.fact("compare-clock", clock.headline)];
    running.extend(clock.facts);
    let phase = wording.term("phase", seen.file.standing.phase());
    let mut overview = vec![wording.fact("case-phase", phase)];
    overview.extend(handling::overview(wording, &seen.file, at));
    let mut parts = vec![
        Part { of: PartOf::Clock, heading: wording.say("case-clock-heading"), facts: running },
        Part {
            of: PartOf::Section("overview"),
            heading: wording.say("compare-overview"),
            facts: overview,
        },
    ];
    let memo = seen.file.known.memo.as_ref().map(|memo| handling::memo(wording, memo));
    let sections = sections(app, wording, seen, at).into_iter().chain(memo);
    parts.extend(sections.map(|it| Part {
        of: PartOf::Section(it.id),
        heading: it.heading,
        facts: it.facts,
    }));
    parts.extend(measures::shown(wording, seen, who, at).into_iter().map(|mut it| {
        it.facts.insert(0, wording.fact("compare-measure-state", it.state));
        Part { of: PartOf::Measure(it.id), heading: it.heading, facts: it.facts }
    }));
    parts
}

/// The facts that differ, part by part, and how many do not.
fn differences(before: &[Part], after: &[Part]) -> (Vec<Group>, usize) {
    let is_in = |parts: &[Part], of| parts.iter().any(|it| it.of == of);
    let gone = before.iter().filter(|it| !is_in(after, it.of));
    let mut unchanged = 0;
    let mut groups = Vec::new();
    for part in after.iter().chain(gone) {
        let facts = |parts: &[Part]| {
            let part = parts.iter().find(|it| it.of == part.of);
            part.map(|it| it.facts.clone()).unwrap_or_default()
        };
        let (rows, same) = differing(facts(before), facts(after));
        unchanged += same;
        if !rows.is_empty() {
            groups.push(Group { heading: part.heading.clone(), rows });
        }
    }
    (groups, unchanged)
}

/// The facts of one part that differ. Facts of the same name are paired in order.
fn differing(before: Vec<Fact>, after: Vec<Fact>) -> (Vec<Row>, usize) {
    let mut before: Vec<Option<Fact>> = before.into_iter().map(Some).collect();
    let mut unchanged = 0;
    let mut rows = Vec::new();
    for Fact { name, value } in after {
        let pair = before.iter_mut().find(|it| it.as_ref().is_some_and(|it| it.name == name));
        let before = pair.and_then(Option::take).map(|it| it.value);
        if before.as_ref() == Some(&value) {
            unchanged += 1;
        } else {
            rows.push(Row { name, before, after: Some(value) });
        }
    }
    let gone = before.into_iter().flatten();
    rows.extend(gone.map(|it| Row { name: it.name, before: Some(it.value), after: None }));
    (rows, unchanged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(id: &'static str, facts: &[(&str, &str)]) -> Part {
        let fact = |(name, words): &(&str, &str)| Fact {
            name: (*name).to_owned(),
            value: (*words).to_owned().into(),
        };
        let facts = facts.iter().map(fact).collect();
        Part { of: PartOf::Section(id), heading: id.to_owned(), facts }
    }

    fn row(name: &str, before: Option<&str>, after: Option<&str>) -> Row {
        let value = |words: &str| Value::Words(words.to_owned());
        Row { name: name.to_owned(), before: before.map(value), after: after.map(value) }
    }

    #[test]
    fn what_is_new_gone_and_changed_is_told_and_the_rest_counted() {
        let before = [
            part("a", &[("kept", "1"), ("changed", "1"), ("gone", "1"), ("twice", "x")]),
            part("lost", &[("whole", "1")]),
            part("same", &[("kept", "1")]),
        ];
        let after = [
            part(
                "a",
                &[("new", "1"), ("kept", "1"), ("changed", "2"), ("twice", "x"), ("twice", "y")],
            ),
            part("same", &[("kept", "1")]),
        ];
        let (groups, unchanged) = differences(&before, &after);
        let rows = vec![
            row("new", None, Some("1")),
            row("changed", Some("1"), Some("2")),
            row("twice", None, Some("y")),
            row("gone", Some("1"), None),
        ];
        let lost = vec![row("whole", Some("1"), None)];
        let group = |heading: &str, rows| Group { heading: heading.to_owned(), rows };
        assert_eq!(groups, [group("a", rows), group("lost", lost)]);
        assert_eq!(unchanged, 3);
    }
}
