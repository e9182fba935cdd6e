//! `/erasure` and `/cases/{year}/{sequence}/erase`: erasing personal data, and the certificates
//! that say it was done. They show nothing of the case: an archivist erases what they do not see.

use std::fmt;
use std::str::FromStr;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::case::erasure::{Erase, ErasureGround, Whose};
use domain::ids::{CaseNumber, PersonId};
use domain::{Actor, Role};
use serde::Deserialize;
use service::erasure::Erasures;
use service::{Certificate, Erased, SignedIn, Step};

use super::archive::archive_url;
use super::case::measure::refused;
use super::case::path::{CasePath, case_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::routes;
use crate::times::TimeElement;

const FIND: &str = "erasure";
const ERASE: &str = "erase";

#[derive(Template)]
#[template(path = "erasure.html")]
struct ErasurePage {
    page: Page,
    form: Form,
}

#[derive(Template)]
#[template(path = "erase.html")]
struct ErasePage {
    number: CaseNumber,
    /// Where its packages for the archive are, for the archivist: here they come from the number.
    archive: Option<String>,
    certificates: Vec<Shown>,
    /// Nothing where everybody is erased already.
    fields: Option<Fields>,
    form: Form,
    page: Page,
}

struct Fields {
    whose: Field,
    ground: Field,
    sure: Field,
}

/// A certificate in words.
struct Shown {
    erased: String,
    at: TimeElement,
    by: String,
    ground: String,
    basis: String,
    position: u64,
    keys_destroyed: usize,
    keys_left: usize,
    copies: String,
}

/// Whose data the form names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WhoseData {
    Everybody,
    Reporter,
    Involved(PersonId),
}

/// What the address says besides the case.
#[derive(Deserialize)]
pub(crate) struct Handed {
    /// Somebody involved, by the number they are erased under: whoever is handed the address need
    /// not know who it is.
    involved: Option<String>,
}

/// That somebody has understood what they are about to do.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
enum Sure {
    Understood,
}

/// `GET /erasure`
pub(crate) async fn show(person: Person) -> Result<Response, Fault> {
    require_role(&person.who)?;
    let form = Form::new(&person.page, FIND, Posted::default());
    Ok(answer::page(&ErasurePage { form, page: person.page }))
}

/// `POST /erasure`: on to the case with the number.
pub(crate) async fn find(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    require_role(&by.who)?;
    let mut reader = Reader::new(&by.page, FIND, &form);
    let number = reader.required_text("number").parse::<CaseNumber>().ok();
    if number.is_none_or(|number| app.service().find_case(number).is_none()) {
        reader.miss("number", "erasure-not-found");
    }
    match reader.finish(|| number) {
        Ok(number) => Ok(answer::go(&erase_url(number))),
        Err(problems) => {
            let form = Form::returned(&by.page, FIND, form, problems);
            Ok(answer::returned(&ErasurePage { form, page: by.page }))
        }
    }
}

/// `GET /cases/{year}/{sequence}/erase`
pub(crate) async fn show_case(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    Query(handed): Query<Handed>,
) -> Result<Response, Fault> {
    let involved = handed.involved.and_then(|it| it.parse().ok()).map(WhoseData::Involved);
    let chosen = involved.map(|it| Posted::default().and("whose", it));
    let form = Form::new(&person.page, ERASE, chosen.unwrap_or_default());
    Ok(answer::page(&shown(&app, person, path, form).await?))
}

/// `POST /cases/{year}/{sequence}/erase`
pub(crate) async fn erase(
    State(app): State<App>,
    path: CasePath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let problems = match read(&by.page, &form) {
        Err(problems) => problems,
        Ok(asked) => match app.service().erase(&by.who, case, asked, key).await {
            Ok(_) => return Ok(answer::go(&erase_url(number))),
            Err(error) => refused(&by.page, error)?,
        },
    };
    let form = Form::returned(&by.page, ERASE, form, problems);
    Ok(answer::returned(&shown(&app, by, path, form).await?))
}

/// Where personal data of a case is erased.
pub(crate) fn erase_url(number: CaseNumber) -> String {
    format!("{}/erase", case_url(number))
}

fn require_role(who: &SignedIn) -> Result<(), Fault> {
    if who.roles.hold_any(Step::Erase.roles()) { Ok(()) } else { Err(Fault::NotPermitted) }
}

