//! Pages and the JSON API.
//!
//! Invariants: a handler translates in, calls the service and translates out; it decides nothing.
//! This crate reads no clock and no journal, and sends nothing. Every page works without scripts,
//! and no page contains any. No follow-up code, name or word that somebody wrote stands in an
//! address or in the log; the secret of a link that was mailed to somebody outside stands in that
//! link's own address, which takes one answer and names nothing.
//!
//! # How to add a page
//!
//! 1. `routes.rs`: a constant for the address, and a line in the router.
//! 2. `locales/nb/<noun>.ftl`: its texts, listed in `text.rs`. A form's family `measure` words its
//!    field `owner` as `measure-owner`, with `.help` and `.missing` where they help; the domain's
//!    values are in `terms.ftl` (`page.term("phase", phase)`).
//! 3. `templates/<noun>.html`: `{% extends "base.html" %}`, with the blocks `title` and `content`,
//!    and the macros of `fields.html` (fields, the list of problems, hidden fields) and of
//!    `parts.html` (tags, lists of facts, timelines, paging).
//! 4. `pages/<noun>.rs`: a template that holds `page: Page` (and `form: Form`), and a handler for
//!    each method. What it is handed says who it is for: `identity::Visitor` for anybody,
//!    `identity::Person` for whoever is signed in, and `identity::Sent` of either for a form.
//!    Reading: `Reader::new(&page, FAMILY, &form)`, one line a field, then `finish`. Answering:
//!    `answer::page`, `answer::returned` with `Form::returned` for what is to be corrected, and
//!    `answer::go` once it is done. `?` turns the service's errors into pages of their own.
//! 5. `navigation.rs`, if it is to be linked at the top.

mod answer;
mod api;
mod archived;
mod assets;
mod charts;
mod clock;
mod cookies;
mod exported;
mod fault;
mod figures;
mod files;
mod forms;
mod health;
mod identity;
mod kept;
mod language;
mod names;
mod navigation;
mod page;
mod pages;
mod paging;
mod papers;
mod queue;
mod refusal;
mod routes;
mod security;
mod sheet;
mod text;
mod times;

pub use api::assessments::Assessment;
pub use api::facts::{facts_document, facts_schema};
pub use exported::{ExportedFile, NotExported, case_files};
pub use routes::router;

use std::sync::Arc;

use service::Service;

use queue::Queue;

/// What every handler reaches.
#[derive(Clone)]
pub struct App {
    service: Service,
    is_demo: bool,
    has_secure_cookies: bool,
    is_behind_proxy: bool,
    queue: Arc<Queue>,
}

impl App {
    /// The pages of `service`. A demo says on every page that it is one. Cookies are secure but
    /// on a loopback address, where pages travel unencrypted.
    #[must_use]
    pub fn new(service: Service, is_demo: bool, is_loopback: bool) -> Self {
        service.write_papers_by(Arc::new(archived::InTheHouse));
        Self {
            service,
            is_demo,
            has_secure_cookies: !is_loopback,
            is_behind_proxy: false,
            queue: Arc::default(),
        }
    }

    /// Pages that nobody asks for, such as the archive's papers.
    fn serving(service: Service) -> Self {
        Self {
            service,
            is_demo: false,
            has_secure_cookies: true,
            is_behind_proxy: false,
            queue: Arc::default(),
        }
    }

    /// The same behind a proxy of the organisation's own, which says whence each request came.
    #[must_use]
    pub fn behind_proxy(self, is_behind_proxy: bool) -> Self {
        Self { is_behind_proxy, ..self }
    }

    fn is_behind_proxy(&self) -> bool {
        self.is_behind_proxy
    }

    fn queue(&self) -> &Queue {
        &self.queue
    }

    fn service(&self) -> &Service {
        &self.service
    }

    fn is_demo(&self) -> bool {
        self.is_demo
    }

    fn has_secure_cookies(&self) -> bool {
        self.has_secure_cookies
    }

    fn zone(&self) -> times::Zone {
        self.service.settings().zone.into()
    }

    /// Bytes of all the files that one form may bring.
    fn file_bytes_max(&self) -> usize {
        let limits = self.service.settings().files;
        limits.bytes_max.saturating_mul(limits.files_max)
    }

    fn base_url(&self) -> &str {
        &self.service.settings().base_url
    }
}
