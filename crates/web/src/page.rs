//! What every page has around its content: language, organisation, who is signed in, navigation.

use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use domain::{Roles, Time};
use service::SignedIn;

use crate::App;
use crate::assets;
use crate::cookies;
use crate::language::Language;
use crate::navigation::{self, Link};
use crate::text::{self, Argument, Texts};
use crate::times::{TimeElement, Zone, remaining_in_words};

/// The cookie in which a reader's choice of language is kept.
pub(crate) const LANGUAGE_COOKIE: &str = "avvik_language";

/// Everything a template needs beside its own content; templates hold it as `page`.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    texts: Texts,
    zone: Zone,
    now: Time,
    organisation: String,
    demo: bool,
    crisis_copy: bool,
    path: String,
    signed_in: Option<SignedInOnPage>,
}

/// Who is signed in, as far as the page needs to know.
#[derive(Debug, Clone)]
struct SignedInOnPage {
    name: String,
    roles: Roles,
    csrf: String,
}

impl Page {
    /// The page for whoever asks for `path`; `csrf` is the form token of their session.
    pub(crate) fn new(
        app: &App,
        headers: &HeaderMap,
        path: &str,
        signed_in: Option<(&SignedIn, String)>,
    ) -> Self {
        let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let chosen = cookies::read(headers, LANGUAGE_COOKIE);
        let language = Language::choose(&text::available(), chosen, accepted);
        let (organisation, crisis_copy) = {
            let organisation = &app.service().views().organisation;
            (organisation.name.clone(), organisation.crisis_copy_since.is_some())
        };
        Self {
            texts: Texts::new(language)
                .within(app.service().settings().duties.calendar.jurisdiction),
            zone: app.zone(),
            now: app.service().now(),
            organisation,
            demo: app.is_demo(),
            crisis_copy,
            path: path.to_owned(),
            signed_in: signed_in.map(|(who, csrf)| SignedInOnPage {
                name: who.name.clone(),
                roles: who.roles.clone(),
                csrf,
            }),
        }
    }

    /// A page that nobody asked for, in the organisation's own language.
    pub(crate) fn of_the_house(app: &App) -> Self {
        let mut headers = HeaderMap::new();
        let language = HeaderValue::from_str(&app.service().settings().language);
        headers.extend(language.ok().map(|it| (ACCEPT_LANGUAGE, it)));
        Self::new(app, &headers, "/", None)
    }

    /// The texts in the reader's language.
    pub(crate) fn texts(&self) -> Texts {
        self.texts
    }

    /// The organisation's time zone.
    pub(crate) fn zone(&self) -> Zone {
        self.zone
    }

    /// The time at which the page was asked for.
    pub(crate) fn now(&self) -> Time {
        self.now
    }

    /// The same page as it would have been at another time: clocks are counted to then.
    pub(crate) fn at(self, now: Time) -> Self {
        Self { now, ..self }
    }

    /// The value of `<html lang>`.
    pub(crate) fn language(&self) -> &'static str {
        self.texts.language().tag()
    }

    /// The organisation's name.
    pub(crate) fn organisation(&self) -> &str {
        &self.organisation
    }

    /// Whether everything here is made up.
    pub(crate) fn is_demo(&self) -> bool {
        self.demo
    }

    /// Whether this is used for a while because the service itself cannot be.
    pub(crate) fn is_crisis_copy(&self) -> bool {
        self.crisis_copy
    }

    /// The name of whoever is signed in.
    pub(crate) fn name(&self) -> Option<&str> {
        self.signed_in.as_ref().map(|who| who.name.as_str())
    }

    /// The token every form carries, which only pages of this session can know.
    pub(crate) fn csrf(&self) -> &str {
        self.signed_in.as_ref().map_or("", |who| &who.csrf)
    }

    /// The page after somebody signed in or out while it was being made.
    pub(crate) fn signed_in_as(mut self, who: &SignedIn, csrf: String) -> Self {
        let (name, roles) = (who.name.clone(), who.roles.clone());
        self.signed_in = Some(SignedInOnPage { name, roles, csrf });
        self
    }

    /// The links at the top, for what this reader may use.
    pub(crate) fn navigation(&self) -> Vec<Link> {
        navigation::links(self.signed_in.as_ref().map(|who| &who.roles), &self.path)
    }

    /// The address of an embedded file.
    #[expect(clippy::unused_self, reason = "templates reach everything through `page`")]
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The sentence under `key`.
    pub(crate) fn say(&self, key: &str) -> String {
        self.texts.say(key)
    }

    /// The sentence under `key`, with what is to be filled in.
    pub(crate) fn say_with<A: Argument>(&self, key: &str, arguments: &[(&str, A)]) -> String {
        self.texts.say_with(key, arguments)
    }

    /// What more is written about `key`, or nothing.
    pub(crate) fn help(&self, key: &str) -> String {
        self.texts.part(key, "help").unwrap_or_default()
    }

    /// The word for a value of the domain: `page.term("phase", row.phase)`.
    pub(crate) fn term<T: Into<&'static str> + Copy>(&self, family: &str, value: &T) -> String {
        self.texts.term(family, *value)
    }

    /// A moment, as `<time>`.
    pub(crate) fn moment(&self, at: &Time) -> TimeElement {
        self.zone.moment(self.texts, *at)
    }

    /// A day, as `<time>`.
    pub(crate) fn day(&self, at: &Time) -> TimeElement {
        self.zone.day(self.texts, *at)
    }

    /// How long it is until `due_at`, or how long ago it passed.
    pub(crate) fn remaining(&self, due_at: &Time) -> String {
        remaining_in_words(self.texts, *due_at - self.now)
    }
}
