//! `/cases/{year}/{sequence}/documents`: the documents of a case, each as a page to read through
//! and as a file to keep.

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use documents::{Block, Document, Table};
use domain::Time;
use domain::ids::CaseNumber;
use domain::notification::fill::Occasion;
use domain::notification::prepare;
use serde::Deserialize;
use service::rendering::rendered;
use service::{CaseSight, Step, sees_letters};

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::pages::case::as_of::{in_link, read};
use crate::pages::case::path::{CasePath, case_url};
use crate::pages::letters::letters_url;
use crate::papers::memo::Reader;
use crate::papers::{Office, case_file, memo, notification};
use crate::routes;

#[derive(Template)]
#[template(path = "documents.html")]
struct DocumentsPage {
    page: Page,
    number: CaseNumber,
    case: String,
    /// What is empty in the memo, as far as it is written; nothing where nothing is.
    missing: Option<Vec<String>>,
    /// The memo that waits to be sent, by its version.
    draft: Option<u32>,
    papers: Vec<ShownPaper>,
    exempt: Vec<ShownPassage>,
    /// The moment they are shown as of, in words; nothing as they stand now.
    then: Option<String>,
    /// Where the letters are, for those who see them, where there are any.
    letters: Option<String>,
    /// Whether the public version waits for somebody to mark its passages anew.
    has_misplaced: bool,
    may_write: bool,
    may_submit: bool,
}

/// A document there is.
struct ShownPaper {
    title: String,
    about: String,
    path: String,
    pdf: String,
}

/// A passage that the public is not given.
struct ShownPassage {
    part: String,
    passage: String,
    ground: String,
    reason: String,
    /// Whether the memo does not say it so any more.
    is_misplaced: bool,
}

#[derive(Template)]
#[template(path = "document.html")]
pub(crate) struct DocumentPage {
    pub(crate) page: Page,
    /// Where it belongs, in words.
    pub(crate) back_words: String,
    /// Where that is.
    pub(crate) back: String,
    /// Where the same is a file.
    pub(crate) pdf: String,
    /// What is shown.
    pub(crate) document: Document,
}

/// One of the documents of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// The memo, for those who handle the case.
    Memo,
    /// The memo, for everybody.
    PublicMemo,
    /// The next notice to the authority as things stand.
    NextNotice,
    /// A notice that was sent, by its place among them, from 1.
    Notice(usize),
    /// Everything of the case.
    File,
}

/// A document as an address names it: `memo`, or `memo.pdf` for the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    paper: Paper,
    is_file: bool,
}

/// The moment of which the documents are asked for, as links have it; now when it is left out.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AskedThen {
    #[serde(default)]
    as_of: String,
}

impl AskedThen {
    /// The moment, where it has been; nothing for what stands now.
    pub(crate) fn moment(&self, page: &Page) -> Result<Option<Time>, Fault> {
        let moment = read(page.zone(), &self.as_of).map_err(|_| Fault::NotFound)?;
        Ok(moment.filter(|moment| *moment < page.now()))
    }

    /// The case and the page as they were then, and the moment.
    pub(crate) fn of(
        &self,
        page: Page,
        seen: CaseSight,
    ) -> Result<(Page, CaseSight, Option<Time>), Fault> {
        let Some(moment) = self.moment(&page)? else { return Ok((page, seen, None)) };
        let seen = seen.as_of(moment).ok_or(Fault::NotFound)?;
        Ok((page.at(moment), seen, Some(moment)))
    }
}

/// Where the documents of a case are as they were known at a moment.
pub(crate) fn documents_url_at(number: CaseNumber, moment: Time) -> String {
    format!("{}{}", documents_url(number), query(Some(moment)))
}

/// What a link carries so that it leads to the same moment.
pub(crate) fn query(then: Option<Time>) -> String {
    then.map(|moment| format!("?as_of={}", in_link(moment))).unwrap_or_default()
}

/// Where the documents of a case are.
pub(crate) fn documents_url(number: CaseNumber) -> String {
    format!("{}/documents", case_url(number))
}

