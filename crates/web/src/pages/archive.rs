//! `/cases/{year}/{sequence}/archive`: what of a closed case is entered in the archive, under which
//! titles, and how far its packages have come.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Role;
use domain::case::archiving::{Archive, Package, Request as Archiving, Stage};
use domain::case::{Phase, Request};
use domain::ids::CaseNumber;
use service::archive::{Archived, Looked, Proposed, titles};
use service::{CaseSight, HandleError, Refusal, Step};

use super::case::path::{CasePath, case_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::refusal;
use crate::routes;
use crate::times::TimeElement;

const FAMILY: &str = "archive";
const RECEIPT: &str = "archive-receipt";

/// That the public is given an entry, as its box sends it.
const OPEN: &str = "open";

#[derive(Template)]
#[template(path = "archive.html")]
struct ArchivePage {
    page: Page,
    number: CaseNumber,
    has_archive: bool,
    is_closed: bool,
    packages: Vec<ShownPackage>,
    /// Whether they look through the titles; an archivist sees what came of that.
    may_prepare: bool,
    /// What is to be looked at; nothing where it is handed over.
    entries: Vec<ShownEntry>,
    form: Form,
    /// Where something was handed over and can be receipted.
    receipt: Option<Form>,
}

/// A package that was prepared.
struct ShownPackage {
    version: usize,
    at: TimeElement,
    stage: String,
    titles: Vec<(String, String)>,
    manifest: Option<String>,
}

/// An entry that somebody is to look at.
struct ShownEntry {
    heading: String,
    title: Field,
    shielded: Field,
    open: Field,
}

/// What of a case somebody sees here.
struct Seen {
    number: CaseNumber,
    phase: Phase,
    archive: Archive,
    /// The case itself, for those who hand it over.
    case: Option<CaseSight>,
}

impl Seen {
    /// What is proposed to be entered in the archive, for those who hand it over.
    fn proposed(&self, app: &App) -> Vec<Proposed> {
        let seen = self.case.as_ref();
        seen.map(|seen| app.service().archive_proposal(&seen.file)).unwrap_or_default()
    }
}

/// Where it is shown.
pub(crate) fn archive_url(number: CaseNumber) -> String {
    format!("{}/archive", case_url(number))
}

/// `GET /cases/{year}/{sequence}/archive`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: CasePath,
) -> Result<Response, Fault> {
    let seen = look(&app, &person, path).await?;
    let form = fresh(&app, &person.page, &seen);
    let receipt = Form::new(&person.page, RECEIPT, Posted::default());
    Ok(answer::page(&shown(&app, person.page, &seen, form, receipt)))
}

