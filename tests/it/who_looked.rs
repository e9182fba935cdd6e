//! Who looked and why: for the data protection officer each month, and for somebody who is named in
//! a case.

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed};
use tests::{Running, steps};

const PURPOSE: &str = "Helgevakt for begge sykehjemmene";

/// A case that was taken in for a unit which is not the leader's.
async fn elsewhere(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    let receive = steps::receive_into(&running.people, running.people.units[2]);
    story::take(running, Role::Dpo, &filed, &receive).await;
    filed
}

async fn opened(running: &Running) -> Filed {
    let filed = elsewhere(running).await;
    let leader = running.api(Role::Leader);
    let opening = json!({ "purpose": PURPOSE });
    let _ = leader.post(&filed.address("opening"), &opening).await.expect(StatusCode::OK);
    let _ = leader.get(&filed.address("")).await.expect(StatusCode::OK);
    filed
}

async fn page(running: &Running, role: Role, path: &str) -> String {
    running.browser(role).await.get(path).await.expect(StatusCode::OK).text
}

async fn looks(running: &Running, query: &str) -> Vec<Value> {
    let address = format!("/api/v1/who-looked?{query}");
    let listed = running.api(Role::Dpo).get(&address).await.expect(StatusCode::OK).json();
    listed["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn each_month_the_officer_sees_who_looked_on_which_ground_and_what_for() {
    let running = Running::start().await;
    let filed = opened(&running).await;
    for _ in 0..3 {
        let _ = running.api(Role::Controller).get(&filed.address("")).await.expect(StatusCode::OK);
    }
    let page = page(&running, Role::Dpo, "/who-looked?month=2026-03").await;
    for told in ["Leif Aasenhus", "Kjersti Lundemo", "Åpnet utenfor rollen", PURPOSE] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("Kråkenes"), "nothing of the case: {page}");
    let of_controller = running.people.holder(Role::Controller).user;
    let looks = looks(&running, &format!("case={}&person={of_controller}", filed.number)).await;
    let [one] = looks.as_slice() else { panic!("{looks:?}") };
    assert_eq!(one["times"], 3);
    assert_eq!(one["ground"], "controller");
    assert_eq!(one["what"], "case");
    assert_eq!(one["member"]["name"], "Kjersti Lundemo");
}

