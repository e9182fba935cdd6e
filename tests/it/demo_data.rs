//! `avvik demo-data` fills an empty directory with invented years, the same for the same seed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::assessment::Band;
use domain::case::{self, Event as CaseEvent};
use domain::{Actor, Event, Recorded, Time};
use journal::{Journal, Settings};
use serde_json::Value;
use tests::binary::Binary;

const CASES: usize = 45;

fn made(data: &Path, seed: &str) -> Value {
    let extent = ["--years", "1", "--cases-per-year", "45", "--until", "2026-03-01"];
    let more = [&extent[..], &["--seed", seed, "--json"]].concat();
    let output = Binary::new(env!("CARGO_BIN_EXE_avvik-tested")).run("demo-data", data, &more);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("  personvernombud  "), "{said}");
    serde_json::from_str(said.lines().last().unwrap()).unwrap()
}

fn recorded(data: &Path) -> Vec<Recorded> {
    let mut events = Vec::new();
    let opened = Journal::open(&Settings::new(data), |it| events.push(it));
    drop(opened.unwrap());
    events
}

/// What people did in the cases, and when. What the service notes by itself depends on when it gets
/// to it.
fn done_by_people(events: &[Recorded]) -> Vec<(Time, &'static str)> {
    let by_people = events.iter().filter(|it| it.by != Actor::Service && it.case().is_some());
    by_people.map(|it| (it.at, it.event.name())).collect()
}

fn counted(events: &[Recorded]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (_, name) in done_by_people(events) {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// How severe a case was assessed to be by the method.
fn severity(it: &Recorded) -> Option<Band> {
    match &it.event {
        Event::Case(CaseEvent::CaseAssessed { advice: Some(advice), .. }) => {
            Some(Band::of(advice.severity_quarters))
        }
        _ => None,
    }
}

#[test]
fn the_same_seed_makes_the_same_years_and_they_have_everything_in_them() {
    let [first, again, other] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let data = [first.path().join("a"), again.path().join("b"), other.path().join("c")];
    assert_eq!(made(&data[0], "7")["cases"], CASES);
    made(&data[1], "7");
    made(&data[2], "8");
    let (first, again) = (recorded(&data[0]), recorded(&data[1]));
    assert_eq!(done_by_people(&first), done_by_people(&again));
    assert_ne!(done_by_people(&first), done_by_people(&recorded(&data[2])));
    assert!(journal::verify(&data[0]).unwrap().is_intact());

    let counts = counted(&first);
    assert_eq!(counts["deviation_reported"], CASES);
    for name in [
        "case_received",
        "case_assessed",
        "authority_notified",
        "measure_verified",
        "case_closed",
        "closed_as_not_a_deviation",
        "effect_reviewed",
    ] {
        assert!(counts.contains_key(name), "no {name} among {counts:?}");
    }
    let is_late = |it: &&Recorded| {
        let Event::Case(CaseEvent::AuthorityNotified { reasons_for_delay, .. }) = &it.event else {
            return false;
        };
        reasons_for_delay.is_some()
    };
    assert!(first.iter().any(|it| is_late(&it)), "nothing was notified late");
    let bands: BTreeSet<Band> = first.iter().filter_map(severity).collect();
    assert!(2 < bands.len(), "{bands:?}");
    let units = first.iter().filter_map(|it| match &it.event {
        Event::Case(case::Event::DeviationReported(report)) => Some(report.unit),
        _ => None,
    });
    assert!(5 < units.collect::<BTreeSet<_>>().len());
}

#[test]
fn a_directory_with_something_in_it_is_left_as_it_is() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("mine"), "kept").unwrap();
    let binary = Binary::new(env!("CARGO_BIN_EXE_avvik-tested"));
    let output = binary.run("demo-data", data.path(), &["--years", "1"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let left: Vec<_> = std::fs::read_dir(data.path()).unwrap().collect();
    assert_eq!(left.len(), 1);
}
