//! The first actions of a category in the form that receives a case: what is offered, and what was
//! chosen. They belong to one category; whoever chooses another is shown the form again, with the
//! actions of that one.

use std::collections::BTreeSet;

use domain::Time;
use domain::case::command::FirstAction;
use domain::category::answers::given;
use domain::category::{Action, ActionName, Category, CategoryId, CountedFrom};
use domain::ids::{MeasureId, UserId};
use service::secrets::FormKey;

use super::desk::{Desk, FirstActions, Input, OfferedAction};
use crate::forms::{Choice, Form, Reader};

/// The field that says whose actions the form has shown.
pub(super) const OF: &str = "actions_of";

/// The field with the actions that are ticked.
const ACTIONS: &str = "actions";

fn owner_field(action: &ActionName) -> String {
    format!("owner-{action}")
}

/// The first actions of the category that was chosen. Without one, those of the case's own stand
/// there, so that the form always says whose it has shown.
pub(super) fn offered(desk: &Desk, form: &Form) -> Input {
    let own = desk.known().category();
    let chosen = desk.category_now(form.value("category"));
    let chosen = chosen.or_else(|| desk.category_now(own.as_str()));
    Input::FirstActions(FirstActions {
        category: chosen.map_or(own, |category| &category.id).clone(),
        actions: chosen.map(|category| actions(desk, form, category)).unwrap_or_default(),
        none: "receive-actions-none",
    })
}

/// None, since the case stays under its own category.
pub(super) fn none(desk: &Desk) -> Input {
    let category = desk.known().category().clone();
    Input::FirstActions(FirstActions {
        category,
        actions: Vec::new(),
        none: "reclassify-actions-none",
    })
}

/// Where the form has not shown the actions yet, those that apply are ticked, and each has the
/// owner it would have by rights.
fn actions(desk: &Desk, form: &Form, category: &Category) -> Vec<OfferedAction> {
    let is_new = form.value(OF) != category.id.as_str();
    let owners = desk.names.people(|user, _| !desk.known().involved.contains(&user));
    let offer = |action: &Action| {
        let mut tick = form.worded(ACTIONS, String::new(), None);
        let label = form.field("action_owner").label;
        let mut owner = form.worded(&owner_field(&action.name), label, None);
        if is_new {
            tick.values =
                applies(desk, action).then(|| action.name.to_string()).into_iter().collect();
            owner.values = vec![desk.suggested(action.owner).to_string()];
        }
        OfferedAction {
            tick: tick.with(vec![choice(desk, category, action)]).apart(action.name.as_str()),
            owner: owner.with(owners.clone()),
        }
    };
    category.playbook.iter().map(offer).collect()
}

/// What is to be done, with its time and what it depends on.
fn choice(desk: &Desk, category: &Category, action: &Action) -> Choice {
    let page = &desk.page;
    let due_at = page.moment(&due_at(desk, action)).words().to_owned();
    let key = match action.from {
        CountedFrom::Receipt => "receive-action-due",
        CountedFrom::Awareness => "receive-action-due-awareness",
    };
    let role = page.term("role", &action.owner);
    let mut help = page.say_with(key, &[("due", due_at), ("role", role)]);
    if !applies(desk, action) {
        let question = action.only_if.as_ref().and_then(|it| category.question(&it.question));
        let label = question.map_or("", |it| it.label.text(page.language()));
        help =
            format!("{help} {}", page.say_with("receive-action-only-if", &[("question", label)]));
    }
    let text = action.text.text(page.language());
    Choice { help: Some(help), ..Choice::new(&action.name, text) }
}

fn due_at(desk: &Desk, action: &Action) -> Time {
    action.due_at(desk.page.now(), desk.known().clock.deadline.aware_at)
}

/// Whether the reporter gave the answer that the action waits for. It decides no more than whether
/// the action is ticked beforehand.
fn applies(desk: &Desk, action: &Action) -> bool {
    let answers = given(&desk.known().report.answers);
    action.only_if.as_ref().is_none_or(|only_if| only_if.holds(&answers))
}

/// The actions that were chosen from the category. Whoever the form names as involved answers for
/// none of them; that is said before anybody is named.
pub(super) fn read(
    reader: &mut Reader<'_>,
    category: Option<&CategoryId>,
    involved: &BTreeSet<UserId>,
    key: FormKey,
) -> Vec<FirstAction> {
    let shown: Option<CategoryId> = reader.choice(OF);
    if shown.is_some() && category.is_some() && shown.as_ref() != category {
        reader.refuse_as("category", "receive-category-changed");
        return Vec::new();
    }
    let actions = reader.several::<ActionName>(ACTIONS);
    let chosen = |action: ActionName| {
        let field = owner_field(&action);
        let owner = reader.required_choice(&field)?;
        if involved.contains(&owner) {
            reader.refuse_as(&field, "refusal-owner_involved");
        }
        let measure = MeasureId(key.part_named(action.as_str()));
        Some(FirstAction { measure, action, owner })
    };
    actions.into_iter().filter_map(chosen).collect()
}
