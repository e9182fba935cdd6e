//! Every address of the service, walked as somebody allowed and as somebody refused: whatever shows
//! something of a case leaves a line in the access log, with who, what, where and on which ground.
//! An address that is in no table fails the test, so that a new one cannot be forgotten.

mod changes;
mod house;
mod table;

use std::collections::BTreeSet;

use domain::Actor;
use hyper::header::CONTENT_TYPE;
use hyper::{Method, StatusCode};
use journal::{Access, AccessLine};
use serde_json::json;
use service::REFUSED;
use tests::Answer;
use tests::http::Asked;

use self::changes::CHANGES;
use self::house::{House, pages};
use self::table::{ELSEWHERE, Look, NOTHING, OWN, READS, Refused, What};

/// Whether an answer tells anything of the case: its words, or its number where none was given.
fn tells_of_the_case(answer: &Answer) -> bool {
    house::TELLING.iter().any(|words| answer.text.contains(words))
}

fn fits(line: &AccessLine, house: &House, look: &Look) -> bool {
    let by = match look.by {
        None => Actor::Respondent,
        Some(role) => Actor::User(house.running.people.holder(role).user),
    };
    let is_what = match (&look.what, &line.what) {
        (What::Case, Access::Case(case)) => *case == house.case,
        (What::List(name), Access::List(noted)) | (What::Export(name), Access::Export(noted)) => {
            name == noted
        }
        (What::Search, Access::Search { .. }) => true,
        _ => false,
    };
    let counts_rows = match look.what {
        What::Export(name) => name != "calendar",
        What::List(name) => ["inbox", "register"].contains(&name),
        What::Search => true,
        What::Case => false,
    };
    line.by == by
        && is_what
        && line.page == look.page()
        && line.ground == look.ground
        && line.rows.is_some() == counts_rows
}

#[tokio::test]
async fn every_address_is_in_one_of_the_tables() {
    let house = House::open().await;
    let mut addresses = house.api().await;
    addresses.extend(pages());
    let reads = READS.iter().map(|look| look.address);
    let others = [
        NOTHING.iter().map(|it| it.0).collect(),
        OWN.iter().chain(ELSEWHERE).map(|it| it.0).collect(),
    ];
    let others = others.iter().flat_map(|it: &Vec<&str>| it.iter().copied());
    let listed: Vec<String> =
        reads.chain(others).chain(CHANGES.iter().copied()).map(str::to_owned).collect();
    let once: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), once.len(), "no address stands in two places");
    let missing: Vec<_> = addresses.difference(&once).collect();
    assert!(missing.is_empty(), "say what these show, in tests/it/traces/table.rs: {missing:?}");
    let gone: Vec<_> = once.difference(&addresses).collect();
    assert!(gone.is_empty(), "there are no such addresses: {gone:?}");
    let reasons = NOTHING.iter().map(|it| (it.0, it.2)).chain(OWN.iter().copied());
    for (address, why) in reasons {
        assert!(!why.is_empty(), "{address}");
    }
}

#[tokio::test]
async fn every_look_at_a_case_leaves_a_line() {
    let house = House::open().await;
    for look in READS {
        let before = house.noted().await.len();
        let answer = house.ask(look.by, look.address).await;
        assert_eq!(answer.status, StatusCode::OK, "{}: {answer:?}", look.address);
        let lines = house.noted().await.split_off(before);
        assert!(lines.iter().any(|line| fits(line, &house, look)), "{}: {lines:?}", look.address);
    }
}

#[tokio::test]
async fn whoever_is_refused_is_shown_nothing_and_a_try_at_a_case_is_noted() {
    let house = House::open().await;
    for look in READS {
        let Some(Refused { role, status }) = look.refused else { continue };
        let before = house.noted().await.len();
        let answer = house.ask(Some(role), look.address).await;
        assert_eq!(answer.status.as_u16(), status, "{} as {role:?}", look.address);
        assert!(!tells_of_the_case(&answer), "{} as {role:?}: {answer:?}", look.address);
        let lines = house.noted().await.split_off(before);
        if look.what != What::Case {
            assert_eq!(lines, [], "{} as {role:?}", look.address);
            continue;
        }
        let by = Actor::User(house.running.people.holder(role).user);
        let [line] = lines.as_slice() else { panic!("{}: {lines:?}", look.address) };
        assert_eq!((line.by, &*line.ground, &*line.page), (by, REFUSED, look.page()));
        assert_eq!(line.what, Access::Case(house.case));
    }
}

#[tokio::test]
async fn what_is_said_to_show_nothing_of_a_case_shows_nothing() {
    let house = House::open().await;
    for (address, role, _) in NOTHING.iter().copied() {
        let answer = house.ask(role, address).await;
        assert!(!answer.status.is_server_error(), "{address}: {answer:?}");
        assert!(!tells_of_the_case(&answer), "{address}: {answer:?}");
    }
}

/// A form that is sent empty comes back as a page, on which the case may stand.
#[tokio::test]
async fn a_form_that_comes_back_shows_nothing_without_a_line() {
    let house = House::open().await;
    let mut pages = 0;
    for address in CHANGES {
        let (_, path) = address.split_once(' ').unwrap();
        let path = house.filled(path);
        let before = house.noted().await.len();
        let answer = if path.starts_with("/api/") {
            let asked = Asked::new(Method::POST, &path).with_json(&json!({}));
            house.running.api(domain::Role::Dpo).send(asked).await
        } else {
            house.dpo.post_form(&path, &house.hidden()).await
        };
        assert!(!answer.status.is_server_error(), "{address}: {answer:?}");
        let is_page = answer.header(&CONTENT_TYPE).starts_with("text/html");
        pages += usize::from(is_page && answer.status == StatusCode::UNPROCESSABLE_ENTITY);
        if tells_of_the_case(&answer) {
            let lines = house.noted().await.split_off(before);
            let by = Actor::User(house.running.people.holder(domain::Role::Dpo).user);
            let is_noted =
                |line: &AccessLine| line.by == by && line.what == Access::Case(house.case);
            assert!(lines.iter().any(is_noted), "{address}: {lines:?}: {answer:?}");
        }
    }
    assert!(5 < pages, "forms come back as pages: {pages}");
}
