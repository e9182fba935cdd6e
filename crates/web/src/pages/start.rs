//! `/`: where everybody begins, with the ways on that are open to them.

use askama::Template;
use axum::response::Response;

use crate::answer;
use crate::identity::Visitor;
use crate::page::Page;
use crate::routes;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    page: Page,
    cards: Vec<Card>,
}

/// A way on.
struct Card {
    path: &'static str,
    key: &'static str,
    is_primary: bool,
}

/// `GET /`
pub(crate) async fn show(visitor: Visitor) -> Response {
    let links = visitor.page.navigation().into_iter().filter(|link| link.path != routes::START);
    let mut cards: Vec<Card> = links
        .map(|link| Card {
            path: link.path,
            key: link.key,
            is_primary: link.path == routes::REPORT,
        })
        .collect();
    if visitor.who.is_none() {
        cards.push(Card { path: routes::SIGN_IN, key: "sign-in", is_primary: false });
    }
    answer::page(&StartPage { page: visitor.page, cards })
}
