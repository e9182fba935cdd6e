//! What somebody sent in vain is kept: a form whose session was over on the sign-in page, one that
//! could not be recorded on the page that says so.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use askama::Template;
use axum::http::Uri;
use axum::response::Response;
use service::secrets;

use crate::App;
use crate::answer;
use crate::files;
use crate::forms::{Form, KEY, Posted};
use crate::page::Page;
use crate::pages::sign_in::{self, SignInPage};
use crate::pages::steps;
use crate::routes;

/// The hidden field with the address the form was sent to.
const PATH: &str = "kept-path";

/// The hidden field that says that files came with it.
const FILES: &str = "kept-files";

/// Before the names of the kept fields.
const PREFIX: &str = "kept:";

/// Before the names of fields that are never kept: a password is typed anew.
const SECRET_PREFIX: &str = "password";

/// The button that sends a kept form on to be looked over first.
pub(crate) const LOOK_OVER: &str = "look-over";

/// What was sent, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    path: String,
    fields: Vec<(String, String)>,
    /// Whether files came with it that could not be kept: whoever sends it on attaches them again.
    had_files: bool,
}

impl Kept {
    /// Keeps a form that was sent to `uri`: its fields on the page, its files beside the pages.
    pub(crate) fn new(app: &App, uri: &Uri, form: &Posted) -> Self {
        match files::put_aside(app, form) {
            Some(boxes) => Self::with(uri, form, boxes),
            None => Self { had_files: true, ..Self::with(uri, form, Vec::new()) },
        }
    }

    fn with(uri: &Uri, form: &Posted, boxes: Vec<(String, String)>) -> Self {
        let is_kept = |name: &str| !is_secret(name) && name != files::KEPT;
        let fields = form.fields().filter(|(name, _)| is_kept(name)).map(owned);
        let fields = fields.chain(boxes).collect();
        Self { path: path_of(uri), fields, had_files: false }
    }

    /// What the sign-in page carried along, if it did; only for an address of our own.
    pub(crate) fn carried(form: &Posted) -> Option<Self> {
        let path = form.text(PATH);
        let fields = form
            .fields()
            .filter_map(|(name, value)| Some(owned((name.strip_prefix(PREFIX)?, value))));
        let had_files = form.has(FILES);
        let fields = fields.collect();
        is_local(path).then(|| Self { path: path.to_owned(), fields, had_files })
    }

    /// Where it was sent.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The fields as they were sent.
    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// Whether files are to be attached again.
    pub(crate) fn had_files(&self) -> bool {
        self.had_files
    }

    /// Whether files are kept with it.
    pub(crate) fn has_files(&self) -> bool {
        self.fields.iter().any(|(name, _)| name == files::KEPT)
    }

    /// Whether its own page shows it once more, to be looked over.
    pub(crate) fn can_be_looked_over(&self) -> bool {
        self.path.starts_with("/report/") || steps::is_form(&self.path)
    }

    /// What somebody wrote at some length, to be read and copied.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(_, value)| value.trim()).filter(|text| is_prose(text))
    }

    /// The fields as the sign-in page carries them along.
    pub(crate) fn to_carry(&self) -> Vec<(String, &str)> {
        let path = (PATH.to_owned(), self.path.as_str());
        let fields =
            self.fields.iter().map(|(name, value)| (format!("{PREFIX}{name}"), value.as_str()));
        let files = self.had_files.then(|| (FILES.to_owned(), "1"));
        std::iter::once(path).chain(files).chain(fields).collect()
    }
}

/// What somebody wrote in a form that was not taken and will not be: given back to be copied.
#[derive(Default)]
pub(crate) struct Written {
    texts: Vec<String>,
    had_files: bool,
}

impl Written {
    /// What was written in one field of a form, and whether files came with it.
    pub(crate) fn of(form: &Posted, field: &str) -> Self {
        let text = Some(form.text(field).to_owned()).filter(|text| !text.is_empty());
        Self { texts: text.into_iter().collect(), had_files: had_files(form) }
    }

    /// What was written, each text by itself.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Whether files came with it, which were not taken either.
    pub(crate) fn had_files(&self) -> bool {
        self.had_files
    }

    /// Whether there is nothing to give back.
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty() && !self.had_files
    }
}

/// Whether what is in a field of that name is never kept, nor told from anything else.
pub(crate) fn is_secret(name: &str) -> bool {
    name.starts_with(SECRET_PREFIX)
}

fn had_files(form: &Posted) -> bool {
    !form.files().is_empty() || form.has(files::KEPT)
}

/// Whether it was written at some length, and is no choice, number or key.
fn is_prose(text: &str) -> bool {
    text.contains(char::is_whitespace)
}

