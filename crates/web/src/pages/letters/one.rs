//! `/cases/{year}/{sequence}/letters/{letter}`: a letter, what it lacks, its signature, how it is
//! sent, and who has not been reached.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::case::letter::{
    Channel, Hints, Kind, Language, Letter, LetterText, Numbered, Part, Progress, Way, bundles,
    hints, not_by_email,
};
use domain::ids::CaseNumber;
use domain::{Actor, Time};
use serde::Deserialize;
use service::{LetterSight, Sight, Step};
use strum::IntoEnumIterator;

use super::{LetterPath, letters_url, page_links, standing, title};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted};
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::pages::documents::{AskedThen, query};
use crate::paging::Paged;
use crate::routes;

const FAMILY: &str = "letter-send";

#[derive(Template)]
#[template(path = "letter.html")]
struct LetterPage {
    page: Page,
    number: CaseNumber,
    back: String,
    own: String,
    /// The moment it is shown as of, in words; nothing as it stands now.
    then: Option<String>,
    /// What links to the same moment carry.
    query: String,
    /// What the address of a page of the list begins with.
    list_path: String,
    title: String,
    kind: String,
    is_letter: bool,
    state: (String, &'static str),
    version: u32,
    texts: Vec<ShownText>,
    /// Languages it can still be written in, each with where.
    others: Vec<(String, String)>,
    /// What is missing, or must not go by e-mail.
    lacking: Vec<String>,
    not_by_email: Vec<String>,
    list: Option<ListShown>,
    signed: Option<SignedShown>,
    may: May,
    form: Form,
    channels: Field,
    sending: Option<Sending>,
    record: Field,
    progress: Field,
    channel: Field,
    is_done: bool,
}

struct ShownText {
    language: String,
    path: String,
    parts: Vec<(String, String)>,
    hint: Option<String>,
}

struct ListShown {
    version: u32,
    count: usize,
    protected: usize,
}

struct SignedShown {
    by: String,
    at: domain::Time,
    sha256: String,
    is_valid: bool,
}

struct May {
    prepare: bool,
    sign: bool,
}

struct Sending {
    is_running: bool,
    /// Why it came to a stop, where nobody stopped it.
    gave_up: Option<String>,
    counts: Vec<(String, usize)>,
    told: usize,
    total: usize,
    bundles: Vec<Bundle>,
    unreached: Paged<Unreached>,
}

/// Letters that are printed and posted together.
struct Bundle {
    number: usize,
    count: usize,
    /// The numbers of those on it to whom it was not posted yet, as a form sends them.
    waiting: String,
}

struct Unreached {
    number: u32,
    name: String,
    way: String,
    progress: String,
}

/// What the address says beside the letter.
#[derive(Deserialize)]
pub(crate) struct Said {
    page: Option<usize>,
    done: Option<String>,
}

/// `GET /cases/{year}/{sequence}/letters/{letter}`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: LetterPath,
    Query(said): Query<Said>,
    Query(asked): Query<AskedThen>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let then = asked.moment(&by.page)?;
    let which = (path.letter, then);
    let sight = app.service().letter_as_of(&by.who, case, which, routes::LETTER).await?;
    Ok(answer::page(&shown(&app, by.page, (path, then), &sight, &said)?))
}

/// The ways in which whoever looks may send it.
fn channels(app: &App, sight: &LetterSight) -> impl Iterator<Item = Channel> {
    let mailed = (sight.seen.sight == Sight::Everything).then_some(Channel::Email);
    let digital = app.service().has_digital_post().then_some(Channel::DigitalPost);
    std::iter::once(Channel::Print).chain(mailed).chain(digital)
}

