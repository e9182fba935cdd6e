//! `/cases/{year}/{sequence}`: one case, as far as somebody may see it.

pub(crate) mod advice;
mod archiving;
pub(super) mod as_of;
pub(crate) mod attachments;
pub(crate) mod by_email;
mod clock;
pub(crate) mod compare;
mod confirmation;
mod dealings;
mod duties;
mod handling;
pub(crate) mod known;
pub(crate) mod measure;
mod measures;
pub(crate) mod next;
mod notices;
pub(crate) mod path;
pub(crate) mod precedents;
pub(crate) mod report;
pub(crate) mod severity;
pub(crate) mod similar;
mod telling;
mod timeline;
pub(crate) mod verification;
pub(crate) mod who_read;
pub(crate) mod wording;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::case::Phase;
use domain::ids::CaseNumber;
use domain::{Role, Time};
use serde::Deserialize;
use service::permit::{self, Overview};
use service::{CaseSight, Sight, SignedIn, Step};

use self::advice::ShownAdvice;
use self::as_of::{Answered, Asked};
use self::attachments::ShownAttachment;
use self::clock::ShownClock;
use self::duties::ShownDuties;
use self::known::ShownFacts;
use self::measures::{Checklist, ShownMeasure};
use self::next::{Group, Link, Waiting};
use self::path::CasePath;
use self::precedents::ShownPrecedents;
use self::severity::ShownSeverity;
use self::timeline::ShownEntry;
pub(crate) use self::timeline::shown as in_entries;
use self::wording::{Fact, Section, Value, Wording};
use super::erasure::erase_url;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted};
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::routes;

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    page: Page,
    /// Whether they have a list of cases to go back to.
    has_list: bool,
    done: Option<Step>,
    /// What is to be seen to before all else.
    warnings: Vec<String>,
    /// Set where the case is shown as it was.
    then: Option<Then>,
    /// The time control.
    control: Form,
    number: CaseNumber,
    title: String,
    phase: Phase,
    severe: bool,
    /// Whether the reader sees what others do not.
    sees_reporter: bool,
    clock: ShownClock,
    duties: ShownDuties,
    advice: ShownAdvice,
    severity: Option<ShownSeverity>,
    established: Option<ShownFacts>,
    outstanding: Vec<Link>,
    waiting: Vec<Waiting>,
    others: Vec<Group>,
    /// The parts of the page, for those who look for one.
    contents: Vec<(&'static str, String)>,
    checklist: Option<Checklist>,
    overview: Vec<Fact>,
    /// What was reported, and by whom.
    sections: Vec<Section>,
    /// Where those named as involved are erased, by those who may.
    erase_involved: Option<String>,
    /// What was made of it.
    decided: Vec<Section>,
    attachments: Vec<ShownAttachment>,
    measures: Vec<ShownMeasure>,
    memo: Option<Section>,
    /// The decided cases it is nearest to, for those who see every case but their own.
    precedents: Option<ShownPrecedents>,
    timeline: Vec<ShownEntry>,
}

/// Whether a case is shown as it stands, or as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Now,
    Then,
}

/// The moment at which a case is shown.
struct Then {
    words: String,
    compare: String,
    /// Where its documents are as they were then.
    documents: String,
}

/// What the address says besides the case.
#[derive(Deserialize)]
pub(crate) struct Said {
    /// The step that was just taken.
    done: Option<String>,
    /// The moment at which the case is to be shown.
    #[serde(flatten)]
    asked: Asked,
}

impl Said {
    /// The step that was just taken; nothing for a word that is none.
    fn step(&self) -> Option<Step> {
        self.done.as_deref()?.parse().ok()
    }
}

/// `GET /cases/{year}/{sequence}`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let seen = app.service().case_file(&person.who, case, routes::CASE).await?;
    let page = &person.page;
    Ok(match said.asked.answer(page, &seen) {
        Answered::Now => {
            let control = Form::new(page, as_of::FAMILY, Posted::default());
            let found = app.service().precedents_seen(&person.who, case);
            let names = Names::new(&app, page);
            let precedents = found.map(|found| ShownPrecedents::new(page, &names, &found));
            let mut shown = shown(&app, person, &seen, control, When::Now);
            if precedents.is_some() {
                let heading = shown.page.say("precedents-heading");
                shown.contents.insert(1, ("precedents", heading));
            }
            answer::page(&CasePage { done: said.step(), precedents, ..shown })
        }
        Answered::Never(problem) => {
            let control = said.asked.form(page, Some(problem));
            answer::returned(&shown(&app, person, &seen, control, When::Now))
        }
        Answered::Then(moment) => answer::page(&shown_then(&app, person, &seen, moment)?),
    })
}

