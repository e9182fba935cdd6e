//! Letters to the people affected, from outside: written, listed, signed, sent over a real mail
//! server and on paper, recorded, and what is refused on the way.

mod digital;
mod killed;
mod sending;
mod then;

use domain::Role;
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::steps::Step;
use tests::story::{self, Filed};
use tests::{Answer, File, Running, steps};

/// Four people: by e-mail in nynorsk, on paper, with a protected address, and with nothing.
const LIST: &str = "Navn;Adresse;Postnr;Poststed;E-post;Språk;Sperret\n\
    Kari Fjell;Storgata 1;5003;Bergen;kari@example.org;nn;nei\n\
    Per Vik;Havnegata 2;0150;Oslo;;nb;nei\n\
    Ane Skjult;Hemmelig vei 3;9008;Tromsø;ane@example.org;nb;ja\n\
    Liv Uten;;;;;nb;nei\n";

/// That a form was taken, and what it leads to is shown next.
trait WentOn {
    fn went_on(self);
}

impl WentOn for Answer {
    fn went_on(self) {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{self:?}");
    }
}

fn step(tail: &str, body: Value) -> Step {
    Step { tail: tail.to_owned(), body }
}

fn words(language: &str, what_happened: &str) -> Value {
    json!({
        "letter": 1, "kind": "letter", "language": language,
        "title": format!("Brev om deg ({language})"), "what_happened": what_happened,
        "consequences": "Andre kan ha lest det.", "measures": "Vi har fått det tilbake.",
        "advice": "Du trenger ikke å gjøre noe.", "contact": "Ring 55 12 34 56.",
    })
}

fn first(what_happened: &str) -> Value {
    let mut first = words("nb", what_happened);
    first.as_object_mut().unwrap().remove("letter");
    first
}

async fn dpo(running: &Running, filed: &Filed, tail: &str, body: Value) -> Answer {
    story::take(running, Role::Dpo, filed, &step(tail, body)).await
}

async fn refused(running: &Running, role: Role, filed: &Filed, tail: &str, body: Value) -> Value {
    story::refused(running, role, filed, &step(tail, body)).await
}

async fn letter(running: &Running, filed: &Filed) -> Value {
    let listed = running.api(Role::Dpo).get(&filed.address("letters")).await;
    listed.expect(StatusCode::OK).json()[0].clone()
}

/// Who gets the letter and how far it came for each: channel and progress by name.
async fn reached(running: &Running, filed: &Filed) -> Vec<(String, String, String)> {
    let listed = running.api(Role::Dpo).get(&filed.address("letters/1/recipients")).await;
    let listed = listed.expect(StatusCode::OK).json();
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let row = |it: &Value| (text(it, "name"), text(it, "channel"), text(it, "progress"));
    listed.as_array().unwrap().iter().map(row).collect()
}

fn told(name: &str, channel: &str, progress: &str) -> (String, String, String) {
    (name.to_owned(), channel.to_owned(), progress.to_owned())
}

/// A case in which the people are to be told.
async fn case(running: &Running) -> Filed {
    case_of(running, "lost-or-stolen-device").await
}

/// The same, of a category.
async fn case_of(running: &Running, category: &str) -> Filed {
    let filed = story::report_by_api(running, Some("2026-03-02T07:30:00Z")).await;
    let mut receive = steps::receive(&running.people);
    receive.body["category"] = json!(category);
    story::take(running, Role::Dpo, &filed, &receive).await;
    filed
}

/// Takes in a list by the pages, with what is guessed of its columns.
async fn import(running: &Running, filed: &Filed, list: &str) -> Answer {
    let browser = running.browser(Role::Dpo).await;
    let page = format!("{}/letters/1/import", filed.page());
    let form = BrowserForm::open(&browser, &page, &page).await;
    let file = File::new("liste.csv", "text/csv", list.as_bytes());
    let mapping = form.send_with(&browser, &[file]).await.expect(StatusCode::OK);
    BrowserForm::on(&mapping, &format!("{page}/map")).send(&browser).await
}

async fn written_and_listed(running: &Running, filed: &Filed) {
    dpo(running, filed, "letters", first("Et brev kom til feil adresse.")).await;
    dpo(running, filed, "letters", words("nn", "Eit brev kom til feil adresse.")).await;
    import(running, filed, LIST).await.went_on();
}

async fn sign(running: &Running, filed: &Filed) -> Answer {
    let letter = letter(running, filed).await;
    let read = json!({ "version": letter["version"], "list": letter["list"] });
    story::take(running, Role::Controller, filed, &step("letters/1/signature", read)).await
}

