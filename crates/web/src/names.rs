//! What people, units and categories are called: the service knows them by identifiers.

use domain::assessment::{GroundName, RuleName, RulebookId};
use domain::case::{OpenCase, Report};
use domain::category::{Category, CategoryId, Localised, SevereName};
use domain::duty::{Duty, DutyId, Jurisdiction};
use domain::ids::{UnitId, UserId};
use domain::organisation::{Organisation, Person};
use domain::{Role, Time};
use views::Absences;

use crate::App;
use crate::forms::Choice;
use crate::page::Page;

/// The names in use as a page is made.
pub(crate) struct Names {
    organisation: Organisation,
    absences: Absences,
    categories: Vec<(CategoryId, String)>,
    duties: Vec<(DutyId, String)>,
    language: &'static str,
    jurisdiction: Jurisdiction,
    erased: String,
}

impl Names {
    /// The names in the language of `page`.
    pub(crate) fn new(app: &App, page: &Page) -> Self {
        let title = |it: &Category| (it.id.clone(), it.title.text(page.language()).to_owned());
        let duties = app.service().duties().iter();
        let duty = |it: &Duty| (it.id.clone(), it.title.text(page.language()).to_owned());
        Self {
            organisation: app.service().organisation(),
            absences: app.service().views().absences.clone(),
            duties: duties.map(duty).collect(),
            categories: app.service().categories().iter().map(title).collect(),
            language: page.language(),
            jurisdiction: app.service().settings().duties.calendar.jurisdiction,
            erased: page.say("no-name"),
        }
    }

    /// The names of an organisation without categories and duties.
    #[cfg(test)]
    pub(crate) fn of(organisation: Organisation) -> Self {
        let (categories, duties, jurisdiction) = (Vec::new(), Vec::new(), Jurisdiction::No);
        Self {
            organisation,
            absences: Absences::default(),
            categories,
            duties,
            language: "nb",
            jurisdiction,
            erased: "?".to_owned(),
        }
    }