/// The case as it was at a moment, with its clocks as they stood, and nothing to be done to it.
fn shown_then(
    app: &App,
    mut person: Person,
    seen: &CaseSight,
    moment: Time,
) -> Result<CasePage, Fault> {
    let seen = seen.as_of(moment).ok_or(Fault::NotFound)?;
    let number = seen.file.known.report.number;
    let words = person.page.moment(&moment).words().to_owned();
    let at = person.page.zone().input_value(moment);
    let control = Form::new(&person.page, as_of::FAMILY, Posted::default().and("as_of", at));
    person.page = person.page.at(moment);
    let mut shown = shown(app, person, &seen, control, When::Then);
    for link in &mut shown.outstanding {
        link.path = None;
    }
    for measure in &mut shown.measures {
        (measure.complete, measure.verify, measure.another) = (None, None, None);
    }
    let documents = crate::pages::documents::documents_url_at(number, moment);
    shown.then = Some(Then { words, compare: compare::url(number, moment), documents });
    Ok(shown)
}

/// What is said of a case from one moment to the next, part by part.
fn sections(app: &App, wording: &Wording, seen: &CaseSight, now: Time) -> Vec<Section> {
    let mut sections = reported(app, wording, seen);
    sections.extend(known::section(wording, &seen.file));
    sections.extend(severity::section(wording, &seen.file.known));
    sections.extend(decided(wording, seen, now));
    sections
}

/// A part of what is known of a case, as documents have it.
pub(crate) enum Part {
    /// What is said of one thing.
    One(Section),
    /// What is said of each of several things of a kind, under a heading for all of them.
    Each {
        /// What they are.
        heading: String,
        /// What each is called, and what is said of it.
        items: Vec<(String, Vec<Fact>)>,
    },
}

/// Everything that is known of a case, part by part.
pub(crate) fn in_parts(app: &App, wording: &Wording, seen: &CaseSight, now: Time) -> Vec<Part> {
    let known = &seen.file.known;
    let overview = handling::overview(wording, &seen.file, now);
    let overview = handling::section("overview", wording.say("paper-overview"), overview);
    let measure = |(number, it)| {
        let name = wording.say_with("paper-measure", &[("number", number)]);
        (name, measures::facts(wording, it))
    };
    let measures = (1_usize..).zip(known.measures.values()).map(measure);
    let files = attachments::shown(wording, seen).into_iter().map(|it| (it.name, it.facts));
    let each = [
        ("case-measures-heading", measures.collect()),
        ("case-attachments-heading", files.collect::<Vec<_>>()),
    ];
    let each = each.into_iter().filter(|(_, items)| !items.is_empty());
    let each = each.map(|(key, items)| Part::Each { heading: wording.say(key), items });
    let memo = known.memo.as_ref().map(|memo| handling::memo(wording, memo));
    let sections = overview.into_iter().chain(sections(app, wording, seen, now)).map(Part::One);
    sections.chain(each).chain(memo.map(Part::One)).collect()
}

/// What was reported, and by whom.
fn reported(app: &App, wording: &Wording, seen: &CaseSight) -> Vec<Section> {
    let known = &seen.file.known;
    let asked = app.service().category_of_report(&known.report);
    let handled = app.service().category_of_case(known);
    let mut sections = vec![report::section(wording, &known.report, asked.as_deref())];
    sections.extend(report::reporter(wording, seen));
    sections.extend(handling::involved(wording, seen));
    sections.extend(handling::dialogue(wording, known));
    sections.extend(handled.and_then(|category| handling::rules(wording, &category)));
    sections
}