#[tokio::test]
async fn a_letter_is_begun_with_what_the_case_knows_and_keeps_its_open_places() {
    let running = Running::start().await;
    let filed = case(&running).await;
    let browser = running.browser(Role::Dpo).await;
    let list = browser.get(&format!("{}/letters", filed.page())).await.expect(StatusCode::OK);
    let page = format!("{}/letters/new/letter/nn", filed.page());
    assert!(list.text.contains("/letters/new/letter/nb"), "{}", list.text);
    let form = BrowserForm::open(&browser, &page, &page).await;
    assert!(form.value("contact").unwrap().contains("{whom_to_ask}"), "nobody is known to ask");
    assert!(form.value("contact").unwrap().contains(&filed.number));
    assert!(form.value("what_happened").unwrap().contains("Fjellvik"), "{form:?}");
    form.send(&browser).await.went_on();
    let shown = browser.get(&format!("{}/letters/1", filed.page())).await.expect(StatusCode::OK);
    assert!(shown.text.contains("Hvem mottakeren kan kontakte (nynorsk)"), "{}", shown.text);
    assert!(shown.text.contains("Lesbarhet (LIX)"), "{}", shown.text);
}

#[tokio::test]
async fn what_is_proposed_follows_the_category_and_the_language() {
    let running = Running::start().await;
    let browser = running.browser(Role::Dpo).await;
    let snooping = [
        ("nb", "Du har rett til å få vite hvem som har sett i journalen din."),
        ("nn", "Du har rett til å få vite kven som har sett i journalen din."),
        ("sv", "Du har rätt att få veta vem som har läst din journal."),
        ("en", "You have the right to know who has looked into your record."),
    ];
    let attack = [("nb", "Bytt passordet ditt"), ("sv", "Byt ditt lösenord")];
    let general = [("nn", "Du treng ikkje å gjere noko no."), ("en", "You do not need to do")];
    for (category, advice) in [
        ("journal-snooping", &snooping[..]),
        ("phishing-or-malware", &attack[..]),
        ("lost-access-card", &general[..]),
    ] {
        let filed = case_of(&running, category).await;
        for (language, begins) in advice {
            let page = format!("{}/letters/new/letter/{language}", filed.page());
            let form = BrowserForm::open(&browser, &page, &page).await;
            let advice = form.value("advice").unwrap();
            assert!(advice.starts_with(begins), "{category}, {language}: {advice}");
            let happened = form.value("what_happened").unwrap();
            assert!(happened.contains("Fjellvik"), "{category}, {language}: {happened}");
            assert!(!happened.contains('{'), "{category}, {language}: {happened}");
        }
    }
    let filed = case_of(&running, "journal-snooping").await;
    let page = format!("{}/letters/new/press_release/nb", filed.page());
    let form = BrowserForm::open(&browser, &page, &page).await;
    let happened = form.value("what_happened").unwrap();
    assert!(
        happened.ends_with("har hatt et brudd på personvernet. Det skjedde 02.03.2026."),
        "{happened}"
    );
    let advice = form.value("advice").unwrap();
    assert!(advice.starts_with("Vi tar kontakt med dem"), "to everybody: {advice}");
}

#[tokio::test]
async fn a_list_is_taken_in_whole_or_not_at_all() {
    let running = Running::start().await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", first("Et brev kom bort.")).await;
    let bad = LIST.replace("Per Vik", "").replace("kari@example.org", "kari");
    let back = import(&running, &filed, &bad).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains("Rad 2: E-postadressen er ikke gyldig."), "{}", back.text);
    assert!(back.text.contains("Rad 3: Navnet mangler."), "{}", back.text);
    assert_eq!(letter(&running, &filed).await["recipients"], 0);
    import(&running, &filed, LIST).await.went_on();
    let letter = letter(&running, &filed).await;
    assert_eq!((&letter["recipients"], &letter["protected"]), (&json!(4), &json!(1)));

    let browser = running.browser(Role::Dpo).await;
    let page = format!("{}/letters/1/recipients", filed.page());
    let form = BrowserForm::open(&browser, &page, &page).await;
    let no_name = form.send(&browser).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no_name.text.contains("letter-recipient-name-problem"), "{}", no_name.text);
    let form = BrowserForm::open(&browser, &page, &page).await.set("name", "Nils Ny");
    form.send(&browser).await.went_on();
    let remove = format!("{page}/remove");
    let form = BrowserForm::open(&browser, &page, &remove).await.set("number", "1");
    form.send(&browser).await.went_on();
    let names: Vec<String> = reached(&running, &filed).await.into_iter().map(|it| it.0).collect();
    assert_eq!(names, ["Per Vik", "Ane Skjult", "Liv Uten", "Nils Ny"]);
}

#[tokio::test]
async fn nobody_is_taken_for_unprotected_because_no_column_says_so() {
    let running = Running::start().await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", first("Et brev kom bort.")).await;
    let silent = LIST.replace("Sperret", "Merknad");
    let browser = running.browser(Role::Dpo).await;
    let page = format!("{}/letters/1/import", filed.page());
    let chosen = BrowserForm::open(&browser, &page, &page).await;
    let file = File::new("liste.csv", "text/csv", silent.as_bytes());
    let mapping = chosen.send_with(&browser, &[file]).await.expect(StatusCode::OK);
    let back = BrowserForm::on(&mapping, &format!("{page}/map")).send(&browser).await;
    let back = back.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains("eller bekreft at ingen har det"), "{}", back.text);
    assert_eq!(letter(&running, &filed).await["recipients"], 0);
    let said = BrowserForm::on(&back, &format!("{page}/map")).set("protected", "none");
    said.send(&browser).await.went_on();
    assert_eq!(letter(&running, &filed).await["recipients"], 4);
}

