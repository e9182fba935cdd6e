//! Everything somebody can open: every address their pages lead to, followed to the end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use hyper::header::CONTENT_TYPE;

use crate::http::{Answer, Client, attribute};

/// More pages than any test makes.
const PAGES_MAX: usize = 500;

/// Opens `from` and everything that can be reached from there by links, forms' addresses and
/// redirects, but what leads out of the session. Answers with each address and what came back.
///
/// # Panics
/// If there is no end to it.
pub async fn everything(client: &Client, from: &[String]) -> BTreeMap<String, Answer> {
    let mut found: BTreeMap<String, Answer> = BTreeMap::new();
    let mut ahead: BTreeSet<String> = from.iter().cloned().collect();
    while let Some(path) = ahead.pop_first() {
        if found.contains_key(&path) {
            continue;
        }
        assert!(found.len() < PAGES_MAX, "there is no end to it: {:?}", found.keys());
        let answer = client.get(&path).await;
        ahead.extend(leads(&path, &answer));
        found.insert(path, answer);
    }
    found
}

fn leads(path: &str, answer: &Answer) -> Vec<String> {
    let mut leads = vec![answer.location().to_owned()];
    if answer.header(&CONTENT_TYPE).starts_with("text/html") {
        let tags = answer.text.split('<').filter_map(|part| part.split('>').next());
        leads.extend(tags.flat_map(|tag| {
            ["href", "action"].into_iter().filter_map(move |name| attribute(tag, name))
        }));
    }
    // The file of a document or a chart says what the page beside it says, and takes long to make.
    let is_file = |lead: &String| {
        let path = lead.split('?').next().unwrap_or_default();
        let extension = Path::new(path).extension().and_then(|it| it.to_str());
        extension.is_some_and(|it| ["pdf", "svg", "png"].contains(&it))
    };
    leads.iter().filter_map(|lead| address(path, lead)).filter(|lead| !is_file(lead)).collect()
}

/// An address of our own; one that changes what the page shows (`?…`) belongs to the page.
fn address(path: &str, lead: &str) -> Option<String> {
    let lead = lead.split('#').next().unwrap_or_default();
    let lead = match lead.strip_prefix('?') {
        Some(query) => format!("{}?{query}", path.split('?').next().unwrap_or_default()),
        None => lead.to_owned(),
    };
    let is_ours = lead.starts_with('/') && !lead.starts_with("//");
    (is_ours && !lead.starts_with("/assets/")).then_some(lead)
}