/// That nobody is left to handle or to close the case, and that those involved must be named anew:
/// for those who then see to it, since it tells who is involved.
fn warnings(app: &App, page: &Page, who: &SignedIn, seen: &CaseSight) -> Vec<String> {
    let sees_to_it = seen.steps.contains(&Step::NameInvolved) || who.roles.holds(Role::Controller);
    if !sees_to_it || seen.file.standing.phase().is_closed() {
        return Vec::new();
    }
    let case = seen.file.case;
    let forgotten = app.service().must_name_anew(case).then(|| page.say("case-name-anew"));
    let missing = app.service().roles_nobody_is_left_in(case).into_iter();
    forgotten.into_iter().chain(missing.map(|role| page.term("case-nobody-left", &role))).collect()
}

/// What was made of it.
fn decided(wording: &Wording, seen: &CaseSight, now: Time) -> Vec<Section> {
    let mut sections = handling::decisions(wording, &seen.file.known);
    sections.extend(dealings::sections(wording, seen, now));
    sections
}

fn shown(app: &App, person: Person, seen: &CaseSight, control: Form, when: When) -> CasePage {
    let Person { page, who, .. } = person;
    let names = Names::new(app, &page);
    let wording = Wording::new(&page, &names);
    let (known, standing) = (&seen.file.known, &seen.file.standing);
    let sections = reported(app, &wording, seen);
    let decided = decided(&wording, seen, page.now());
    let established = ShownFacts::new(&wording, seen);
    let measures = measures::shown(&wording, seen, &who, page.now());
    let memo = known.memo.as_ref().map(|memo| handling::memo(&wording, memo));
    let attachments = attachments::shown(&wording, seen);
    let parts = Parts {
        sections: &sections,
        decided: &decided,
        has_facts: established.is_some(),
        has_attachments: !attachments.is_empty(),
        has_measures: !measures.is_empty(),
        memo: memo.as_ref(),
    };
    let contents = contents(&wording, &parts);
    let erases = seen.steps.contains(&Step::Erase) && standing.phase().is_closed();
    CasePage {
        erase_involved: erases.then(|| erase_url(known.report.number)),
        has_list: permit::for_overview(&who, Overview::Inbox).is_some(),
        done: None,
        warnings: if when == When::Now { warnings(app, &page, &who, seen) } else { Vec::new() },
        then: None,
        control,
        number: known.report.number,
        title: names.category_of(known),
        phase: standing.phase(),
        severe: !known.severe.is_empty(),
        sees_reporter: seen.sight == Sight::Everything,
        clock: ShownClock::new(&wording, standing, page.now()),
        duties: ShownDuties::new(
            &wording,
            seen,
            &app.service().case_duties(&seen.file),
            page.now(),
        ),
        advice: ShownAdvice::new(&wording, app.service(), seen, when),
        severity: ShownSeverity::new(&wording, seen),
        established,
        outstanding: next::outstanding(&wording, seen, who.user),
        others: next::others(&wording, seen),
        overview: handling::overview(&wording, &seen.file, page.now()),
        attachments,
        waiting: next::waiting(&wording, seen, page.now()),
        checklist: measures::checklist(&wording, known, page.now()),
        contents,
        sections,
        decided,
        measures,
        memo,
        precedents: None,
        timeline: timeline::shown(&wording, &seen.file),
        page,
    }
}

/// What the page holds below the overview.
struct Parts<'a> {
    sections: &'a [Section],
    decided: &'a [Section],
    has_facts: bool,
    has_attachments: bool,
    has_measures: bool,
    memo: Option<&'a Section>,
}

/// The parts of the page in their order, each with its heading.
fn contents(wording: &Wording, parts: &Parts<'_>) -> Vec<(&'static str, String)> {
    let of = |section: &Section| (section.id, section.heading.clone());
    let mut contents = vec![("duties", wording.say("duties-heading"))];
    contents.extend(parts.sections.iter().map(of));
    if parts.has_facts {
        contents.push(("facts", wording.say("facts-heading")));
        contents.push(("severity", wording.say("severity-heading")));
    }
    contents.push(("advice", wording.say("advice-heading")));
    contents.extend(parts.decided.iter().map(of));
    if parts.has_attachments {
        contents.push(("attachments", wording.say("case-attachments-heading")));
    }
    if parts.has_measures {
        contents.push(("measures", wording.say("case-measures-heading")));
    }
    contents.extend(parts.memo.map(of));
    contents.push(("timeline", wording.say("case-timeline-heading")));
    contents
}