#[tokio::test]
async fn the_controller_signs_what_was_read_and_a_change_voids_it() {
    let running = Running::start().await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", first("")).await;
    import(&running, &filed, LIST).await.went_on();
    let read = || json!({ "version": 1, "list": 1 });
    let tail = "letters/1/signature";
    let said = refused(&running, Role::Controller, &filed, tail, read()).await;
    assert_eq!(said["refusal"], "letter_incomplete");
    assert_eq!(said["letter"], json!([{ "language": "nb", "part": "what_happened" }]));
    dpo(&running, &filed, "letters", words("nb", "Et brev kom bort.")).await;
    let said = refused(&running, Role::Controller, &filed, tail, read()).await;
    assert_eq!(said["refusal"], "changed_since_read");
    let by_dpo = step(tail, json!({ "version": 2, "list": 1 }));
    let by_dpo = story::ask(&running, Role::Dpo, &filed, &by_dpo).await;
    assert_eq!(by_dpo.status, StatusCode::FORBIDDEN, "{by_dpo:?}");

    let start = || json!({ "channels": ["print"] });
    let said = refused(&running, Role::Dpo, &filed, "letters/1/dispatch", start()).await;
    assert_eq!(said["refusal"], "not_signed");
    sign(&running, &filed).await;
    let signed = letter(&running, &filed).await;
    assert_eq!(signed["sha256"].as_str().unwrap().len(), 64);
    assert!(signed["signed_at"].is_string(), "{signed}");
    dpo(&running, &filed, "letters", words("nb", "Et helt annet brev kom bort.")).await;
    assert_eq!(letter(&running, &filed).await["signed_at"], Value::Null);
    let said = refused(&running, Role::Dpo, &filed, "letters/1/dispatch", start()).await;
    assert_eq!(said["refusal"], "not_signed");
    let browser = running.browser(Role::Controller).await;
    let page = format!("{}/letters/1", filed.page());
    let shown = browser.get(&page).await.expect(StatusCode::OK);
    assert!(shown.text.contains("Det må signeres på nytt"), "{}", shown.text);
    let form = BrowserForm::on(&shown, &format!("{page}/sign"));
    form.send(&browser).await.went_on();
    assert!(letter(&running, &filed).await["signed_at"].is_string());
}

#[tokio::test]
async fn what_must_not_go_by_email_is_refused_with_its_place() {
    let running = Running::start().await;
    let filed = case(&running).await;
    let what_happened = "Hei.\nDette gjelder 109155 96784.";
    dpo(&running, &filed, "letters", first(what_happened)).await;
    import(&running, &filed, LIST).await.went_on();
    sign(&running, &filed).await;
    let start = json!({ "channels": ["email", "print"] });
    let said = refused(&running, Role::Dpo, &filed, "letters/1/dispatch", start).await;
    assert_eq!(said["refusal"], "not_by_email");
    let place = json!([{
        "language": "nb", "part": "body", "what": "identity_number", "line": 2, "column": 15,
    }]);
    assert_eq!(said["letter"], place);
    assert!(!said.to_string().contains("96784"), "{said}");
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["print"] })).await;
}

#[tokio::test]
async fn letters_are_seen_by_those_who_prepare_or_sign_them_alone() {
    let running = Running::start().await;
    let filed = case(&running).await;
    written_and_listed(&running, &filed).await;
    for (role, status) in [
        (Role::Dpo, StatusCode::OK),
        (Role::Controller, StatusCode::OK),
        (Role::SecurityOfficer, StatusCode::FORBIDDEN),
        (Role::Administrator, StatusCode::NOT_FOUND),
    ] {
        let api = running.api(role);
        for tail in ["letters", "letters/1/recipients"] {
            let answer = api.get(&filed.address(tail)).await;
            assert_eq!(answer.status, status, "{role:?} {tail}");
        }
    }
    let asked =
        steps::inquire_outside("Drift AS", "vakt@example.net", "Når?", "2026-03-04T12:00:00Z");
    story::take(&running, Role::Dpo, &filed, &asked).await;
    for (role, is_told) in [(Role::Dpo, true), (Role::SecurityOfficer, false)] {
        let api = running.api(role);
        let case = api.get(&filed.address("")).await.text;
        let timeline = api.get(&filed.address("timeline")).await.text;
        assert!(timeline.contains("Brev om deg"), "{role:?}: what it is called");
        assert_eq!(timeline.contains("Et brev kom til feil adresse."), is_told, "{role:?}");
        for told in [case, timeline] {
            assert!(told.contains("Drift AS"), "{role:?}: {told}");
            assert_eq!(told.contains("vakt@example.net"), is_told, "{role:?}");
        }
    }
    let browser = running.browser(Role::Controller).await;
    let preview = browser.get(&format!("{}/letters/1/preview", filed.page())).await;
    let preview = preview.expect(StatusCode::OK);
    assert_eq!(preview.header(&CONTENT_TYPE), "application/pdf");
}
