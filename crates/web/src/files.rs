//! Files on their way in and out: the field they are attached in, what is wrong with one, and how
//! one is handed out so that a browser keeps it and never runs it.

use std::fmt::Write;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use service::{ChosenFile, FileProblem, HandedOut, KEPT_MINUTES, Refusal};
use uuid::Uuid;

use crate::App;
use crate::forms::{Choice, Field, Form, Posted, Problem};
use crate::page::Page;

/// The name of the field.
pub(crate) const FILES: &str = "files";

/// The name of the boxes for files that are kept from the last time.
pub(crate) const KEPT: &str = "keep-file";

/// A file is looked at by the program it is saved for, and by no page of ours.
const POLICY: &str = "default-src 'none'; sandbox";

/// The field `name` of a form, which says how much is taken, with the files that are kept of it.
pub(crate) fn field(app: &App, page: &Page, form: &Form, field: Field) -> Field {
    let limits = app.service().settings().files;
    let arguments = [("count", limits.files_max), ("megabytes", limits.bytes_max >> 20)];
    let help = Some(page.say_with("files-help", &arguments));
    Field { help, kept: kept(app, page, form).map(Box::new), ..field }
}

/// The files that are kept of a form, each ticked.
fn kept(app: &App, page: &Page, form: &Form) -> Option<Field> {
    let files = app.service().kept_files(form.key());
    let help = page.say_with("files-kept-help", &[("minutes", KEPT_MINUTES)]);
    let field = form.worded(KEPT, page.say("files-kept"), Some(help));
    let values = files.iter().map(|file| file.id.to_string()).collect();
    let choices = files.iter().map(|file| Choice::new(file.id, file.name.clone())).collect();
    (!files.is_empty()).then_some(Field { values, choices, ..field })
}

/// A form as it was sent, with the files that are kept of it and still ticked; and what to say of
/// those that are no longer kept.
pub(crate) fn gathered(app: &App, page: &Page, form: Posted) -> (Posted, Vec<Problem>) {
    let (ticked, files) = ticked(app, &form);
    let is_lost = files.len() < ticked.len();
    let lost = is_lost.then(|| again_problem(page)).into_iter().collect();
    (form.with_kept(files), lost)
}

/// A form with the files that are kept of it, to be kept under another key.
pub(crate) fn taken_along(app: &App, form: Posted) -> Posted {
    let (_, files) = ticked(app, &form);
    form.without(KEPT).with_kept(files)
}

/// Keeps the files of a form that comes back. A browser lets no page choose them anew; where they
/// cannot be kept, whoever filled it in must. One that was refused is not among them.
pub(crate) fn again(
    app: &App,
    page: &Page,
    form: &Posted,
    refused: Option<&Refusal>,
    mut problems: Vec<Problem>,
) -> Vec<Problem> {
    let flawed = |number: usize| match refused {
        Some(Refusal::Files(flaws)) => flaws.iter().any(|it| it.number == number),
        _ => false,
    };
    let files = form.files().iter().enumerate().filter(|(number, _)| !flawed(*number));
    let is_kept = keep(app, form, files.map(|(_, file)| file.clone()).collect());
    let is_said = problems.iter().any(|it| it.field.as_deref() == Some(FILES));
    if !is_kept && !is_said {
        problems.push(again_problem(page));
    }
    problems
}

/// Keeps files of a form and no others, if there is room.
fn keep(app: &App, form: &Posted, files: Vec<ChosenFile>) -> bool {
    let has_none = files.is_empty();
    form.number().map_or(has_none, |key| app.service().keep_files(key, files))
}

/// The files that are ticked in a form, and those of them that are kept.
fn ticked(app: &App, form: &Posted) -> (Vec<Uuid>, Vec<ChosenFile>) {
    let ticked: Vec<Uuid> = form.all(KEPT).filter_map(|id| id.parse().ok()).collect();
    let mut files = match form.number() {
        Some(key) if !ticked.is_empty() => app.service().kept_files(key),
        _ => Vec::new(),
    };
    files.retain(|file| ticked.contains(&file.id));
    (ticked, files)
}

/// Keeps the files of a form whose fields go on over the sign-in page, or one that says what went
/// wrong. Answers with the boxes that stand for them, ticked; nothing where there is no room.
pub(crate) fn put_aside(app: &App, form: &Posted) -> Option<Vec<(String, String)>> {
    let (mut boxes, mut files) = ticked(app, form);
    boxes.extend(form.files().iter().map(|file| file.id));
    files.extend_from_slice(form.files());
    let boxes = boxes.iter().map(|id| (KEPT.to_owned(), id.to_string())).collect();
    keep(app, form, files).then_some(boxes)
}

fn again_problem(page: &Page) -> Problem {
    Problem { field: Some(FILES.to_owned()), sentence: page.help("files-again") }
}

/// What is wrong with the files, each by its name, if that is what was refused.
pub(crate) fn problems(page: &Page, form: &Posted, refused: &Refusal) -> Option<Vec<Problem>> {
    let problem = |sentence| Problem { field: Some(FILES.to_owned()), sentence };
    match refused {
        Refusal::Files(problems) => {
            let sentence = |it: &FileProblem| {
                let name = form.file_name(it.number).to_owned();
                let key = format!("file_flaw-{}", <&'static str>::from(it.flaw));
                problem(page.say_with(&key, &[("name", name)]))
            };
            Some(problems.iter().map(sentence).collect())
        }
        Refusal::TooManyFiles { files_max } => {
            let count = [("count", *files_max)];
            Some(vec![problem(page.say_with("refusal-service-too_many_files", &count))])
        }
        _ => None,
    }
}

/// A file, to be saved under its name and not shown.
pub(crate) fn handed_out(file: &HandedOut) -> Response {
    let headers: [(HeaderName, String); 3] = [
        (CONTENT_TYPE, file.kind.media_type().to_owned()),
        (CONTENT_DISPOSITION, disposition(&file.name)),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    (headers, file.bytes.to_vec()).into_response()
}

/// The name in both spellings there are (RFC 6266): in ASCII, and in full.
pub(crate) fn disposition(name: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_' | ' ');
    let plain: String = name.chars().map(|it| if is_plain(it) { it } else { '_' }).collect();
    let full = name.bytes().fold(String::new(), |mut full, byte| {
        match byte {
            b'.' | b'-' | b'_' => full.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => full.push(char::from(byte)),
            byte => write!(full, "%{byte:02X}").expect("writing to a string cannot fail"),
        }
        full
    });
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_out_of_no_header() {
        assert_eq!(
            disposition("blåbær (2).pdf"),
            "attachment; filename=\"bl_b_r _2_.pdf\"; \
             filename*=UTF-8''bl%C3%A5b%C3%A6r%20%282%29.pdf"
        );
        let hostile = disposition("a\"\r\nX-Y: z.pdf");
        assert!(!hostile.contains(['\r', '\n']), "{hostile}");
        assert_eq!(hostile.matches('"').count(), 2, "{hostile}");
    }
}
