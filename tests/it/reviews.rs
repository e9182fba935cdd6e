//! The annual management review: prepared, asked for, held, sent back, approved by the controller
//! with the document that is kept, and followed up first of all the year after.

use std::io::Write;
use std::process::{Command, Stdio};

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use journal::Access;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use sha2::{Digest, Sha256};
use strum::IntoEnumIterator;
use tests::browser_form::BrowserForm;
use tests::http::Client;
use tests::story;
use tests::{Answer, Running, disk, mails, steps};

mod api;
mod slips;
mod year;

const FIRST: &str = "/reviews/2026-1";

/// Fills in the form at an address and sends it.
async fn send(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    BrowserForm::open(client, path, path).await.fill(fields).send(client).await
}

/// Where somebody gets their mail.
fn address(person: &tests::Person) -> String {
    format!("{}@example.org", person.sign_in_name)
}

#[track_caller]
fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

/// Begins a review of last year.
async fn begin(running: &Running) -> String {
    let dpo = running.browser(Role::Dpo).await;
    let leader = running.people.holder(Role::Leader).user.to_string();
    let controller = running.people.holder(Role::Controller).user.to_string();
    let form = BrowserForm::open(&dpo, "/reviews", "/reviews").await;
    let form = form.also("participants", &leader).also("participants", &controller);
    let begun = form.send(&dpo).await;
    done(&begun);
    begun.location().to_owned()
}

/// Asks the leader about buildings, and answers where the question is in an address.
async fn ask_leader(running: &Running, review: &str, due: &str) -> String {
    let dpo = running.browser(Role::Dpo).await;
    let leader = running.people.holder(Role::Leader);
    let of = leader.user.to_string();
    let path = format!("{review}/ask?item=building_changes");
    let fields = [("of", &*of), ("text", "Hva er flyttet i år?"), ("due", due)];
    done(&send(&dpo, &path, &fields).await);
    let text = mails::mailed(running, &address(leader), "bedt om et innspill").await;
    let (_, path) = text.split_once("/reviews/").expect("the mail leads to the question");
    let path: String = path.split_whitespace().next().unwrap().to_owned();
    assert!(!text.contains("flyttet"), "{text}");
    format!("/reviews/{path}")
}

/// Says something under every point, but for those in `but`.
async fn write(dpo: &Client, review: &str, but: &[&str]) {
    for item in domain::review::AgendaItem::iter() {
        let item = <&str>::from(item);
        if !but.contains(&item) {
            let path = format!("{review}/write?item={item}");
            done(&send(dpo, &path, &[("text", "Ingen vesentlige endringer.")]).await);
        }
    }
}

/// Everything up to sending it to the controller.
async fn prepare(running: &Running, review: &str, held: &str) {
    prepare_as(&running.browser(Role::Dpo).await, review, held).await;
}

/// The same as somebody signed in.
async fn prepare_as(dpo: &Client, review: &str, held: &str) {
    write(dpo, review, &[]).await;
    done(&send(dpo, &format!("{review}/hold"), &[("held", held)]).await);
    let minutes = [("text", "Ledelsen gikk gjennom året.")];
    done(&send(dpo, &format!("{review}/minutes"), &minutes).await);
    done(&send(dpo, &format!("{review}/submit"), &[]).await);
}

async fn resolve(running: &Running, review: &str, text: &str, carries_over: Option<&str>) {
    let dpo = running.browser(Role::Dpo).await;
    let owner = running.people.holder(Role::Leader).user.to_string();
    let path = format!("{review}/resolve?item=deviations");
    let form = BrowserForm::open(&dpo, &path, &path).await;
    let fields = [("text", text), ("owner", &*owner), ("due", "2026-09-01T12:00")];
    let form = form.fill(&fields);
    let form = match carries_over {
        Some(words) => {
            let page = dpo.get(&path).await.text;
            let (before, _) =
                page.split_once(&format!(">{words}</option>")).expect("it is offered");
            let (_, value) = before.rsplit_once("value=\"").unwrap();
            form.set("carries_over", value.trim_end_matches('"'))
        }
        None => form,
    };
    done(&form.send(&dpo).await);
}