#[tokio::test]
async fn a_month_holds_its_own_looks_and_a_number_that_is_none_is_said_to_be() {
    let running = Running::start().await;
    let filed = opened(&running).await;
    let earlier = page(&running, Role::Dpo, "/who-looked?month=2026-02").await;
    assert!(!earlier.contains("Leif Aasenhus</h3>"), "{earlier}");
    assert!(earlier.contains("Ingen har sett"), "{earlier}");
    let dpo = running.browser(Role::Dpo).await;
    let wrong = dpo.get("/who-looked?case=2026/99").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("Det finnes ingen sak med dette nummeret."), "{wrong:?}");
    let any = dpo.get(&format!("/who-looked?month=all&case={}", filed.number)).await;
    assert!(any.expect(StatusCode::OK).text.contains("Leif Aasenhus</h3>"));
    assert_eq!(looks(&running, "case=2026/99").await, Vec::<Value>::new());
    assert_eq!(dpo.get("/who-looked?month=tull").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_summary_is_taken_out_as_a_sheet_and_on_paper_and_both_are_noted_with_their_rows() {
    let running = Running::start().await;
    opened(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let sheet = dpo.get("/who-looked.csv").await.expect(StatusCode::OK);
    let lines: Vec<&str> = sheet.text.lines().collect();
    assert!(lines[0].contains("Hvem"), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains(PURPOSE)), "{lines:?}");
    let print = dpo.get("/who-looked/print?month=2026-03").await.expect(StatusCode::OK);
    assert!(print.text.contains("skrevet ut"), "{print:?}");
    assert!(!print.text.contains("<form class=\"avvik-filter"), "no form on paper");
    let exports: Vec<Value> =
        looks(&running, "").await.into_iter().filter(|it| it["what"] == "export").collect();
    let [one] = exports.as_slice() else { panic!("{exports:?}") };
    assert_eq!((&one["list"], &one["times"]), (&json!("who_looked"), &json!(2)));
    assert!(2 < one["rows"].as_u64().unwrap(), "{one}");
}

#[tokio::test]
async fn what_was_searched_for_is_told_of_one_person_and_never_leaves() {
    const WORDS: &str = "merkesøk";
    let running = Running::start().await;
    opened(&running).await;
    let search = json!({ "words": WORDS });
    let officer = running.api(Role::SecurityOfficer);
    let _ = officer.post("/api/v1/cases/search", &search).await.expect(StatusCode::OK);
    let who = running.people.holder(Role::SecurityOfficer).user;
    let of_one = page(&running, Role::Dpo, &format!("/who-looked?person={who}")).await;
    assert!(of_one.contains(&format!("«{WORDS}»")), "{of_one}");
    let dpo = running.browser(Role::Dpo).await;
    for path in [
        "/who-looked".to_owned(),
        format!("/who-looked/print?person={who}"),
        format!("/who-looked.csv?person={who}"),
    ] {
        let answer = dpo.get(&path).await.expect(StatusCode::OK);
        assert!(answer.text.contains("Sindre Vikstad"), "{path}: {answer:?}");
        assert!(!answer.text.contains(WORDS), "{path}: {answer:?}");
    }
    let told = looks(&running, &format!("person={who}")).await;
    assert!(!json!(told).to_string().contains(WORDS), "{told:?}");
    let log = page(&running, Role::Auditor, "/access-log").await;
    assert!(log.contains("Søk") && !log.contains(WORDS), "{log}");
}

#[tokio::test]
async fn nobody_sees_who_looked_at_a_case_they_are_involved_in() {
    let running = Running::start().await;
    let filed = opened(&running).await;
    let unit = running.people.units[0];
    let second = running.register("Dag Nordli", "dag", unit, [Role::Dpo]).await;
    let theirs = async || {
        let listed = running.api_of(&second).get("/api/v1/who-looked").await;
        let listed = listed.expect(StatusCode::OK).json();
        let items = listed["items"].as_array().unwrap();
        items.iter().filter(|it| it["case"] == filed.number).count()
    };
    assert!(0 < theirs().await);
    let openings = async || {
        let listed = running.api_of(&second).get("/api/v1/openings").await;
        listed.expect(StatusCode::OK).json()["total"].clone()
    };
    assert_eq!(openings().await, 1);
    story::take(&running, Role::Dpo, &filed, &steps::involve(&second)).await;
    assert_eq!(theirs().await, 0);
    assert_eq!(openings().await, 0);
}

#[tokio::test]
async fn an_opening_is_looked_into_by_the_officer_and_that_is_seen() {
    let running = Running::start().await;
    let filed = opened(&running).await;
    let listed = page(&running, Role::Dpo, "/openings").await;
    for told in ["Leif Aasenhus", PURPOSE, "Ikke fulgt opp", "1 time"] {
        assert!(listed.contains(told), "{told}: {listed}");
    }
    let address = format!("{}/review-opening", filed.page());
    assert!(listed.contains(&address), "{listed}");
    let dpo = running.browser(Role::Dpo).await;
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let empty = form.clone().send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("Skriv hva du fant ut."), "{empty:?}");
    let kept = form.set("finding", "Hun hadde vakt").send(&dpo).await;
    let _ = kept.expect(StatusCode::SEE_OTHER);
    let listed = page(&running, Role::Dpo, "/openings").await;
    for told in ["Hun hadde vakt", "Pernille Dahlheim"] {
        assert!(listed.contains(told), "{told}: {listed}");
    }
    assert!(!listed.contains("Ikke fulgt opp"), "{listed}");
    let seen = running.api(Role::Controller).get(&filed.address("timeline")).await;
    let seen = seen.expect(StatusCode::OK).text;
    assert!(!seen.contains("Hun hadde vakt"), "the finding is the officer's: {seen}");
}