/// `GET /cases/{year}/{sequence}/documents`
pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    Query(asked): Query<AskedThen>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let seen = app.service().case_file(&person.who, case, routes::DOCUMENTS).await?;
    let sees_letters = sees_letters(&seen);
    let (page, seen, then) = asked.of(person.page, seen)?;
    let known = &seen.file.known;
    let letters = (sees_letters && known.letters.iter().next().is_some())
        .then(|| format!("{}{}", letters_url(number), query(then)));
    let own = documents_url(number);
    let names = Names::new(&app, &page);
    let office = Office::new(&app, &page, &names);
    let may = |step| !seen.file.standing.phase().is_closed() && seen.steps.contains(&step);
    let memo = known.memo_that_counts(seen.file.standing.phase());
    let draft = memo.and_then(|(_, draft)| draft);
    let memo = memo.map(|(memo, _)| memo);
    let missing = memo
        .map(|memo| memo.missing().into_iter().map(|part| page.term("memo_part", &part)).collect());
    let exempt = known.documents.exempt.iter().map(|it| ShownPassage {
        part: page.term("memo_part", &it.part),
        passage: office.wording.written(&it.passage),
        ground: it.ground.clone(),
        reason: office.wording.written(&it.reason),
        is_misplaced: memo.is_some_and(|memo| !it.stands_in(memo)),
    });
    let exempt: Vec<ShownPassage> = exempt.collect();
    Ok(answer::page(&DocumentsPage {
        has_misplaced: exempt.iter().any(|it| it.is_misplaced),
        papers: papers(&page, &seen, &own, then),
        letters,
        then: then.map(|moment| page.moment(&moment).words().to_owned()),
        missing,
        draft,
        exempt,
        may_write: may(Step::WriteDocuments),
        may_submit: may(Step::SubmitMemo),
        number,
        case: case_url(number),
        page,
    }))
}

/// `GET /cases/{year}/{sequence}/documents/{document}`: a page, or with `.pdf` a file.
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    asked: Asked,
    Query(then): Query<AskedThen>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let seen = app.service().case_file(&person.who, case, routes::DOCUMENT).await?;
    let (page, seen, then) = then.of(person.page, seen)?;
    let document = written(&app, &page, &seen, asked.paper, then.is_some()).await?;
    if asked.is_file {
        let name = format!("{} {number}.pdf", asked.paper.name().replace('-', " "));
        return file(&name, document).await;
    }
    let own = documents_url(number);
    let pdf = format!("{own}/{}.pdf{}", asked.paper.name(), query(then));
    let back = format!("{own}{}", query(then));
    let back_words = page.say_with("documents-back", &[("number", number)]);
    Ok(answer::page(&DocumentPage { page, back_words, back, pdf, document }))
}

/// A document as a file that a browser shows or keeps.
pub(crate) async fn file(name: &str, document: Document) -> Result<Response, Fault> {
    let file = rendered(vec![document]).await.map_err(|error| Fault::internal(&error))?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, crate::files::disposition(name).replacen("attachment", "inline", 1)),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; object-src 'self'".to_owned()),
    ];
    Ok((headers, file).into_response())
}

/// The document, if there is one of its kind in the case. One of an earlier moment has no
/// checkpoint, since that is signed today.
pub(crate) async fn written(
    app: &App,
    page: &Page,
    seen: &CaseSight,
    paper: Paper,
    is_past: bool,
) -> Result<Document, Fault> {
    let checkpoint = match paper {
        Paper::File if !is_past => {
            let text = app.service().checkpoint_text().await;
            text.map_err(|error| Fault::internal(&error))?
        }
        _ => None,
    };
    let names = Names::new(app, page);
    let office = Office::new(app, page, &names);
    let file = &seen.file;
    let document = match paper {
        Paper::Memo => memo::document(&office, file, Reader::Desk),
        Paper::PublicMemo => memo::document(&office, file, Reader::Public),
        Paper::Notice(place) => {
            place.checked_sub(1).and_then(|place| notification::sent(&office, file, place))
        }
        Paper::NextNotice => app.service().notification_book(None).map(|book| {
            let kind = file.known.authority.next_notice();
            let at = file.timeline.last().map_or(file.known.reported_at, |entry| entry.at);
            let occasion = Occasion { kind, at, reasons: None };
            let prepared = prepare(&book, &file.known, occasion, None);
            notification::next(&office, file, &book, &prepared)
        }),
        Paper::File => Some(case_file::document(app, &office, seen, checkpoint)),
    };
    document.ok_or(Fault::NotFound)
}