/// Where a request's form is laid as soon as it is read, so that it can be given back where the
/// request comes to nothing.
#[derive(Clone, Default)]
pub(crate) struct Desk(Arc<Mutex<Option<(Uri, Posted)>>>);

impl Desk {
    /// Lays a form down.
    pub(crate) fn lay(&self, uri: Uri, form: Posted) {
        *self.lock() = Some((uri, form));
    }

    /// Takes up what was laid down.
    pub(crate) fn take(&self, app: &App) -> Option<Kept> {
        self.lock().take().map(|(uri, form)| Kept::new(app, &uri, &form))
    }

    /// The same under a new key, as something else than what was sent under the first.
    pub(crate) fn take_anew(&self, app: &App) -> Option<Kept> {
        let (uri, form) = self.lock().take()?;
        let form = files::taken_along(app, form);
        let form = form.replaced(KEY, &secrets::random_id().to_string());
        Some(Kept::new(app, &uri, &form))
    }

    /// What was written in what was laid down, where nothing is to be sent again.
    pub(crate) fn written(&self) -> Written {
        let Some((_, form)) = self.lock().take() else { return Written::default() };
        let fields = form.fields().filter(|(name, _)| !is_secret(name));
        let texts = fields.map(|(_, value)| value.trim()).filter(|text| is_prose(text));
        Written { texts: texts.map(str::to_owned).collect(), had_files: had_files(&form) }
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Uri, Posted)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Whether `path` leads to a page of our own, and nowhere else.
pub(crate) fn is_local(path: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && c != '\\';
    path.starts_with('/') && !path.starts_with("//") && path.chars().all(is_plain)
}

/// The sign-in page that leads back to `uri`.
pub(crate) fn sign_in_path(uri: &Uri) -> String {
    let path = path_of(uri);
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
    // Filters and searches stay out of addresses of other pages; the page itself is enough.
    let path = path.split('?').next().filter(|path| path.chars().all(plain));
    match path {
        Some(routes::START) | None => routes::SIGN_IN.to_owned(),
        Some(path) => format!("{}?{}={path}", routes::SIGN_IN, sign_in::TO),
    }
}

fn path_of(uri: &Uri) -> String {
    uri.path_and_query().map_or(routes::START, |path| path.as_str()).to_owned()
}

/// The sign-in page in the place of the one asked for, with what was sent kept on it.
pub(crate) fn sign_in_again(page: Page, kept: Kept) -> Response {
    let form = Form::new(&page, sign_in::FAMILY, Posted::default());
    answer::instead(&SignInPage { page, form, to: String::new(), kept: Some(kept) })
}

#[derive(Template)]
#[template(path = "send_on.html")]
struct SendOnPage {
    page: Page,
    kept: Kept,
}

/// A page from which a kept form is sent on, in the session there is now.
pub(crate) fn send_on(page: Page, kept: Kept) -> Response {
    answer::page(&SendOnPage { page, kept })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(fields: &[(&str, &str)]) -> Posted {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_sent_survives_the_way_over_the_sign_in_page() {
        let sent = posted(&[("csrf", "old"), ("breach", "a"), ("breach", "b"), ("text", "æ\nø")]);
        let boxes = vec![(files::KEPT.to_owned(), "new".to_owned())];
        let sent = sent.and(files::KEPT, "old");
        let kept = Kept::with(&Uri::from_static("/report/other"), &sent, boxes);
        let carried: Posted =
            kept.to_carry().into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        assert_eq!(Kept::carried(&carried.and("name", "kari")), Some(kept.clone()));
        assert_eq!(kept.fields().len(), 4);
        assert!(kept.has_files() && kept.can_be_looked_over());
    }

    #[test]
    fn passwords_are_not_kept() {
        let kept =
            Kept::with(&Uri::from_static("/password"), &posted(&[("password", "marker")]), vec![]);
        assert!(kept.fields().is_empty() && !kept.can_be_looked_over());
    }

    #[test]
    fn only_addresses_of_our_own_are_kept() {
        for path in ["/", "/report/other", "/cases?unit=1"] {
            assert!(is_local(path), "{path}");
        }
        for path in ["", "report", "//evil.example", "/\\evil.example", "https://a", "/a\nb"] {
            assert!(!is_local(path), "{path}");
            assert_eq!(Kept::carried(&posted(&[(PATH, path)])), None, "{path}");
        }
    }

    #[test]
    fn signing_in_leads_back_to_the_page_without_what_was_searched_for() {
        let to = |uri| sign_in_path(&Uri::from_static(uri));
        assert_eq!(to("/"), "/sign-in");
        assert_eq!(to("/cases?words=kari"), "/sign-in?to=/cases");
        assert_eq!(to("/cases/0190%0d"), "/sign-in");
    }
}