/// What somebody reads in a file, which is PDF/A-2a and PDF/UA-1.
fn text_of(answer: &Answer) -> String {
    assert_eq!(answer.header(&CONTENT_TYPE), "application/pdf");
    if let Some(folder) = std::env::var_os("AVVIK_TEST_KEEP_DOCUMENTS") {
        let name = format!("review-{:x}.pdf", Sha256::digest(&answer.body)[0]);
        std::fs::write(std::path::Path::new(&folder).join(name), &answer.body).unwrap();
    }
    for profile in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
        let options = ValidationOptions::default().profile(profile);
        let failures = validate_pdf_bytes(&answer.body, &options).unwrap().failures;
        // Misread where a stream ends with a carriage return: crates/documents counts it itself.
        let failures: Vec<_> =
            failures.iter().filter(|it| !it.rule_id.ends_with(":6.1.7.1:1")).collect();
        assert!(failures.is_empty(), "{failures:?}");
    }
    let mut reader = Command::new("pdftotext");
    let reader = reader.args(["-raw", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut reader = reader.spawn().expect("make test installs it");
    reader.stdin.take().unwrap().write_all(&answer.body).unwrap();
    let told = String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap();
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_review_is_prepared_held_sent_back_and_approved_by_the_controller() {
    let running = Running::start().await;
    story::report_by_api(&running, None).await;
    let review = begin(&running).await;
    assert_eq!(review, FIRST);
    let dpo = running.browser(Role::Dpo).await;
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    for said in
        ["Saker etter enhet", "Det er ikke vedtatt noe i en tidligere gjennomgang.", "d1, d2"]
    {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    // What the service cannot know is asked for, and called to mind.
    let question = ask_leader(&running, FIRST, "2026-03-10T12:00").await;
    running.pass(TimeDelta::days(9));
    running.service().remind_once().await;
    let to = address(running.people.holder(Role::Leader));
    mails::mailed(&running, &to, "har frist snart eller nå").await;
    let leader = running.browser(Role::Leader).await;
    assert_eq!(leader.get(FIRST).await.status, StatusCode::NOT_FOUND);
    let list = leader.get("/inquiries").await.expect(StatusCode::OK).text;
    assert!(list.contains("Innspill til ledelsens gjennomgang 2026-1"), "{list}");
    done(&send(&leader, &question, &[("text", "Arkivet er flyttet.")]).await);
    let dpo = running.browser(Role::Dpo).await;
    write(&dpo, FIRST, &["building_changes", "follow_up"]).await;
    let early = send(&dpo, &format!("{FIRST}/submit"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains("Hold gjennomgangen, Skriv referatet"), "{}", early.text);
    done(&send(&dpo, &format!("{FIRST}/hold"), &[("held", "2026-03-10T10:00")]).await);
    resolve(&running, FIRST, "Kurs for alle", None).await;
    let minutes = [("text", "Ledelsen gikk gjennom året.")];
    done(&send(&dpo, &format!("{FIRST}/minutes"), &minutes).await);
    done(&send(&dpo, &format!("{FIRST}/submit"), &[]).await);
    // The data protection officer never approves.
    let approve = format!("{FIRST}/approve");
    assert_eq!(dpo.get(&approve).await.status, StatusCode::FORBIDDEN);
    let controller = running.browser(Role::Controller).await;
    let reason = [("reason", "Hvem betaler?")];
    done(&send(&controller, &format!("{FIRST}/return"), &reason).await);
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    assert!(page.contains("Hvem betaler?"), "{page}");
    let minutes = [("text", "Ledelsen gikk gjennom året. Kurset tas av driften.")];
    done(&send(&dpo, &format!("{FIRST}/minutes"), &minutes).await);
    done(&send(&dpo, &format!("{FIRST}/submit"), &[]).await);
    let approve = format!("{FIRST}/approve");
    let form = BrowserForm::open(&controller, &approve, &approve).await;
    assert_eq!(form.value("next"), Some("2027-03-10T10:00"), "a year after it was held");
    done(&form.send(&controller).await);
    // Those who took part read it now, and what was resolved is its owner's to do.
    let page = leader.get(FIRST).await.expect(StatusCode::OK).text;
    assert!(page.contains("Arkivet er flyttet."), "{page}");
    let clocks = leader.get("/clocks").await.expect(StatusCode::OK).text;
    assert!(
        clocks.contains("Neste gjennomgang skal holdes innen onsdag 10. mars 2027"),
        "{clocks}"
    );
    let measures = leader.get("/measures").await.expect(StatusCode::OK).text;
    assert!(measures.contains("Kurs for alle"), "{measures}");
}

#[tokio::test]
async fn what_was_approved_is_kept_and_made_again_byte_by_byte() {
    let running = Running::start().await;
    story::report_by_api(&running, None).await;
    begin(&running).await;
    prepare(&running, FIRST, "2026-03-02T08:30").await;
    let controller = running.browser(Role::Controller).await;
    let page = controller.get(FIRST).await.expect(StatusCode::OK).text;
    let (_, as_of) = page.split_once(&format!("{FIRST}.pdf?")).expect("the page leads to the file");
    let as_of = as_of.split_once('"').unwrap().0.replace("&#38;", "&").replace("&amp;", "&");
    let submitted = format!("{FIRST}.pdf?{as_of}");
    let before = controller.get(&submitted).await.expect(StatusCode::OK);
    let told = text_of(&before);
    for said in
        ["Ledelsens gjennomgang", "til og med plass", "mal 3", "Ingen vesentlige endringer."]
    {
        assert!(told.contains(said), "{said} is not in {told}");
    }
    done(&send(&controller, &format!("{FIRST}/approve"), &[]).await);
    // More is recorded, in the review and elsewhere.
    let filed = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let again = controller.get(&submitted).await.expect(StatusCode::OK);
    assert!(before.body == again.body, "the same place in the log gives the same file");
    let page = controller.get(FIRST).await.expect(StatusCode::OK).text;
    let (_, kept) = page.split_once(&format!("href=\"{FIRST}/files/")).expect("it is kept");
    let kept = format!("{FIRST}/files/{}", kept.split_once('"').unwrap().0);
    let kept = controller.get(&kept).await.expect(StatusCode::OK);
    assert!(kept.body == before.body, "what is kept is what the controller saw");
    let digest = Sha256::digest(&kept.body);
    let sha256 = digest.iter().fold(String::new(), |hex, it| hex + &format!("{it:02x}"));
    assert!(page.contains(&sha256), "{sha256} is not in {page}");
    let now = controller.get(&format!("{FIRST}.pdf")).await.expect(StatusCode::OK);
    let told = text_of(&now).replace([' ', '-'], "");
    assert!(told.contains(&sha256), "the document of today tells which was approved: {told}");
    let other = controller.get(&format!("{FIRST}.pdf?template=1")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_next_review_begins_with_what_the_last_one_resolved() {
    let running = Running::start().await;
    begin(&running).await;
    resolve(&running, FIRST, "Kurs for alle", None).await;
    resolve(&running, FIRST, "Nye låser", None).await;
    prepare(&running, FIRST, "2026-03-02T08:30").await;
    let controller = running.browser(Role::Controller).await;
    done(&send(&controller, &format!("{FIRST}/approve"), &[]).await);
    let leader = running.browser(Role::Leader).await;
    let measures = leader.get("/measures").await.expect(StatusCode::OK).text;
    let (before, _) = measures.split_once(">Kurs for alle</a>").expect("it is listed");
    let (_, path) = before.rsplit_once("href=\"").unwrap();
    let path = path.trim_end_matches('"');
    done(&send(&leader, path, &[("text", "Alle har vært på kurs.")]).await);
    // A year goes by; the next review is called to mind before it is due.
    running.pass(TimeDelta::days(310));
    running.service().remind_once().await;
    let to = address(running.people.holder(Role::Dpo));
    mails::mailed(&running, &to, "Den neste gjennomgangen etter 2026-1").await;
    let second = begin(&running).await;
    assert_eq!(second, "/reviews/2027-1");
    let dpo = running.browser(Role::Dpo).await;
    let page = dpo.get(&second).await.expect(StatusCode::OK).text;
    let (_, first_point) = page.split_once("1. Oppfølging av forrige gjennomgang").unwrap();
    let (first_point, _) = first_point.split_once("2. Resultater").unwrap();
    assert!(first_point.contains("Kurs for alle") && first_point.contains("Nye låser"));
    assert!(first_point.contains("Gjort mandag 2. mars 2026"), "{first_point}");
    let clocks = dpo.get("/clocks").await.expect(StatusCode::OK).text;
    assert!(clocks.contains("Neste gjennomgang"), "it is not held yet: {clocks}");
    resolve(&running, &second, "Nye låser overalt", Some("Nye låser")).await;
    let leader = running.browser(Role::Leader).await;
    let measures = leader.get("/measures").await.expect(StatusCode::OK).text;
    assert!(measures.contains("Føres videre i neste gjennomgang"), "{measures}");
}

#[tokio::test]
async fn nobody_else_sees_a_review_and_every_look_is_noted() {
    let mut running = Running::start().await;
    begin(&running).await;
    for role in Role::iter() {
        let expected = match role {
            Role::Dpo | Role::Controller => StatusCode::OK,
            _ => StatusCode::NOT_FOUND,
        };
        let browser = running.browser(role).await;
        assert_eq!(browser.get(FIRST).await.status, expected, "{role:?}");
    }
    running.stop().await;
    let lines = disk::accesses(running.data_dir()).await;
    let of_review = |ground: &str| {
        let is_one = |line: &&journal::AccessLine| {
            matches!(line.what, Access::Review(_)) && line.ground == ground
        };
        lines.iter().filter(is_one).count()
    };
    assert_eq!((of_review("dpo"), of_review("controller")), (1, 1));
    assert_eq!(of_review("refused"), Role::iter().count() - 2);
}