/// `POST /cases/{year}/{sequence}/archive`: the titles were looked at.
pub(crate) async fn prepare(
    State(app): State<App>,
    path: CasePath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let seen = look(&app, &by, path).await?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let looked = looked(&app, &by.page, &seen, &form);
    let problems = match app.service().prepare_archive(&by.who, case, looked, key).await {
        Ok(()) => return Ok(answer::go(&archive_url(number))),
        Err(HandleError::Refused(refused)) => vec![placed(&by.page, &refused)],
        Err(error) => return Err(error.into()),
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    let receipt = Form::new(&by.page, RECEIPT, Posted::default());
    Ok(answer::returned(&shown(&app, by.page, &seen, form, receipt)))
}

/// `POST /cases/{year}/{sequence}/archive/receipt`: the archive has it.
pub(crate) async fn receipt(
    State(app): State<App>,
    path: CasePath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let mut reader = Reader::new(&by.page, RECEIPT, &form);
    let reference = reader.required_text("reference");
    let received_at = reader.required_moment("received_at");
    let read = reader.finish(|| {
        let received_at = received_at?;
        Some(Request::Archiving(Archiving::Receipt { reference, received_at }))
    });
    let problems = match read {
        Err(problems) => problems,
        Ok(request) => match app.service().step(&by.who, case, request, key).await {
            Ok(()) => return Ok(answer::go(&archive_url(number))),
            Err(HandleError::Refused(refused)) => vec![refusal::problem(&by.page, &refused)],
            Err(error) => return Err(error.into()),
        },
    };
    let seen = look(&app, &by, path).await?;
    let receipt = Form::returned(&by.page, RECEIPT, form, problems);
    let fresh = fresh(&app, &by.page, &seen);
    Ok(answer::returned(&shown(&app, by.page, &seen, fresh, receipt)))
}

/// The case, for whoever hands it over; what of it is in the archive, for the archivist.
async fn look(app: &App, by: &Person, path: CasePath) -> Result<Seen, Fault> {
    let (case, number) = path.find(app)?;
    let roles = &by.who.roles;
    if roles.holds(Role::Archivist) && !roles.holds(Role::Dpo) {
        let seen = app.service().archived(&by.who, case, routes::CASE_ARCHIVE).await?;
        let Archived { number, phase, archive } = seen;
        return Ok(Seen { number, phase, archive, case: None });
    }
    let seen = app.service().case_file(&by.who, case, routes::CASE_ARCHIVE).await?;
    if !seen.steps.contains(&Step::Archive) {
        return Err(Fault::NotFound);
    }
    let (phase, archive) = (seen.file.standing.phase(), seen.file.known.archive.clone());
    Ok(Seen { number, phase, archive, case: Some(seen) })
}

/// The form with what is proposed, or was prepared and is still to go.
fn fresh(app: &App, page: &Page, seen: &Seen) -> Form {
    let current = seen.archive.current();
    let prepared: BTreeMap<&str, _> = current
        .iter()
        .flat_map(|(_, package)| &package.entries)
        .map(|entry| (entry.paper.as_str(), entry))
        .collect();
    let proposed = seen.proposed(app);
    let posted = proposed.iter().fold(Posted::default(), |posted, it| {
        let entry = prepared.get(it.looked.paper.as_str());
        let title = entry.and_then(|entry| entry.title.get()).unwrap_or(&it.looked.title);
        let is_open = entry.map_or(it.looked.is_open, |entry| entry.is_open);
        let public = entry.and_then(|entry| entry.public_title.get()).map_or(title, |it| it);
        let shielded = titles::shielded_words(title, public).join(" ");
        let posted = posted.and(&field("title", &it.looked.paper), title);
        let posted = posted.and(&field("shielded", &it.looked.paper), &shielded);
        if is_open { posted.and(&field("access", &it.looked.paper), OPEN) } else { posted }
    });
    Form::new(page, FAMILY, posted)
}

/// What was written of each paper.
fn looked(app: &App, page: &Page, seen: &Seen, form: &Posted) -> Vec<Looked> {
    let mut reader = Reader::new(page, FAMILY, form);
    let proposed = seen.proposed(app);
    let looked = proposed.into_iter().map(|it| {
        let paper = it.looked.paper;
        let shielded = reader.text(&field("shielded", &paper));
        let words = shielded.split([' ', ',']).filter(|word| !word.is_empty());
        Looked {
            title: reader.text(&field("title", &paper)),
            shielded: words.map(str::to_owned).collect(),
            is_open: reader.words(&field("access", &paper)).iter().any(|word| word == OPEN),
            paper,
        }
    });
    looked.collect()
}

fn field(what: &str, paper: &str) -> String {
    format!("{what}_{paper}")
}

/// A refusal beside the title it is about.
fn placed(page: &Page, refused: &Refusal) -> Problem {
    let about = match refused {
        Refusal::Title { paper, .. } => Some(field("title", paper)),
        _ => None,
    };
    Problem { field: about, sentence: refusal::sentence(page, refused) }
}

fn shown(app: &App, page: Page, seen: &Seen, form: Form, receipt: Form) -> ArchivePage {
    let archive = &seen.archive;
    let phase = seen.phase;
    let is_closed = phase.is_closed() && phase != Phase::Merged && phase != Phase::Erased;
    let current = archive.current();
    let is_to_look = is_closed && current.is_none_or(|(_, package)| package.stage.is_to_go());
    let proposed = if is_to_look { seen.proposed(app) } else { Vec::new() };
    let entries = proposed.iter().map(|it| entry(&page, &form, it)).collect();
    let may_have = |stage: &Stage| !stage.is_to_go() || stage.is_refused();
    let latest = archive.latest().filter(|(_, package)| may_have(&package.stage));
    let packages = archive.packages.iter().enumerate();
    ArchivePage {
        number: seen.number,
        has_archive: app.service().has_archive(),
        is_closed,
        packages: packages.map(|(at, it)| package(&page, at + 1, it)).collect(),
        may_prepare: seen.case.is_some(),
        entries,
        form,
        receipt: latest.map(|_| receipt),
        page,
    }
}

fn entry(page: &Page, form: &Form, it: &Proposed) -> ShownEntry {
    let paper = &it.looked.paper;
    let worded = |what: &str| {
        let key = format!("archive-{}", if what == "title" { "title_of" } else { what });
        form.worded(&field(what, paper), page.say(&key), page.texts().part(&key, "help"))
    };
    let is_open = Choice::new(OPEN, page.say("archive-open"));
    ShownEntry {
        heading: page.say_with(
            "archive-entry",
            &[("title", it.looked.title.clone()), ("files", it.files.to_string())],
        ),
        title: worded("title"),
        shielded: worded("shielded"),
        open: worded("access").with(vec![is_open]),
    }
}

fn package(page: &Page, version: usize, it: &Package) -> ShownPackage {
    let erased = page.say("erased");
    let stage = match &it.stage {
        Stage::Prepared => page.say("archive-stage-prepared"),
        Stage::Failed { hindrance } => {
            format!("{} {}", page.term("archive-hindrance", hindrance), page.say("archive-retry"))
        }
        Stage::HandedOver { at, .. } => page
            .say_with("archive-stage-handed_over", &[("at", page.moment(at).words().to_owned())]),
        Stage::Receipted { reference, received_at } => {
            let at = page.moment(received_at).words().to_owned();
            let arguments = [("reference", reference.clone()), ("at", at)];
            page.say_with("archive-stage-receipted", &arguments)
        }
    };
    let titles = it.entries.iter().map(|entry| {
        let title = entry.public_title.text_or(&erased).to_owned();
        (title, entry.ground.clone())
    });
    let manifest = match &it.stage {
        Stage::HandedOver { manifest, .. } => Some(manifest.clone()),
        _ => None,
    };
    ShownPackage {
        version,
        at: page.moment(&it.prepared_at),
        stage,
        titles: titles.collect(),
        manifest,
    }
}
