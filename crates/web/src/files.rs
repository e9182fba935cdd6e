//! Files on their way in and out: the field they are attached in, what is wrong with one, and how
//! one is handed out so that a browser keeps it and never runs it.

use std::fmt::Write;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use service::{FileProblem, HandedOut, Refusal};

use crate::App;
use crate::forms::{Field, Posted, Problem};
use crate::page::Page;

/// The name of the field.
pub(crate) const FILES: &str = "files";

/// A file is looked at by the program it is saved for, and by no page of ours.
const POLICY: &str = "default-src 'none'; sandbox";

/// The field, which says how much is taken.
pub(crate) fn field(app: &App, page: &Page, field: Field) -> Field {
    let limits = app.service().settings().files;
    let arguments = [("count", limits.files_max), ("megabytes", limits.bytes_max >> 20)];
    Field { help: Some(page.say_with("files-help", &arguments)), ..field }
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

/// A form that comes back has lost its files: a browser lets no page choose them.
pub(crate) fn again(page: &Page, form: &Posted, mut problems: Vec<Problem>) -> Vec<Problem> {
    let is_said = problems.iter().any(|it| it.field.as_deref() == Some(FILES));
    if form.has_files() && !is_said {
        let sentence = page.help("files-again");
        problems.push(Problem { field: Some(FILES.to_owned()), sentence });
    }
    problems
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
fn disposition(name: &str) -> String {
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
