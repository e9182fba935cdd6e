//! The documents of a case: written in versions, read through on a page, handed out as files that
//! an archive and a screen reader take, and the memo's version for the public.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use serde_json::json;
use sha2::{Digest, Sha256};
use tests::browser_form::BrowserForm;
use tests::steps::Step;
use tests::story::{self, Filed};
use tests::{Answer, Running, steps};

/// What somebody reads in a file, which is PDF/A-2a and PDF/UA-1.
fn text_of(answer: &Answer) -> String {
    assert_eq!(answer.header(&CONTENT_TYPE), "application/pdf");
    // To be looked at, each under the beginning of its hash.
    if let Some(folder) = std::env::var_os("AVVIK_TEST_KEEP_DOCUMENTS") {
        let name = format!("{:x}.pdf", Sha256::digest(&answer.body)[0]);
        fs::write(Path::new(&folder).join(name), &answer.body).unwrap();
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

async fn file(running: &Running, role: Role, filed: &Filed, name: &str) -> Answer {
    let api = running.api(role);
    api.get(&filed.address(&format!("documents/{name}"))).await.expect(StatusCode::OK)
}

async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

#[tokio::test]
async fn a_memo_is_written_over_days_and_says_what_is_missing() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let hub = format!("{}/documents", filed.page());
    let none = dpo.get(&hub).await.expect(StatusCode::OK);
    assert!(none.text.contains("Saksframlegget er ikke skrevet ennå."), "{}", none.text);
    let write = format!("{}/write-memo", filed.page());
    let form = BrowserForm::open(&dpo, &write, &write).await;
    assert!(form.typed().iter().any(|(_, value)| value.contains("Saksnummeret er")), "it begins");
    let sent = form
        .set("discussion", "Telefonen var låst, men koden var enkel.")
        .set("conclusion", "")
        .send(&dpo)
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    running.pass(TimeDelta::days(1));
    let dpo = running.browser(Role::Dpo).await;
    let begun = dpo.get(&hub).await.expect(StatusCode::OK);
    assert!(begun.text.contains("utkast (versjon 1)"), "{}", begun.text);
    let (_, missing) = begun.text.split_once("Dette mangler før det kan sendes:").unwrap();
    let (missing, _) = missing.split_once("</ul>").unwrap();
    assert!(missing.contains("Konklusjon"), "{missing}");
    let page = dpo.get(&format!("{hub}/memo")).await.expect(StatusCode::OK);
    assert!(page.text.contains("koden var enkel"), "{}", page.text);
    let told = text_of(&file(&running, Role::Dpo, &filed, "memo").await);
    for said in ["Utkast 1. Ikke sendt", "koden var enkel", "Denne delen er ikke skrevet."] {
        assert!(told.contains(said), "{said} is not in {told}");
    }
    let memo = format!("{}/memo", filed.page());
    let kept = BrowserForm::open(&dpo, &memo, &memo).await;
    assert!(kept.typed().iter().any(|(_, value)| value.contains("koden var enkel")));
    let whole = steps::submit_memo("Sagt");
    story::take(&running, Role::Dpo, &filed, &whole).await;
    let told = text_of(&file(&running, Role::Dpo, &filed, "memo").await);
    assert!(told.contains("Sagt del 6") && !told.contains("Utkast"), "{told}");
}

#[tokio::test]
async fn the_public_is_given_the_memo_without_what_is_exempt() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let draft = steps::draft_memo(&json!({
        "orientation": "Et brev kom bort.",
        "description": "Brevet til Ola om hoften lå hos naboen. Ola fikk vite det.",
    }));
    story::take(&running, Role::Dpo, &filed, &draft).await;
    let unknown = steps::exempt("Kari om kneet", "offl. § 13", "Helse");
    let refused = story::refused(&running, Role::Dpo, &filed, &unknown).await;
    assert_eq!(
        (&refused["refusal"], &refused["missing"]),
        (&json!("passage_not_found"), &json!(["description"]))
    );
    let exempt = steps::exempt("til Ola om hoften", "offl. § 13", "Det gjelder helse");
    story::take(&running, Role::Dpo, &filed, &exempt).await;
    let public = text_of(&file(&running, Role::Dpo, &filed, "public-memo").await);
    assert!(
        public.contains("Brevet [unntatt offentlighet, offl. § 13] lå hos naboen."),
        "{public}"
    );
    assert!(!public.contains("hoften") && !public.contains("gjelder helse"), "{public}");
    let desk = text_of(&file(&running, Role::Dpo, &filed, "memo").await);
    assert!(desk.contains("Brevet [til Ola om hoften] (unntak 1) lå hos naboen."), "{desk}");
    assert!(desk.contains("Det gjelder helse"), "{desk}");
    let half = steps::exempt("hoften lå hos naboen", "offl. § 24", "Den som bor der");
    story::take(&running, Role::Dpo, &filed, &half).await;
    let public = text_of(&file(&running, Role::Dpo, &filed, "public-memo").await);
    let out = "Brevet [unntatt offentlighet, offl. § 13; offl. § 24]. Ola fikk vite det.";
    assert!(public.contains(out), "{public}");
    let half = json!({ "part": "description", "passage": "hoften lå hos naboen" });
    let half = Step { tail: "memo/give".to_owned(), body: half };
    story::take(&running, Role::Dpo, &filed, &half).await;
    let rewritten = steps::submit_memo("Sagt");
    let refused = story::refused(&running, Role::Dpo, &filed, &rewritten).await;
    assert_eq!(refused["refusal"], "passage_not_found");
    let dpo = running.browser(Role::Dpo).await;
    let give = format!("{}/give", filed.page());
    let form = BrowserForm::open(&dpo, &give, &give).await;
    let sent = form.set("passage", "description til Ola om hoften").send(&dpo).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let public = text_of(&file(&running, Role::Dpo, &filed, "public-memo").await);
    assert!(public.contains("om hoften"), "{public}");
    story::take(&running, Role::Dpo, &filed, &rewritten).await;
}