fn shown(
    app: &App,
    page: Page,
    (path, then): (LetterPath, Option<Time>),
    sight: &LetterSight,
    said: &Said,
) -> Result<LetterPage, Fault> {
    let letter = sight.letter(path.letter).ok_or(Fault::NotFound)?;
    let known = &sight.seen.file.known;
    let is_open = !sight.seen.file.standing.phase().is_closed();
    let may = |step| is_open && sight.seen.steps.contains(&step);
    let findings = not_by_email(letter, &app.service().confidential(known));
    let form = Form::new(&page, FAMILY, Posted::default().and("channels", "print"));
    let channels = channels(app, sight);
    let channels = channels.map(|it| Choice::term(page.texts(), "letter_channel", it)).collect();
    let recorded = [Progress::Sent, Progress::Delivered, Progress::Returned, Progress::Failed];
    let recorded = recorded.into_iter().chain([Progress::Unreachable, Progress::Queued]);
    let progress = recorded.map(|it| Choice::term(page.texts(), "letter_progress", it)).collect();
    let place = |language: &Language, what: String| {
        format!("{what} ({})", page.term("letter_language", language))
    };
    Ok(LetterPage {
        number: known.report.number,
        back: format!("{}{}", letters_url(known.report.number), query(then)),
        own: path.url(),
        then: then.map(|moment| page.moment(&moment).words().to_owned()),
        query: query(then),
        list_path: page_links(&path.url(), then),
        title: title(&page, path.letter, letter),
        kind: page.term("letter_kind", &letter.kind),
        is_letter: letter.kind == Kind::Letter,
        state: standing(&page, letter),
        version: letter.version,
        texts: letter.texts.iter().map(|(it, text)| shown_text(&page, path, *it, text)).collect(),
        others: others(&page, path, letter),
        lacking: letter
            .missing()
            .iter()
            .map(|(language, part)| place(language, page.term("letter_part", part)))
            .collect(),
        not_by_email: findings
            .iter()
            .map(|(language, it)| {
                let line = it.line.to_string();
                let what = page.term("guarded", &it.what);
                let part = page.term("mail_part", &it.part);
                let arguments = [("what", what), ("part", part), ("line", line)];
                let column = [("column", it.column.to_string())];
                let language = [("language", page.term("letter_language", language))];
                let all = [&arguments[..], &column[..], &language[..]].concat();
                page.say_with("letter-finding", &all)
            })
            .collect(),
        list: letter.list.as_ref().map(|list| ListShown {
            version: list.version,
            count: list.numbers.len(),
            protected: list.protected.len(),
        }),
        signed: letter.signed.as_ref().map(|it| SignedShown {
            by: signatory(app, &page, it.by),
            at: it.at,
            sha256: it.document.sha256.get().cloned().unwrap_or_default(),
            is_valid: letter.signature().is_some(),
        }),
        may: May { prepare: may(Step::PrepareLetters), sign: may(Step::SignLetters) },
        channels: form.field("channels").with(channels),
        record: form.field("numbers"),
        progress: form.field("progress").with(progress),
        channel: form
            .field("channel")
            .with(Choice::terms::<Channel>(page.texts(), "letter_channel")),
        sending: sending(&page, letter, &sight.recipients, said.page.unwrap_or(1)),
        is_done: said.done.is_some(),
        form,
        page,
    })
}

/// Who signed: always somebody who was signed in.
fn signatory(app: &App, page: &Page, by: Actor) -> String {
    match by {
        Actor::User(user) => Names::new(app, page).person(user),
        Actor::Service | Actor::Reporter | Actor::Respondent => page.say("product"),
    }
}

fn others(page: &Page, path: LetterPath, letter: &Letter) -> Vec<(String, String)> {
    let others = Language::iter().filter(|it| !letter.texts.contains_key(it));
    let other = |it: Language| {
        let path = format!("{}/text/{}", path.url(), <&str>::from(it));
        (page.term("letter_language", &it), path)
    };
    others.map(other).collect()
}

fn shown_text(page: &Page, path: LetterPath, language: Language, text: &LetterText) -> ShownText {
    let part = |part: Part| {
        let name = match part {
            Part::Title => page.term("letter_part", &part),
            _ => service::letters::heading(part, language).to_owned(),
        };
        (name, text.part(part).text_or("").to_owned())
    };
    ShownText {
        language: page.term("letter_language", &language),
        path: format!("{}/text/{}", path.url(), <&str>::from(language)),
        parts: Part::iter().map(part).collect(),
        hint: hints(&text.body()).map(|it| hint(page, &it)),
    }
}

fn hint(page: &Page, it: &Hints) -> String {
    let key = if it.is_heavy { "letter-hint-heavy" } else { "letter-hint" };
    let begin = page.say_with(key, &[("lix", it.lix)]);
    let long = it.long_sentences.iter().map(|it| format!("«{it} …»")).collect::<Vec<_>>();
    if long.is_empty() {
        return begin;
    }
    let long = page.say_with("letter-hint-long", &[("sentences", long.join(", "))]);
    format!("{begin} {long}")
}

fn sending(
    page: &Page,
    letter: &Letter,
    recipients: &[Numbered],
    wanted: usize,
) -> Option<Sending> {
    let obstacle = letter.dispatch.as_ref()?.obstacle;
    let mut counts: BTreeMap<Progress, usize> = BTreeMap::new();
    for it in recipients {
        *counts.entry(letter.progress(it.number)).or_default() += 1;
    }
    let unsettled = |it: &&Numbered| !letter.progress(it.number).is_settled();
    let unreached: Vec<&Numbered> = recipients.iter().filter(unsettled).collect();
    let row = |it: &Numbered| Unreached {
        number: it.number,
        name: it.recipient.name.clone(),
        way: match letter.way(it) {
            Way::By(channel) => page.term("letter_channel", &channel),
            Way::ByHand(because) => page.term("letter-by-hand", &because),
        },
        progress: page.term("letter_progress", &letter.progress(it.number)),
    };
    let bundle = |(place, bundle): (usize, Vec<&Numbered>)| {
        let waiting = bundle.iter().filter(|it| !letter.progress(it.number).is_told());
        let waiting: Vec<String> = waiting.map(|it| it.number.to_string()).collect();
        Bundle { number: place + 1, count: bundle.len(), waiting: waiting.join(" ") }
    };
    let bundles = bundles(letter, recipients).into_iter().enumerate().map(bundle);
    Some(Sending {
        is_running: letter.is_sending(),
        gave_up: obstacle.map(|it| {
            page.say_with("letter-gave-up", &[("why", page.term("letter_obstacle", &it))])
        }),
        counts: counts
            .iter()
            .map(|(progress, count)| (page.term("letter_progress", progress), *count))
            .collect(),
        told: letter.told(),
        total: recipients.len(),
        bundles: bundles.collect(),
        unreached: Paged::new(unreached, wanted).map(row),
    })
}
