//! The report form as it is shown: the fields of every report, and the category's own questions.

use askama::Template;
use domain::Role;
use domain::case::report::{
    BreachKind, Channel, Openness, PeopleEstimate, PersonalDataAffected, Sensitive,
};
use domain::category::{AnswerKind, Category};
use service::SignedIn;

use super::FAMILY;
use super::filing::BETWEEN_KINDS;
use super::questions::{self, Group};
use crate::App;
use crate::files;
use crate::forms::{Choice, Field, Form, Posted, Problem};
use crate::identity::Visitor;
use crate::names::Names;
use crate::page::Page;

/// The form and all that can be chosen in it.
#[derive(Template)]
#[template(path = "report.html")]
pub(super) struct ReportPage {
    page: Page,
    form: Form,
    category: String,
    title: String,
    units: Field,
    occurred: Field,
    questions: Vec<Group>,
    personal_data: Field,
    breach: Field,
    people: Field,
    sensitive: Field,
    openness: Field,
    channel: Option<Field>,
    files: Field,
}

/// The form to fill in, with what can be known beforehand: most report at once, from their unit.
pub(super) fn empty(app: &App, visitor: Visitor, category: &Category) -> ReportPage {
    let page = &visitor.page;
    let now = page.zone().input_value(page.now());
    let who = visitor.who.as_ref();
    let openness = who.map_or(Openness::Anonymous, |_| Openness::Named);
    let values = Posted::default()
        .and("discovered_at", now)
        .and("openness", <&str>::from(openness))
        .and("people", <&str>::from(PeopleEstimate::Unknown))
        .and("channel", <&str>::from(Channel::WebForm))
        .and("unit", who.map_or(String::new(), |who| who.unit.to_string()));
    let form = Form::new(page, FAMILY, values);
    shown(app, visitor, category, form)
}

/// The form with what was written, and what is to be corrected.
pub(super) fn returned(
    app: &App,
    visitor: Visitor,
    category: &Category,
    posted: Posted,
    problems: Vec<Problem>,
) -> ReportPage {
    let form = Form::returned(&visitor.page, FAMILY, posted, problems);
    shown(app, visitor, category, form)
}

fn shown(app: &App, visitor: Visitor, category: &Category, form: Form) -> ReportPage {
    let Visitor { page, who, .. } = visitor;
    let texts = page.texts();
    let units = Names::new(app, &page).units();
    let occurred =
        BETWEEN_KINDS.map(|kind| Choice::new(kind, page.say(&format!("occurred-{kind}"))));
    let questions = questions::groups(&page, &form, category);
    let own_initiative: &str = Channel::OwnInitiative.into();
    let may = |choice: &Choice| choice.value != own_initiative || who.as_ref().is_some_and(is_dpo);
    let channels = Choice::terms::<Channel>(texts, "channel").into_iter().filter(may).collect();
    let personal_data = Choice::terms::<PersonalDataAffected>(texts, "personal_data");
    ReportPage {
        category: category.id.to_string(),
        title: category.title.text(page.language()).to_owned(),
        units: form.field("unit").with(units),
        occurred: form.optional("occurred").with(occurred.into()),
        questions,
        personal_data: form.field("personal_data").with(personal_data),
        breach: form.optional("breach").with(Choice::terms::<BreachKind>(texts, "breach_kind")),
        people: form
            .optional("people")
            .with(Choice::terms::<PeopleEstimate>(texts, "people_estimate")),
        sensitive: form.optional("sensitive").with(Choice::terms::<Sensitive>(texts, "sensitive")),
        openness: form.field("openness").with(Choice::terms::<Openness>(texts, "openness")),
        files: files::field(app, &page, &form, form.optional("files")),
        channel: who.as_ref().map(|_| form.field("channel").with(channels)),
        form,
        page,
    }
}

/// Whether somebody may open a case that nobody reported.
fn is_dpo(who: &SignedIn) -> bool {
    who.roles.holds(Role::Dpo)
}