/// The documents there are, with what each is for.
fn papers(page: &Page, seen: &CaseSight, own: &str, then: Option<Time>) -> Vec<ShownPaper> {
    let known = &seen.file.known;
    let sent = (1..=known.authority.notices.len()).map(Paper::Notice);
    let memo = known.memo_that_counts(seen.file.standing.phase()).map(|(memo, _)| memo);
    let is_public = |memo| known.documents.misplaced(memo).next().is_none();
    let public = memo.filter(|memo| is_public(memo)).map(|_| Paper::PublicMemo);
    let memos = memo.map(|_| Paper::Memo).into_iter().chain(public);
    let papers = memos.chain(sent).chain([Paper::NextNotice, Paper::File]);
    let shown = |paper: Paper| {
        let place = if let Paper::Notice(place) = paper { place } else { 0 };
        let key = paper.key();
        ShownPaper {
            title: page.say_with(&format!("documents-{key}"), &[("place", place)]),
            about: page.say(&format!("documents-{key}-about")),
            path: format!("{own}/{}{}", paper.name(), query(then)),
            pdf: format!("{own}/{}.pdf{}", paper.name(), query(then)),
        }
    };
    papers.map(shown).collect()
}

impl Paper {
    fn key(self) -> &'static str {
        match self {
            Self::Memo => "memo",
            Self::PublicMemo => "public-memo",
            Self::NextNotice => "next-notice",
            Self::Notice(_) => "notice",
            Self::File => "case-file",
        }
    }

    /// As an address has it.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Notice(place) => format!("{}-{place}", self.key()),
            other => other.key().to_owned(),
        }
    }

    /// The document with a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let alone = [Self::Memo, Self::PublicMemo, Self::NextNotice, Self::File];
        let notice = || name.strip_prefix("notice-")?.parse().ok().map(Self::Notice);
        alone.into_iter().find(|paper| paper.key() == name).or_else(notice)
    }
}

impl Asked {
    fn read(text: &str) -> Option<Self> {
        let (name, is_file) = match text.strip_suffix(".pdf") {
            Some(name) => (name, true),
            None => (text, false),
        };
        Paper::named(name).map(|paper| Self { paper, is_file })
    }
}

#[derive(Deserialize)]
struct JustDocument {
    document: String,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<JustDocument>::from_request_parts(parts, app).await;
        let Path(JustDocument { document }) = path.map_err(|_| Fault::NotFound)?;
        Self::read(&document).ok_or(Fault::NotFound)
    }
}

/// The cells of a row, each with the name of its column.
pub(crate) fn cells<'a>(table: &'a Table, row: &'a [String]) -> Vec<(&'a str, &'a str)> {
    table.columns.iter().map(String::as_str).zip(row.iter().map(String::as_str)).collect()
}

/// A text in its paragraphs, each in its lines.
pub(crate) fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let text = text.split("\n\n").map(str::trim_end).filter(|it| !it.trim().is_empty());
    text.map(|part| part.lines().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_has_an_address_that_leads_back_to_it() {
        let papers =
            [Paper::Memo, Paper::PublicMemo, Paper::NextNotice, Paper::Notice(2), Paper::File];
        for paper in papers {
            assert_eq!(Asked::read(&paper.name()), Some(Asked { paper, is_file: false }));
            let file = format!("{}.pdf", paper.name());
            assert_eq!(Asked::read(&file), Some(Asked { paper, is_file: true }));
        }
        for wrong in ["", ".pdf", "notice", "notice-x", "memo.pdf.pdf", "../memo"] {
            assert_eq!(Asked::read(wrong), None, "{wrong}");
        }
    }
}
