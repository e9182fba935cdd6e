//! The page on which something handed out stands: shown this once and kept nowhere.

use askama::Template;

use crate::page::Page;

/// Something handed out that is shown this once and kept nowhere.
#[derive(Template)]
#[template(path = "handed_out.html")]
pub(crate) struct HandedOutPage {
    /// What is around it.
    pub(crate) page: Page,
    /// What it is.
    pub(crate) title: String,
    /// What to do with it.
    pub(crate) introduction: String,
    /// What stands before it.
    pub(crate) label: String,
    /// It.
    pub(crate) secret: String,
    /// Where to go from here.
    pub(crate) back: String,
    /// The words for that.
    pub(crate) next: String,
}