fn read(page: &Page, form: &Posted) -> Result<Erase, Vec<Problem>> {
    let mut reader = Reader::new(page, ERASE, form);
    let whose: Option<WhoseData> = reader.required_choice("whose");
    let ground: Option<ErasureGround> = reader.required_choice("ground");
    let basis = reader.required_text("basis");
    if reader.several::<Sure>("sure").is_empty() {
        reader.miss("sure", "problem-not-chosen");
    }
    reader.finish(|| {
        let whose = match whose? {
            WhoseData::Everybody => Whose::Everybody,
            WhoseData::Reporter => Whose::Reporter,
            WhoseData::Involved(person) => Whose::Involved(person),
        };
        Some(Erase { whose, ground: ground?, basis })
    })
}

async fn shown(
    app: &App,
    Person { page, who, .. }: Person,
    path: CasePath,
    form: Form,
) -> Result<ErasePage, Fault> {
    let (case, number) = path.find(app)?;
    let Erasures { certificates, involved } =
        app.service().erasures(&who, case, routes::CASE_ERASE).await?;
    let is_all_erased = certificates.iter().any(|it| it.erased == Erased::Everybody);
    let names = Names::new(app, &page);
    let texts = page.texts();
    let mut whose = vec![
        Choice::term(texts, "erase_whose", "everybody"),
        Choice::term(texts, "erase_whose", "reporter"),
    ];
    let base = &app.service().settings().base_url;
    whose.extend(involved.iter().map(|(person, user)| {
        let address = format!("{base}{}?involved={person}", erase_url(number));
        let label = page.say_with("erase-involved", &[("name", names.person(*user))]);
        let help = Some(page.say_with("erase-involved-ordered", &[("address", address)]));
        Choice { help, ..Choice::new(WhoseData::Involved(*person), label) }
    }));
    let handed = form.value("whose").parse::<PersonId>().ok();
    if let Some(person) = handed.filter(|it| involved.iter().all(|(known, _)| known != it)) {
        whose.push(Choice::new(WhoseData::Involved(person), page.say("erase-involved-handed")));
    }
    let fields = (!is_all_erased).then(|| Fields {
        whose: form.field("whose").with(whose),
        ground: form.field("ground").with(grounds(&page, &who)),
        sure: form.field("sure").with(Choice::terms::<Sure>(texts, "erase_sure")),
    });
    let certificates = certificates.iter().map(|it| in_words(&page, &names, it)).collect();
    let archive = who.roles.holds(Role::Archivist).then(|| archive_url(number));
    Ok(ErasePage { number, archive, certificates, fields, form, page })
}

impl fmt::Display for WhoseData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everybody => f.write_str("everybody"),
            Self::Reporter => f.write_str("reporter"),
            Self::Involved(person) => person.fmt(f),
        }
    }
}

impl FromStr for WhoseData {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "everybody" => Ok(Self::Everybody),
            "reporter" => Ok(Self::Reporter),
            person => person.parse().map(Self::Involved),
        }
    }
}

/// The grounds on which somebody may erase, as the case sees it.
fn grounds(page: &Page, who: &SignedIn) -> Vec<Choice> {
    let choice = |ground| Choice::term(page.texts(), "erasure_ground", ground);
    let may_order = who.roles.holds(Role::Controller) && !who.roles.holds(Role::Dpo);
    let keeps = who.roles.hold_any(&[Role::Archivist, Role::Dpo]);
    let kept = keeps.then_some(ErasureGround::RetentionReached);
    kept.into_iter().chain(may_order.then_some(ErasureGround::Ordered)).map(choice).collect()
}

fn in_words(page: &Page, names: &Names, it: &Certificate) -> Shown {
    Shown {
        erased: match it.erased {
            Erased::Everybody => page.say("erase_whose-everybody"),
            Erased::Person { part, .. } => page.term("part_in_case", &part),
        },
        at: page.moment(&it.at),
        by: match it.by {
            Actor::User(user) => names.person(user),
            Actor::Service | Actor::Reporter | Actor::Respondent => page.say("product"),
        },
        ground: page.term("erasure_ground", &it.ground),
        basis: it.basis.clone(),
        position: it.position.0,
        keys_destroyed: it.keys.destroyed,
        keys_left: it.keys.living,
        copies: page.say(if it.older_copies_closed {
            "erase-copies-closed"
        } else {
            "erase-copies-open"
        }),
    }
}