#[tokio::test]
async fn the_public_is_given_no_memo_while_what_is_exempt_was_rewritten() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let drafted = |words: &str| steps::draft_memo(&json!({ "description": words }));
    let dpo = async |step: &Step| story::take(&running, Role::Dpo, &filed, step).await;
    dpo(&drafted("Det gjelder Ola Vik i Storgata.")).await;
    dpo(&steps::exempt("Ola Vik i Storgata", "offl. § 13", "Hvem det er")).await;
    dpo(&drafted("Det gjelder Ola  Vik, Storgata, og naboen.")).await;
    let api = running.api(Role::Dpo);
    let address = filed.address("documents/public-memo");
    let _ = api.get(&address).await.expect(StatusCode::NOT_FOUND);
    let browser = running.browser(Role::Dpo).await;
    let hub = browser.get(&format!("{}/documents", filed.page())).await.expect(StatusCode::OK);
    assert!(hub.text.contains("Den offentlige versjonen kan ikke lages nå."), "{}", hub.text);
    assert!(!hub.text.contains("documents/public-memo"), "{}", hub.text);
    dpo(&drafted("Det gjelder Ola Vik i Storgata. Ingen andre.")).await;
    let public = text_of(&file(&running, Role::Dpo, &filed, "public-memo").await);
    assert!(public.contains("offl. § 13]. Ingen andre."), "{public}");
}

#[tokio::test]
async fn the_documents_are_there_as_they_were_at_a_moment() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let drafted = |words: &str| steps::draft_memo(&json!({ "description": words }));
    story::take(&running, Role::Dpo, &filed, &drafted("Det vi trodde først.")).await;
    let first = file(&running, Role::Dpo, &filed, "memo").await;
    let then = "2026-03-03T00:00:00Z";
    running.pass(TimeDelta::days(2));
    story::take(&running, Role::Dpo, &filed, &drafted("Det vi vet nå.")).await;
    let now = text_of(&file(&running, Role::Dpo, &filed, "memo").await);
    assert!(now.contains("Det vi vet nå.") && now.contains("Utkast 2"), "{now}");
    let past = file(&running, Role::Dpo, &filed, &format!("memo?as_of={then}")).await;
    assert!(past.body == first.body, "byte for byte what it was");
    let told = text_of(&past);
    assert!(told.contains("Det vi trodde først.") && told.contains("Utkast 1"), "{told}");
    let notice = format!("next-notice?as_of={then}");
    let notice = text_of(&file(&running, Role::Dpo, &filed, &notice).await);
    assert!(notice.contains("2. mars 2026"), "{notice}");
    let signed = async |query: &str| {
        let file = file(&running, Role::Dpo, &filed, &format!("case-file{query}")).await;
        text_of(&file).contains("Signert sjekkpunkt")
    };
    assert!(signed("").await);
    assert!(!signed(&format!("?as_of={then}")).await, "it is signed today");

    let browser = running.browser(Role::Dpo).await;
    let hub = format!("{}/documents?as_of={then}", filed.page());
    let hub = browser.get(&hub).await.expect(StatusCode::OK);
    assert!(hub.text.contains("Dokumentene vises slik de var"), "{}", hub.text);
    assert!(hub.text.contains("documents/memo.pdf?as_of=2026-03-03T00"), "{}", hub.text);
    let page = format!("{}/documents/memo?as_of={then}", filed.page());
    let page = browser.get(&page).await.expect(StatusCode::OK);
    assert!(page.text.contains("Det vi trodde først."), "{}", page.text);
    let case = browser.get(&format!("{}?as_of={then}", filed.page())).await;
    assert!(case.text.contains("/documents?as_of=2026-03-03T00"), "{}", case.text);
    let before = format!("documents/memo?as_of={}", "2026-03-01T00:00:00Z");
    let api = running.api(Role::Dpo);
    let _ = api.get(&filed.address(&before)).await.expect(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn once_a_case_is_closed_the_memo_is_the_one_the_controller_decided_on() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::walk_to_memo(&running, &filed).await;
    let later = steps::draft_memo(&json!({ "description": "Noe som ingen fikk se." }));
    story::take(&running, Role::Dpo, &filed, &later).await;
    let open = text_of(&file(&running, Role::Dpo, &filed, "memo").await);
    assert!(open.contains("Noe som ingen fikk se.") && open.contains("Utkast 1"), "{open}");
    story::take(&running, Role::Controller, &filed, &steps::close()).await;
    let closed = text_of(&file(&running, Role::Dpo, &filed, "memo").await);
    assert!(!closed.contains("Noe som ingen") && !closed.contains("Utkast"), "{closed}");
}

