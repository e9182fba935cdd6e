//! `/inbox`: the cases somebody may see, running clocks first. What is filtered by stands in the
//! address, so that it can be kept as a bookmark; words that are searched for are sent as a form,
//! since addresses end up in logs.

pub(crate) mod filters;
mod looked_for;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Role;
use domain::organisation::SavedFilter;
use service::SignedIn;

use self::looked_for::LookedFor;
use super::case_row::CaseRow;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Field, Form, Posted};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::paging::{Paged, on_page};
use crate::routes;

const FAMILY: &str = "inbox";

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxPage {
    page: Page,
    title_key: &'static str,
    fields: Fields,
    /// What was looked for, for the form that leads to the next page of a search.
    carried: Vec<(&'static str, String)>,
    is_search: bool,
    /// Whether a search could not look through everything yet.
    is_incomplete: bool,
    is_narrowed: bool,
    address: String,
    /// What they keep of what they often look for: each with its address.
    filters: Vec<Kept>,
    /// The form that keeps what is looked for now.
    save: Form,
    cases: Paged<CaseRow>,
}

/// A filter that somebody keeps.
struct Kept {
    name: String,
    address: String,
    is_current: bool,
}

/// The fields by which cases are looked for.
struct Fields {
    words: Field,
    phase: Field,
    category: Field,
    unit: Field,
    handler: Field,
}

/// `GET /inbox`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let asked: Posted = asked.into_iter().collect();
    let looked_for = LookedFor::read(&asked)?.without_words();
    listed(&app, person, looked_for, &asked).await
}

/// `POST /inbox`: a search. Without words it is a filter, which has an address.
pub(crate) async fn search(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let looked_for = LookedFor::read(&form)?;
    if looked_for.is_search() {
        listed(&app, by, looked_for, &form).await
    } else {
        Ok(answer::go(&looked_for.address()))
    }
}

async fn listed(
    app: &App,
    person: Person,
    looked_for: LookedFor,
    asked: &Posted,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let (filter, wanted) = (looked_for.filter(), looked_for::page_number(asked));
    let pick = |total| on_page(total, wanted);
    let part = app.service().inbox(&who, &filter, routes::INBOX, pick).await?;
    let names = Names::new(app, &page);
    let fields = fields(&page, &names, &looked_for);
    let is_incomplete = !part.is_whole;
    let address = looked_for.address();
    let kept = |(_, it): &(_, SavedFilter)| Kept::new(&page, it, &address);
    let filters = app.service().filters(who.user).iter().map(kept).collect();
    let cases = Paged::of(part.items, part.total, wanted);
    Ok(answer::page(&InboxPage {
        title_key: title_key(&who),
        fields,
        carried: looked_for.fields(),
        is_search: looked_for.is_search(),
        is_incomplete,
        is_narrowed: looked_for.is_narrowed(),
        address: looked_for.paging_address(),
        filters,
        save: Form::new(&page, filters::FAMILY, Posted::default()),
        cases: cases.map(|row| {
            let overdue = app.service().inquiries_overdue(row.case);
            CaseRow::new(&page, &names, row, overdue)
        }),
        page,
    }))
}

impl Kept {
    fn new(page: &Page, filter: &SavedFilter, shown: &str) -> Self {
        let address = LookedFor::kept(&filter.criteria).address();
        let name = filter.name.text_or(&page.say("no-name")).to_owned();
        Self { name, is_current: address == shown, address }
    }
}

/// Leaders see the cases of their own unit and those below it; the others those of all units.
fn title_key(who: &SignedIn) -> &'static str {
    const SEE_ALL: [Role; 3] = [Role::Dpo, Role::Controller, Role::SecurityOfficer];
    if who.roles.hold_any(&SEE_ALL) { "inbox-title" } else { "inbox-title-unit" }
}

fn fields(page: &Page, names: &Names, looked_for: &LookedFor) -> Fields {
    let values = looked_for.fields();
    let values =
        values.iter().fold(Posted::default(), |posted, (name, value)| posted.and(name, value));
    let form = Form::new(page, FAMILY, values);
    Fields {
        words: form.field("words"),
        phase: form.field("phase").with(looked_for::phases(page.texts())),
        category: form.field("category").with(names.categories_ever()),
        unit: form.field("unit").with(names.units()),
        handler: form.field("handler").with(names.holders(Role::Dpo)),
    }
}