#[tokio::test]
async fn over_the_api_an_opening_is_looked_into_too_and_not_by_whoever_opened_it() {
    let running = Running::start().await;
    let filed = opened(&running).await;
    let listed = running.api(Role::Dpo).get("/api/v1/openings").await.expect(StatusCode::OK).json();
    let opening = &listed["items"][0];
    assert_eq!((&opening["purpose"], &opening["reviewed_at"]), (&json!(PURPOSE), &Value::Null));
    let member = &opening["member"]["id"];
    let body = |until: &Value| json!({ "member": member, "until": until, "finding": "Holder" });
    let review = |body: Value| steps::Step { tail: "opening-review".to_owned(), body };
    let other = review(body(&json!("2026-03-02T09:00:01Z")));
    let refusal = story::refused(&running, Role::Dpo, &filed, &other).await;
    assert_eq!(refusal["refusal"], "no_such_opening");
    let (handler, deputy) = (running.people.holder(Role::Dpo), running.people.holder(Role::Leader));
    let this = review(body(&opening["until"]));
    story::take(&running, Role::Dpo, &filed, &steps::assign(handler, Some(deputy))).await;
    let away = json!({ "until": "2026-03-02T10:00:00Z" });
    let _ = running.api(Role::Dpo).post("/api/v1/absence", &away).await;
    let refusal = story::refused(&running, Role::Leader, &filed, &this).await;
    assert_eq!(refusal["refusal"], "own_opening");
    story::take(&running, Role::Dpo, &filed, &this).await;
    let listed = running.api(Role::Dpo).get("/api/v1/openings").await.expect(StatusCode::OK).json();
    assert_eq!(listed["items"][0]["finding"], "Holder");
    assert_eq!(listed["items"][0]["reviewed_by"]["name"], "Pernille Dahlheim");
}

#[tokio::test]
async fn somebody_named_in_a_case_is_told_who_read_it_and_nothing_else() {
    let running = Running::start().await;
    let filed = opened(&running).await;
    let other = elsewhere(&running).await;
    let _ = running.api(Role::SecurityOfficer).get(&other.address("")).await;
    let named = running.people.holder(Role::SystemOwner);
    story::take(&running, Role::Dpo, &filed, &steps::involve(named)).await;
    story::take(
        &running,
        Role::Dpo,
        &filed,
        &steps::involve(running.people.holder(Role::Archivist)),
    )
    .await;
    let refused = running.api(Role::Employee).get(&filed.address("")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let ask = page(&running, Role::Dpo, &format!("{}/who-read", filed.page())).await;
    assert!(ask.contains(&named.user.to_string()), "{ask}");
    let address = format!("{}/who-read/report?for={}&as=names", filed.page(), named.user);
    let report = page(&running, Role::Dpo, &address).await;
    let (_, report) = report.split_once("<main").unwrap();
    for told in ["Synne Moengard", "Leif Aasenhus", "Åpnet utenfor rollen", "Personvernombud"] {
        assert!(report.contains(told), "{told}: {report}");
    }
    // Another involved, the reporter, who was refused, another case, and what the case is about.
    let hidden = ["Arne Holtvoll", "Mona Strandvold", "Sindre Vikstad", "Kråkenes", PURPOSE];
    for hidden in hidden.iter().chain(&[other.number.as_str(), "Avvist"]) {
        assert!(!report.contains(hidden), "{hidden}: {report}");
    }
    let grounds = format!("{}/who-read/report?for=other&as=grounds", filed.page());
    let grounds = page(&running, Role::Dpo, &grounds).await;
    let (_, grounds) = grounds.split_once("<main").unwrap();
    assert!(grounds.contains("Åpnet utenfor rollen") && !grounds.contains("Leif"), "{grounds}");
    let log = page(&running, Role::Auditor, "/access-log").await;
    assert!(log.contains("/cases/{year}/{sequence}/who-read/report"), "{log}");
}

#[tokio::test]
async fn the_report_is_made_for_somebody_named_and_by_nobody_but_the_officer() {
    let running = Running::start().await;
    let filed = opened(&running).await;
    let stranger = running.people.holder(Role::Archivist).user;
    let dpo = running.browser(Role::Dpo).await;
    let to = |whom: &str| format!("{}/who-read/report?for={whom}&as=names", filed.page());
    assert_eq!(dpo.get(&to(&stranger.to_string())).await.status, StatusCode::NOT_FOUND);
    assert_eq!(dpo.get(&to("other")).await.status, StatusCode::OK);
    for role in [Role::Controller, Role::SecurityOfficer, Role::Leader, Role::Auditor] {
        let answer = running.browser(role).await.get(&to("other")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role:?}");
    }
}
