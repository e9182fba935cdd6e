//! Every list as the API shows it, to be compared before a death and after.

use hyper::{Method, StatusCode};
use serde_json::Value;

use super::load::Clients;
use super::said::By;
use crate::http::{Asked, Client};

/// Lists that are folded from the events: cases with their clocks, measures, the register.
const LISTS: [&str; 3] = ["/api/v1/cases", "/api/v1/measures", "/api/v1/register"];

/// What else is folded: whoever and whatever the others refer to.
const OTHERS: [&str; 2] = ["/api/v1/people", "/api/v1/units"];

/// How many items one request shows.
const PART: usize = 200;

/// Every list, in full.
pub(super) async fn read(clients: &Clients) -> Vec<(&'static str, Vec<Value>)> {
    let client = clients.client(By::Dpo);
    let mut views = Vec::new();
    for path in LISTS {
        views.push((path, read_list(&client, path).await));
    }
    for path in OTHERS {
        let answer = client.send(Asked::new(Method::GET, path)).await;
        views.push((path, vec![answer.expect(StatusCode::OK).json()]));
    }
    views
}

async fn read_list(client: &Client, path: &str) -> Vec<Value> {
    let mut items = Vec::new();
    loop {
        let part = format!("{path}?offset={}&limit={PART}", items.len());
        let answer = client.send(Asked::new(Method::GET, &part)).await;
        let mut listed = answer.expect(StatusCode::OK).json();
        let Value::Array(part) = listed["items"].take() else { panic!("{path} is no list") };
        if part.is_empty() {
            return items;
        }
        items.extend(part.into_iter().map(without_the_time));
    }
}

/// The clock runs on between two readings.
fn without_the_time(mut item: Value) -> Value {
    if let Some(clock) = item.get_mut("clock").and_then(Value::as_object_mut) {
        clock.remove("remaining_seconds");
    }
    item
}

/// Compares views as they were kept with themselves as they were rebuilt.
///
/// # Panics
/// If they differ.
pub(super) fn hold_equal(
    kept: &[(&'static str, Vec<Value>)],
    rebuilt: &[(&'static str, Vec<Value>)],
) {
    for ((path, kept), (_, rebuilt)) in kept.iter().zip(rebuilt) {
        assert_eq!(kept.len(), rebuilt.len(), "{path} has another length once it is rebuilt");
        for (kept, rebuilt) in kept.iter().zip(rebuilt) {
            assert_eq!(kept, rebuilt, "{path} differs once it is rebuilt");
        }
    }
}
