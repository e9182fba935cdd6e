//! What goes wrong around a review, and what is put right: days that are none, two that begin at
//! once, one begun by mistake, an old form, what was to stay a draft, what nobody has done.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use service::reviews::TEMPLATE;
use tests::browser_form::BrowserForm;
use tests::http::File;
use tests::{Running, mails};

use super::{FIRST, address, ask_leader, begin, done, prepare, resolve, send};

#[tokio::test]
async fn a_review_is_begun_of_days_that_have_been_and_one_at_a_time() {
    let running = Running::start().await;
    let dpo = running.browser(Role::Dpo).await;
    for (first, last, why) in [
        ("2010-01-01", "2025-12-31", "høyst 1096 dager"),
        ("0202-01-01", "2025-12-31", "høyst 1096 dager"),
        ("2026-01-01", "2026-12-31", "dager som ikke har vært ennå"),
        ("2025-12-31", "2025-01-01", "slutter før den begynner"),
    ] {
        let refused = send(&dpo, "/reviews", &[("first", first), ("last", last)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{first}");
        let told = refused.text.replace('\u{a0}', "");
        assert!(told.contains(why), "{why} is not in {told}");
    }
    // Two officers press the button at the same time, each with a form of their own.
    let forms = [
        BrowserForm::open(&dpo, "/reviews", "/reviews").await,
        BrowserForm::open(&dpo, "/reviews", "/reviews").await,
    ];
    let [one, other] = &forms;
    let answers = tokio::join!(one.send(&dpo), other.send(&dpo));
    let begun = [answers.0.status, answers.1.status];
    assert!(begun.contains(&StatusCode::SEE_OTHER), "{begun:?}");
    assert!(begun.contains(&StatusCode::UNPROCESSABLE_ENTITY), "{begun:?}");
    let list = dpo.get("/reviews").await.expect(StatusCode::OK).text;
    assert!(list.contains(FIRST) && !list.contains("/reviews/2026-2"), "{list}");
    assert!(list.contains("En gjennomgang er under arbeid."), "{list}");
}

#[tokio::test]
async fn a_review_begun_by_mistake_is_given_up_and_another_is_begun() {
    let running = Running::start().await;
    begin(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let reason = [("reason", "Begynt for feil dager.")];
    done(&send(&dpo, &format!("{FIRST}/abandon"), &reason).await);
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    assert!(page.contains("Gitt opp: Begynt for feil dager."), "{page}");
    assert_eq!(dpo.get(&format!("{FIRST}/hold")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(begin(&running).await, "/reviews/2026-2");
    // What was held is not given up, and its figures stay as the meeting saw them.
    prepare(&running, "/reviews/2026-2", "2026-03-02T08:30").await;
    let controller = running.browser(Role::Controller).await;
    done(&send(&controller, "/reviews/2026-2/return", &[("reason", "Hvem betaler?")]).await);
    for (step, fields) in [("abandon", &reason[..]), ("basis", &[])] {
        let refused = send(&dpo, &format!("/reviews/2026-2/{step}"), fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{step}");
        assert!(refused.text.contains("Gjennomgangen er holdt."), "{}", refused.text);
    }
}

#[tokio::test]
async fn the_controller_approves_what_they_have_read_and_leaders_see_nothing_older() {
    let running = Running::start().await;
    begin(&running).await;
    prepare(&running, FIRST, "2026-03-02T08:30").await;
    let (dpo, controller) =
        (running.browser(Role::Dpo).await, running.browser(Role::Controller).await);
    let approve = format!("{FIRST}/approve");
    let old = BrowserForm::open(&controller, &approve, &approve).await;
    let drafted: u64 = old.value("position").expect("the form says what was read").parse().unwrap();
    done(&send(&controller, &format!("{FIRST}/return"), &[("reason", "Hvem betaler?")]).await);
    done(&send(&dpo, &format!("{FIRST}/minutes"), &[("text", "Driften betaler.")]).await);
    done(&send(&dpo, &format!("{FIRST}/submit"), &[]).await);
    let refused = old.send(&controller).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("endret siden du åpnet skjemaet"), "{}", refused.text);
    let new = BrowserForm::open(&controller, &approve, &approve).await;
    let read = new.value("position").unwrap().to_owned();
    done(&new.send(&controller).await);
    let leader = running.browser(Role::Leader).await;
    let at = |position: &str| format!("{FIRST}/document?position={position}&template={TEMPLATE}");
    let approved = leader.get(&at(&read)).await.expect(StatusCode::OK).text;
    assert!(approved.contains("Driften betaler."), "{approved}");
    for position in [drafted, drafted + 1, drafted + 2] {
        let path = at(&position.to_string());
        assert_eq!(leader.get(&path).await.status, StatusCode::NOT_FOUND, "{position}");
        assert_eq!(controller.get(&path).await.status, StatusCode::OK, "{position}");
    }
}

#[tokio::test]
async fn whoever_answers_for_what_was_resolved_is_reminded_of_it() {
    let running = Running::start().await;
    begin(&running).await;
    resolve(&running, FIRST, "Kurs for alle", None).await;
    let leader = running.browser(Role::Leader).await;
    let measures = leader.get("/measures").await.expect(StatusCode::OK).text;
    assert!(!measures.contains("Kurs for alle"), "it is not approved: {measures}");
    prepare(&running, FIRST, "2026-03-02T08:30").await;
    let controller = running.browser(Role::Controller).await;
    done(&send(&controller, &format!("{FIRST}/approve"), &[]).await);
    // It was to be done by the first of September.
    running.pass(TimeDelta::days(200));
    running.service().remind_once().await;
    let (owner, dpo) = (Role::Leader, Role::Dpo);
    let to = address(running.people.holder(owner));
    let text = mails::mailed(&running, &to, "som du er ansvarlig for, har frist").await;
    assert!(text.contains(&format!("{FIRST}/resolutions/")) && !text.contains("Kurs"), "{text}");
    mails::mailed(&running, &address(running.people.holder(dpo)), "skulle ha vært gjort nå").await;
}

#[tokio::test]
async fn a_file_is_attached_a_question_withdrawn_a_resolution_dropped_and_an_effect_seen() {
    let running = Running::start().await;
    begin(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let attach = format!("{FIRST}/attach?item=audit_results");
    let form = BrowserForm::open(&dpo, &attach, &attach).await;
    let file = File::new("revisjon.txt", "text/plain", "Ingen funn.");
    let form = form.fill(&[("description", "Rapport fra revisjonen")]);
    done(&form.send_with(&dpo, &[file]).await);
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    assert!(page.contains("Rapport fra revisjonen"), "{page}");
    let (_, path) = page.split_once(&format!("href=\"{FIRST}/files/")).expect("it is linked");
    let path = format!("{FIRST}/files/{}", path.split_once('"').unwrap().0);
    assert_eq!(dpo.get(&path).await.expect(StatusCode::OK).text, "Ingen funn.");

    let question = ask_leader(&running, FIRST, "2026-03-10T12:00").await;
    let inquiry = question.rsplit_once('/').unwrap().1;
    let withdraw = format!("{FIRST}/withdraw?inquiry={inquiry}");
    done(&send(&dpo, &withdraw, &[("reason", "Vi vet det allerede.")]).await);
    let leader = running.browser(Role::Leader).await;
    assert_eq!(leader.get(&question).await.status, StatusCode::NOT_FOUND);

    for text in ["Kurs for alle", "Nye låser"] {
        resolve(&running, FIRST, text, None).await;
    }
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    let drop = linked(&page, "Ta ut: Nye låser");
    done(&send(&dpo, &drop, &[("reason", "Ble ikke vedtatt.")]).await);
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    assert!(page.contains("Kurs for alle") && !page.contains("Nye låser"), "{page}");

    prepare(&running, FIRST, "2026-03-02T08:30").await;
    let controller = running.browser(Role::Controller).await;
    done(&send(&controller, &format!("{FIRST}/approve"), &[]).await);
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    let carry_out = linked(&page, "Før inn at det er gjort: Kurs for alle");
    done(&send(&dpo, &carry_out, &[("text", "Alle har vært på kurs.")]).await);
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    let effect = linked(&page, "Vurder virkningen av: Kurs for alle");
    let seen = [("effect", "partly"), ("finding", "Færre brev går feil.")];
    done(&send(&dpo, &effect, &seen).await);
    let page = dpo.get(FIRST).await.expect(StatusCode::OK).text;
    assert!(page.contains("Det virker delvis"), "{page}");
}

/// Where the link with these words leads.
fn linked(page: &str, words: &str) -> String {
    let (before, _) = page.split_once(&format!(">{words}</a>")).expect("it is linked");
    let (_, path) = before.rsplit_once("href=\"").unwrap();
    path.trim_end_matches('"').replace("&#38;", "&").replace("&amp;", "&")
}
