//! Who looked at what: every look and every search leaves a line, refused ones too.

use domain::ids::CaseId;
use domain::{Actor, Erasable, Role};
use hyper::StatusCode;
use journal::{Access, AccessLine};
use serde_json::json;
use service::LookUpError;
use strum::IntoEnumIterator;
use tests::story::{self, Filed};
use tests::{Running, disk, steps};

const CASE: &str = "/api/v1/cases/{year}/{sequence}";

/// A line without its time.
type Line = (Actor, Access, String, String);

async fn reported(running: &Running) -> (Filed, CaseId) {
    let filed = story::report_by_api(running, None).await;
    let number = filed.number.parse().unwrap();
    let case = running.service().find_case(number).unwrap();
    (filed, case)
}

fn line(running: &Running, role: Role, what: Access, page: &str, ground: &str) -> Line {
    let by = Actor::User(running.people.holder(role).user);
    (by, what, page.to_owned(), ground.to_owned())
}

fn list(name: &str) -> Access {
    Access::List(name.to_owned())
}

/// Stops, and reads what was noted.
async fn noted(running: &mut Running) -> Vec<Line> {
    lines(running).await.into_iter().map(|it| (it.by, it.what, it.page, it.ground)).collect()
}

async fn lines(running: &mut Running) -> Vec<AccessLine> {
    running.stop().await;
    disk::accesses(running.data_dir()).await
}

#[tokio::test]
async fn every_look_leaves_a_line_with_who_what_where_and_why() {
    let mut running = Running::start().await;
    let (filed, case) = reported(&running).await;
    let receive = steps::receive(&running.people);
    story::take(&running, Role::Dpo, &filed, &receive).await;
    let looks = [
        (Role::Dpo, "/api/v1/cases".to_owned(), list("inbox"), "/api/v1/cases", "dpo"),
        (Role::Dpo, filed.address(""), Access::Case(case), CASE, "dpo"),
        (Role::Leader, filed.address(""), Access::Case(case), CASE, "leader"),
        (Role::Controller, filed.address(""), Access::Case(case), CASE, "controller"),
        (
            Role::Leader,
            "/api/v1/measures".to_owned(),
            list("measures"),
            "/api/v1/measures",
            "employee",
        ),
        (
            Role::SecurityOfficer,
            "/api/v1/register".to_owned(),
            Access::Export("register".to_owned()),
            "/api/v1/register",
            "security_officer",
        ),
    ];
    for (role, address, ..) in &looks {
        let answer = running.api(*role).get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
    }
    let expected = looks.map(|(role, _, what, page, why)| line(&running, role, what, page, why));
    assert_eq!(noted(&mut running).await, expected);
}

#[tokio::test]
async fn a_line_tells_when() {
    let mut running = Running::start().await;
    let (filed, _) = reported(&running).await;
    running.pass(chrono::TimeDelta::minutes(17));
    story::case(&running, Role::Dpo, &filed).await;
    let now = running.now();
    assert_eq!(lines(&mut running).await[0].at, now);
}

#[tokio::test]
async fn a_look_that_was_refused_is_noted_as_refused() {
    let mut running = Running::start().await;
    let (filed, case) = reported(&running).await;
    // Not yet taken in, and so not yet the leader's to see.
    for role in [Role::Leader, Role::Administrator, Role::Employee] {
        for tail in ["", "timeline"] {
            let answer = running.api(role).get(&filed.address(tail)).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
    }
    let expected: Vec<_> = [Role::Leader, Role::Administrator, Role::Employee]
        .into_iter()
        .flat_map(|role| [(role, CASE.to_owned()), (role, format!("{CASE}/timeline"))])
        .map(|(role, page)| line(&running, role, Access::Case(case), &page, "refused"))
        .collect();
    assert_eq!(noted(&mut running).await, expected);
}

#[tokio::test]
async fn a_search_is_noted_with_its_words_and_those_lie_sealed() {
    const WORDS: &str = "tyverialarm kråkenes";
    let mut running = Running::start().await;
    let search = json!({ "words": WORDS });
    let answer = running.api(Role::Dpo).post("/api/v1/cases/search", &search).await;
    assert_eq!(answer.status, StatusCode::OK);
    let noted = noted(&mut running).await;
    let [(_, Access::Search { words }, page, _)] = noted.as_slice() else {
        panic!("one search: {noted:?}")
    };
    assert_eq!(words.text_or("-"), WORDS);
    assert_eq!(page, "/api/v1/cases");
    for word in WORDS.split(' ') {
        let holding = disk::files_holding(running.data_dir(), word.as_bytes());
        assert!(holding.is_empty(), "{word} lies open in {holding:?}");
    }
}

#[tokio::test]
async fn who_looks_at_the_own_reports_is_noted_and_which_they_are_is_not() {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    story::report_a_lost_phone(&employee, &[("openness", "confidential")]).await;
    let answer = employee.get("/reports").await;
    assert_eq!(answer.status, StatusCode::OK);
    let expected = line(&running, Role::Employee, list("own_reports"), "/reports", "employee");
    assert_eq!(noted(&mut running).await, [expected]);
}

#[tokio::test]
async fn coming_back_with_the_code_leaves_no_line_that_could_tell_who() {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let filed = story::report_a_lost_phone(&employee, &[("openness", "anonymous")]).await;
    let code = [("code", filed.code.as_str())];
    let page = employee.fill_in("/follow-up", "/follow-up", &code).await;
    assert!(page.text.contains(&filed.number), "{}", page.text);
    assert_eq!(noted(&mut running).await, []);
}

#[tokio::test]
async fn what_is_searched_for_on_the_page_stands_in_no_address() {
    let mut running = Running::start().await;
    let (filed, _) = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let page = dpo.fill_in("/inbox", "/inbox", &[("words", "bussen kråkenes")]).await;
    let page = page.expect(StatusCode::OK);
    assert!(page.text.contains(&filed.page()), "the search finds the case: {}", page.text);
    let tags = page.text.split('<').filter_map(|part| part.split('>').next());
    let addresses = tags.filter(|tag| tag.contains("href=") || tag.contains("action="));
    for address in addresses {
        assert!(!address.contains("bussen"), "{address}");
    }
    let noted = noted(&mut running).await;
    let words = Erasable::known("bussen kråkenes".to_owned());
    let search = line(&running, Role::Dpo, Access::Search { words }, "/inbox", "dpo");
    let opened = line(&running, Role::Dpo, list("inbox"), "/inbox", "dpo");
    assert_eq!(noted, [opened, search]);
}

#[tokio::test]
async fn the_auditor_reads_who_looked_which_is_noted_too_and_nobody_else_does() {
    let mut running = Running::start().await;
    let (filed, case) = reported(&running).await;
    story::case(&running, Role::Dpo, &filed).await;
    for role in Role::iter() {
        let who = running.service().bearer(&running.people.holder(role).token).unwrap();
        let read = running.service().access_log(&who, None, 100, "/access-log").await;
        match read {
            Ok(lines) => {
                assert_eq!(role, Role::Auditor);
                let whats: Vec<_> = lines.into_iter().map(|(_, line)| line.what).collect();
                assert_eq!(whats, [Access::Case(case), list("access_log")]);
            }
            Err(refused) => {
                assert!(matches!(refused, LookUpError::NotPermitted), "{role:?}: {refused}");
                assert_ne!(role, Role::Auditor);
            }
        }
    }
    let noted = noted(&mut running).await;
    let reading = line(&running, Role::Auditor, list("access_log"), "/access-log", "auditor");
    assert_eq!(noted[1..], [reading]);
}
