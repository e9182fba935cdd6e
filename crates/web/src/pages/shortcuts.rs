//! `/shortcuts`: the keys that lead to pages, as a list. They are the browser's own access keys, so
//! that they work without scripts and only together with the browser's keys (WCAG 2.1.4).

use askama::Template;
use axum::response::Response;

use crate::answer;
use crate::identity::Visitor;
use crate::navigation::{SEARCH, SHORTCUTS};
use crate::page::Page;
use crate::routes;

#[derive(Template)]
#[template(path = "shortcuts.html")]
struct ShortcutsPage {
    page: Page,
    shortcuts: Vec<Shortcut>,
}

/// A key and where it leads.
struct Shortcut {
    key: char,
    path: &'static str,
    words: String,
}

/// `GET /shortcuts`: those of whoever looks.
pub(crate) async fn show(visitor: Visitor) -> Response {
    let page = visitor.page;
    let links = page.navigation();
    let has_list = links.iter().any(|link| link.path == routes::INBOX);
    let of_link = |key, path, words: &str| Shortcut { key, path, words: page.say(words) };
    let mut shortcuts: Vec<Shortcut> =
        links.iter().map(|link| of_link(link.shortcut, link.path, link.key)).collect();
    if has_list {
        shortcuts.push(of_link(SEARCH, routes::INBOX, "shortcuts-search"));
    }
    shortcuts.push(of_link(SHORTCUTS, routes::SHORTCUTS, "shortcuts-title"));
    answer::page(&ShortcutsPage { page, shortcuts })
}