#[tokio::test]
async fn a_file_is_the_same_whenever_it_is_made_of_the_same() {
    let running = Running::start().await;
    let filed = received(&running).await;
    story::take(&running, Role::Dpo, &filed, &steps::submit_memo("Sagt")).await;
    let first = file(&running, Role::Dpo, &filed, "memo").await;
    running.pass(TimeDelta::days(400));
    let later = file(&running, Role::Dpo, &filed, "memo").await;
    assert!(first.body == later.body, "it changed with the day");
    assert!(first.header(&CONTENT_DISPOSITION).starts_with("inline"), "{first:?}");
}

#[tokio::test]
async fn what_the_authority_was_told_is_a_document_word_for_word() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let next = text_of(&file(&running, Role::Dpo, &filed, "next-notice").await);
    assert!(next.contains("Dette er ikke sendt."), "{next}");
    let fields = json!({ "62": "Telefonen lå igjen på bussen." });
    story::take(&running, Role::Dpo, &filed, &steps::draft_notification(&fields)).await;
    let sent = steps::send_notice("initial", "2026-03-02T08:00:00Z", "incomplete");
    story::take(&running, Role::Dpo, &filed, &sent).await;
    let later = json!({ "62": "Noe annet." });
    story::take(&running, Role::Dpo, &filed, &steps::draft_notification(&later)).await;
    let told = text_of(&file(&running, Role::Dpo, &filed, "notice-1").await);
    assert!(told.contains("Telefonen lå igjen på bussen."), "{told}");
    assert!(!told.contains("Noe annet."), "{told}");
    let api = running.api(Role::Dpo);
    let none = api.get(&filed.address("documents/notice-2")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_whole_file_holds_what_its_reader_sees_and_the_proof() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T07:30:00Z")).await;
    story::walk_to_closed(&running, &filed).await;
    let whole = text_of(&file(&running, Role::Dpo, &filed, "case-file").await);
    for said in ["Saken ble lukket", "Signert sjekkpunkt", "hendelser. De ligger i en logg"] {
        assert!(whole.contains(said), "{said} is not in {whole}");
    }
    let reporter = &running.people.holder(Role::Employee).name;
    assert!(whole.contains(reporter.as_str()), "{reporter} is not in {whole}");
    let seen = text_of(&file(&running, Role::Controller, &filed, "case-file").await);
    assert!(!seen.contains(reporter.as_str()), "{reporter} is in {seen}");
}

#[tokio::test]
async fn the_register_is_a_document_and_so_is_a_receipt() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T07:30:00Z")).await;
    story::walk_to_closed(&running, &filed).await;
    let dpo = running.browser(Role::Dpo).await;
    let register = text_of(&dpo.get("/register.pdf").await.expect(StatusCode::OK));
    assert!(register.contains(&format!("Sak {}", filed.number)), "{register}");
    let employee = running.browser(Role::Employee).await;
    let form = story::lost_phone(&employee, &[]).await;
    let receipt = form.send(&employee).await.expect(StatusCode::OK);
    let pdf = BrowserForm::on(&receipt, "/receipt/pdf").send(&employee).await;
    let told = text_of(&pdf.expect(StatusCode::OK));
    let code = Filed::from_receipt(&receipt).code;
    assert!(told.contains("Kvittering for melding om avvik"), "{told}");
    assert!(!told.contains(&code), "the code is in {told}");
    let forged = BrowserForm::on(&receipt, "/receipt/pdf").set("text", "avvik receipt");
    let refused = forged.send(&employee).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}
