//! `/cases/{year}/{sequence}/letters/{letter}/import`: recipients out of a list, in two steps: the
//! list, and what each of its columns holds. Between them the list is kept in memory alone.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::case::letter::{Flaw, Letter};
use domain::ids::CaseNumber;
use service::letters::import::{Column, Row, Table, Unreadable, guessed, read, recipients};
use service::{ListChange, ListError, Step};
use strum::IntoEnumIterator;

use super::LetterPath;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::files;
use crate::forms::{Choice, Field, Form, Posted, Problem};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::routes;

const FAMILY: &str = "letter-import";

/// The field in which somebody says that no address is protected.
const PROTECTED: &str = "protected";

/// Rows that are told to be wrong at one time.
const WRONG_ROWS_MAX: usize = 50;

/// Rows that are shown of a list.
const SHOWN_ROWS: usize = 3;

#[derive(Template)]
#[template(path = "letter_import.html")]
struct ImportPage {
    page: Page,
    number: CaseNumber,
    letter: String,
    /// How many have the letter already.
    told: usize,
    form: Form,
    /// What is said of identity numbers.
    identity_numbers: &'static str,
    files: Field,
    /// The columns of the list, once there is one.
    table: Option<ShownTable>,
}

struct ShownTable {
    count: usize,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    columns: Vec<Field>,
    /// That nobody's address is protected, where no column says it.
    protected: Field,
}

/// `GET /cases/{year}/{sequence}/letters/{letter}/import`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: LetterPath,
) -> Result<Response, Fault> {
    let told = require(&app, &by, path).await?;
    let form = Form::new(&by.page, FAMILY, Posted::default());
    Ok(answer::page(&page(&app, by.page, path, told, form, None)))
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/import`: the list, and what its columns seem to
/// hold.
pub(crate) async fn upload(
    State(app): State<App>,
    path: LetterPath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let told = require(&app, &by, path).await?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let chosen = form.files().first().cloned();
    let table = match &chosen {
        None => Err(by.page.say("letter-import-files-missing")),
        Some(file) => read(file.bytes.clone()).await.map_err(|it| unreadable(&by.page, it)),
    };
    let table = table.and_then(|table| {
        let is_kept = app.service().keep_files(key.number(), chosen.into_iter().collect());
        if is_kept { Ok(table) } else { Err(by.page.help("files-again")) }
    });
    match table {
        Ok(table) => {
            let named = guessed(&table.headings).into_iter().enumerate();
            let values = named
                .filter_map(|(at, column)| Some((at, column?)))
                .fold(form.replaced("step", "map"), |form, (at, column)| {
                    form.replaced(&name(at), column.into())
                });
            let form = Form::returned(&by.page, FAMILY, values, Vec::new());
            Ok(answer::page(&page(&app, by.page, path, told, form, Some(&table))))
        }
        Err(sentence) => {
            let problem = Problem { field: Some(files::FILES.to_owned()), sentence };
            let form = Form::returned(&by.page, FAMILY, form, vec![problem]);
            Ok(answer::returned(&page(&app, by.page, path, told, form, None)))
        }
    }
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/import/map`: takes the list in, all or nothing.
pub(crate) async fn map(
    State(app): State<App>,
    path: LetterPath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let told = require(&app, &by, path).await?;
    let (case, _) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let kept = app.service().kept_files(key.number()).into_iter().next();
    let table = match kept {
        Some(file) => read(file.bytes).await.ok(),
        None => None,
    };
    let Some(table) = table else {
        let problem =
            Problem { field: Some(files::FILES.to_owned()), sentence: by.page.help("files-again") };
        let form = Form::returned(&by.page, FAMILY, form, vec![problem]);
        return Ok(answer::returned(&page(&app, by.page, path, told, form, None)));
    };
    let mapping: BTreeMap<usize, Column> = (0..table.headings.len())
        .filter_map(|at| Some((at, form.text(&name(at)).parse().ok()?)))
        .collect();
    let home = app.service().settings().duties.calendar.jurisdiction;
    let problems = match recipients(&table, &mapping, home) {
        Err(wrong) => wrong_rows(&by.page, &wrong),
        Ok(_) if !says_who_is_protected(&mapping, &form) => {
            let sentence = by.page.say("letter-import-protected-problem");
            vec![Problem { field: Some(PROTECTED.to_owned()), sentence }]
        }
        Ok(recipients) => {
            let change = ListChange::Replace(recipients);
            let changed =
                app.service().change_recipients(&by.who, case, path.letter, change, key).await;
            match changed {
                Ok(()) => {
                    let forgotten = app.service().keep_files(key.number(), Vec::new());
                    debug_assert!(forgotten, "nothing takes no room");
                    return Ok(answer::go(&format!("{}/recipients", path.url())));
                }
                Err(ListError::Handle(error)) => return Err(error.into()),
                Err(ListError::Flawed(wrong)) => {
                    let row = |(place, flaw): &(usize, Flaw)| {
                        table.rows.get(*place).map(|row: &Row| (row.number, *flaw))
                    };
                    wrong_rows(&by.page, &wrong.iter().filter_map(row).collect::<Vec<_>>())
                }
            }
        }
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&page(&app, by.page, path, told, form, Some(&table))))
}