    /// The language they are in, where there are several.
    pub(crate) fn language(&self) -> &'static str {
        self.language
    }

    /// Whose law applies.
    pub(crate) fn jurisdiction(&self) -> Jurisdiction {
        self.jurisdiction
    }

    /// Somebody's name, or that it was erased.
    pub(crate) fn person(&self, user: UserId) -> String {
        let known = self.organisation.people.get(&user);
        known.map_or(&*self.erased, |person| person.name.text_or(&self.erased)).to_owned()
    }

    /// Until when somebody was away at that moment, as it was known then.
    pub(crate) fn away_until(&self, user: UserId, moment: Time) -> Option<Time> {
        self.absences.away_until(user, moment)
    }

    /// A unit's name.
    pub(crate) fn unit(&self, unit: UnitId) -> String {
        let known = self.organisation.units.get(&unit);
        known.map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    }

    /// A category's title; the last it had, where the organisation took the category away.
    pub(crate) fn category(&self, category: &CategoryId) -> String {
        let known = self.categories.iter().find(|(id, _)| id == category);
        let last = || {
            let last = self.organisation.latest_category(category)?;
            Some(last.title.text(self.language).to_owned())
        };
        known.map(|(_, title)| title.clone()).or_else(last).unwrap_or_else(|| category.to_string())
    }

    /// The title of a category as it was in a version, which a report or a case keeps: what is
    /// shown of a moment long past reads as it did then.
    pub(crate) fn category_in(&self, category: &CategoryId, version: Option<u32>) -> String {
        let known = version.and_then(|version| self.organisation.category(category, version));
        let known = known.map(|category| category.title.text(self.language).to_owned());
        known.unwrap_or_else(|| self.category(category))
    }

    /// The title of the category a case is handled under.
    pub(crate) fn category_of(&self, known: &OpenCase) -> String {
        self.category_in(known.category(), known.category_version())
    }

    /// The title of the category that was reported.
    pub(crate) fn category_reported(&self, report: &Report) -> String {
        self.category_in(&report.category, Some(report.category_version))
    }

    /// Why a report is severe, by one of the rules of its category as they were then.
    pub(crate) fn why_severe(&self, report: &Report, rule: &SevereName) -> String {
        let category = self.organisation.category(&report.category, report.category_version);
        let rules = category.map(|category| category.severe.as_slice()).unwrap_or_default();
        let why = rules.iter().find(|it| it.name == *rule).map(|it| it.why.text(self.language));
        why.map_or_else(|| rule.to_string(), str::to_owned)
    }

    /// A duty's title; the last it had, where the organisation took the duty away.
    pub(crate) fn duty(&self, duty: &DutyId) -> String {
        let now = self.duties.iter().find(|(id, _)| id == duty).map(|(_, title)| title.clone());
        let last = || {
            let last = self.organisation.latest_duty(duty)?;
            Some(last.title.text(self.language).to_owned())
        };
        now.or_else(last).unwrap_or_else(|| duty.to_string())
    }

    /// The reason and the source of a rule, as they read in a version of its book; nothing where
    /// that was not kept.
    pub(crate) fn rule(
        &self,
        book: &RulebookId,
        version: u32,
        rule: &RuleName,
    ) -> Option<(String, String)> {
        let rule = self.organisation.rulebook(book, version)?.rule(rule)?;
        Some(self.in_words(&rule.reason, &rule.cite))
    }

    /// The reason and the source of a ground, likewise.
    pub(crate) fn ground(
        &self,
        book: &RulebookId,
        version: u32,
        ground: &GroundName,
    ) -> Option<(String, String)> {
        let ground = self.organisation.rulebook(book, version)?.ground(ground)?;
        Some(self.in_words(&ground.reason, &ground.cite))
    }

    fn in_words(&self, reason: &Localised, cite: &Localised) -> (String, String) {
        (reason.text(self.language).to_owned(), cite.text(self.language).to_owned())
    }

    /// Every unit with those above it but the top, so that units of the same name can be told
    /// apart.
    pub(crate) fn units(&self) -> Vec<Choice> {
        let units = self.organisation.units.keys();
        sorted(units.map(|unit| (path(&self.organisation, *unit), *unit)))
    }

    /// Every category there is or was, those of the report form first.
    pub(crate) fn categories_ever(&self) -> Vec<Choice> {
        let offered = |id: &CategoryId| self.categories.iter().any(|(offered, _)| offered == id);
        let gone = self.organisation.categories.keys().filter(|id| !offered(id));
        let gone = gone.map(|id| Choice::new(id, self.category(id)));
        self.categories().into_iter().chain(gone).collect()
    }

    /// Every category, in the order of the report form.
    pub(crate) fn categories(&self) -> Vec<Choice> {
        self.categories.iter().map(|(id, title)| Choice::new(id, title)).collect()
    }

    /// Everybody who may sign in and holds `role`.
    pub(crate) fn holders(&self, role: Role) -> Vec<Choice> {
        let holders = self.organisation.holders(role);
        sorted(holders.map(|(user, _)| (self.person(user), user)))
    }

    /// Everybody who may sign in and whom `is_offered` lets through, each with their unit.
    pub(crate) fn people(&self, is_offered: impl Fn(UserId, &Person) -> bool) -> Vec<Choice> {
        let people = self.organisation.people.iter();
        let offered = people.filter(|(user, it)| it.active && is_offered(**user, it));
        let label = |user, unit| format!("{}, {}", self.person(user), self.unit(unit));
        sorted(offered.map(|(user, it)| (label(*user, it.unit), *user)))
    }

    /// Everybody who is or was a member.
    pub(crate) fn everybody(&self) -> Vec<Choice> {
        let people = self.organisation.people.iter();
        let label = |user, unit| format!("{}, {}", self.person(user), self.unit(unit));
        sorted(people.map(|(user, it)| (label(*user, it.unit), *user)))
    }

    /// Whether `unit` is `above` or lies below it.
    pub(crate) fn is_within(&self, unit: UnitId, above: UnitId) -> bool {
        self.organisation.is_within(unit, above)
    }
}

fn sorted(named: impl Iterator<Item = (String, impl Ord + ToString)>) -> Vec<Choice> {
    let mut named: Vec<_> = named.collect();
    named.sort();
    named.into_iter().map(|(name, id)| Choice::new(id, name)).collect()
}

fn path(organisation: &Organisation, unit: UnitId) -> String {
    let above = std::iter::successors(Some(unit), |unit| organisation.units.get(unit)?.parent);
    let mut names: Vec<&str> = above
        .take(organisation.units.len())
        .filter_map(|unit| Some(organisation.units.get(&unit)?.name.as_str()))
        .collect();
    if 1 < names.len() {
        names.pop();
    }
    names.reverse();
    names.join(" › ")
}
