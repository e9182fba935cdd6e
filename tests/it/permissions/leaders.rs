//! A leader sees the cases of the own unit and those below, once they were taken in.

use std::collections::BTreeSet;

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::story::{self, Filed};
use tests::{Client, Running, steps};

fn numbers(listed: &Value) -> BTreeSet<String> {
    let cases = listed["items"].as_array().unwrap().iter();
    cases.map(|case| case["number"].as_str().unwrap().to_owned()).collect()
}

async fn listed(leader: &Client) -> BTreeSet<String> {
    numbers(&leader.get("/api/v1/cases").await.expect(StatusCode::OK).json())
}

/// A case of each unit, in their order: the whole, and the two below it.
async fn a_case_of_each_unit(running: &Running) -> Vec<Filed> {
    let mut filed = Vec::new();
    for unit in running.people.units {
        let of_unit = story::report_by_api(running, None).await;
        let receive = steps::receive_into(&running.people, unit);
        story::take(running, Role::Dpo, &of_unit, &receive).await;
        filed.push(of_unit);
    }
    filed
}

#[tokio::test]
async fn a_leader_sees_the_cases_of_the_own_unit_and_of_those_below() {
    let running = Running::start().await;
    let whole = running.people.units[0];
    let top = running.register("Topp Ledersen", "topp", whole, [Role::Leader]).await;
    let filed = a_case_of_each_unit(&running).await;
    let all: BTreeSet<_> = filed.iter().map(|it| it.number.clone()).collect();
    assert_eq!(listed(&running.api_of(&top)).await, all);
    let leader = running.api(Role::Leader);
    assert_eq!(listed(&leader).await, BTreeSet::from([filed[1].number.clone()]));
    for other in [&filed[0], &filed[2]] {
        assert_eq!(leader.get(&other.address("")).await.status, StatusCode::NOT_FOUND);
    }
    let search = json!({ "words": "vakttelefon" });
    let found = leader.post("/api/v1/cases/search", &search).await.expect(StatusCode::OK).json();
    assert_eq!(numbers(&found), BTreeSet::from([filed[1].number.clone()]));
}

#[tokio::test]
async fn a_leader_sees_nothing_before_the_case_was_taken_in() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let leader = running.api(Role::Leader);
    assert!(listed(&leader).await.is_empty());
    assert_eq!(leader.get(&filed.address("")).await.status, StatusCode::NOT_FOUND);
    let receive = steps::receive(&running.people);
    story::take(&running, Role::Dpo, &filed, &receive).await;
    let case = story::case(&running, Role::Leader, &filed).await;
    assert_eq!(case["reporter"], Value::Null, "nor then who reported it");
    assert_eq!(case["steps"], json!([]));
}

#[tokio::test]
async fn a_case_belongs_where_it_was_taken_in_not_where_it_was_reported() {
    let running = Running::start().await;
    let school = running.people.units[2];
    let head = running.register("Rektor Ramsvik", "rektor", school, [Role::Leader]).await;
    let filed = story::report_by_api(&running, None).await;
    let receive = steps::receive_into(&running.people, school);
    story::take(&running, Role::Dpo, &filed, &receive).await;
    assert!(listed(&running.api(Role::Leader)).await.is_empty());
    assert_eq!(listed(&running.api_of(&head)).await.len(), 1);
}