/// That somebody may change who gets the letter; how many have it already.
async fn require(app: &App, by: &Person, path: LetterPath) -> Result<usize, Fault> {
    let (case, _) = path.find(app)?;
    let sight = app.service().letter(&by.who, case, path.letter, routes::LETTER_IMPORT).await?;
    let is_open = !sight.seen.file.standing.phase().is_closed();
    let may = is_open && sight.seen.steps.contains(&Step::PrepareLetters);
    let told = sight.letter(path.letter).map_or(0, Letter::told);
    if may { Ok(told) } else { Err(Fault::NotPermitted) }
}

/// Nobody is taken for unprotected because a heading was not understood.
fn says_who_is_protected(mapping: &BTreeMap<usize, Column>, form: &Posted) -> bool {
    mapping.values().any(|it| *it == Column::Protected) || !form.text(PROTECTED).is_empty()
}

fn name(column: usize) -> String {
    format!("column-{column}")
}

fn unreadable(page: &Page, it: Unreadable) -> String {
    page.term("list_unreadable", &it)
}

/// What is wrong, row by row, as far as somebody reads it at one time.
fn wrong_rows(page: &Page, wrong: &[(usize, Flaw)]) -> Vec<Problem> {
    let problem = |(row, flaw): &(usize, Flaw)| {
        let what = page.term("recipient_flaw", flaw);
        let arguments = [("row", row.to_string()), ("what", what)];
        Problem { field: None, sentence: page.say_with("letter-import-row", &arguments) }
    };
    let mut problems: Vec<Problem> = wrong.iter().take(WRONG_ROWS_MAX).map(problem).collect();
    if WRONG_ROWS_MAX < wrong.len() {
        let more = [("count", wrong.len() - WRONG_ROWS_MAX)];
        let sentence = page.say_with("letter-import-more", &more);
        problems.push(Problem { field: None, sentence });
    }
    problems
}

fn page(
    app: &App,
    page: Page,
    path: LetterPath,
    told: usize,
    form: Form,
    table: Option<&Table>,
) -> ImportPage {
    let has_digital_post = app.service().has_digital_post();
    let is_taken = |it: &Column| has_digital_post || *it != Column::IdentityNumber;
    let columns = Column::iter().filter(is_taken);
    let choices: Vec<Choice> =
        columns.map(|it| Choice::term(page.texts(), "list_column", it)).collect();
    let shown = table.map(|table| ShownTable {
        count: table.rows.len(),
        headings: table.headings.clone(),
        rows: table.rows.iter().take(SHOWN_ROWS).map(|row| row.cells.clone()).collect(),
        columns: table
            .headings
            .iter()
            .enumerate()
            .map(|(at, heading)| {
                form.worded(&name(at), heading.clone(), None).with(choices.clone())
            })
            .collect(),
        protected: form
            .field(PROTECTED)
            .with(vec![Choice::new("none", page.say("letter-import-protected-none"))]),
    });
    ImportPage {
        number: path.case.number(),
        letter: path.url(),
        told,
        identity_numbers: if has_digital_post {
            "letter-import-identity-numbers"
        } else {
            "letter-import-no-identity-numbers"
        },
        files: form.field(files::FILES),
        table: shown,
        form,
        page,
    }
}
