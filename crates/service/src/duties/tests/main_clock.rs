//! The main clock runs in every case: a folder that would let it stand still is refused.

use super::*;

const MAIN: &str = include_str!("../../../../../config/duties/gdpr-33.toml");

/// The built-in duties with another main clock, held against what was used before.
fn held(main: &str, before: &[&str], jurisdiction: Jurisdiction) -> Result<(), String> {
    let mut duties = Duties::default();
    duties.add(Path::new("gdpr-33.toml"), main).map_err(|fault| fault.to_string())?;
    let mut organisation = Organisation::default();
    for text in before {
        let duty: Duty = toml::from_str(text).unwrap();
        let versions = organisation.duties.entry(duty.id.clone()).or_default();
        versions.insert(duty.version, Arc::new(duty));
    }
    let settings = settings(jurisdiction);
    let held = duties.hold_main_clock(&settings, &organisation, at("2026-11-20 09:00"));
    held.map_err(|fault| fault.to_string())
}

fn settings(jurisdiction: Jurisdiction) -> DutySettings {
    let DutyBook { calendar, organisation, .. } = book(jurisdiction, Verdict::Yes);
    DutySettings { calendar, organisation, directory: Some("/etc/avvik/duties".into()) }
}

/// The rule as it may read from 2027 on.
fn of_2027() -> String {
    MAIN.replace("version = 1", "version = 2")
        .replace("2018-05-25", "2027-01-01")
        .replace("\"72 hours\"", "\"96 hours\"")
}

#[test]
fn the_main_clock_is_there() {
    assert_eq!(held(MAIN, &[], No), Ok(()));
    let fault = Duties::default().hold_main_clock(
        &settings(No),
        &Organisation::default(),
        at("2026-11-20 09:00"),
    );
    let fault = fault.unwrap_err().to_string();
    assert!(fault.starts_with("/etc/avvik/duties: holds no `gdpr-33.toml`"), "{fault}");
}

#[test]
fn what_would_let_it_stand_still_or_unheard_is_refused_with_line_and_key() {
    let trigger = "[[trigger]]\nwhen = [ { field = \"personal_data\", is = [\"yes\"] } ]";
    let lines = |part: &str| MAIN.lines().filter(|line| line.starts_with(part)).count();
    assert_eq!((lines("start = "), lines("ends = ")), (1, 1));
    for (instead_of, wrong, told) in [
        (
            "[[stage]]\nhours-left = 48",
            &format!("{trigger}\n[[stage]]\nhours-left = 48")[..],
            "trigger[1]: the main clock runs in every case",
        ),
        ("start = \"awareness\"", "start = \"receipt\"", "start: the main clock runs from"),
        ("ends = [\"authority_notified\", ", "ends = [", "ends: the main clock ends with"),
        ("alerts = [\"dpo\"", "alerts = [\"handler\"", "id: the main clock needs a [[stage]]"),
    ] {
        assert!(MAIN.contains(instead_of), "{instead_of}");
        let fault = held(&MAIN.replace(instead_of, wrong), &[], No).unwrap_err();
        assert!(fault.contains(told), "{fault}");
    }
    let norwegian = MAIN.replace("[\"no\", \"se\"]", "[\"no\"]");
    assert_eq!(held(&norwegian, &[], No), Ok(()));
    let fault = held(&norwegian, &[], Se).unwrap_err();
    assert!(fault.contains("jurisdictions: the main clock runs in every"), "{fault}");
}

#[test]
fn a_rule_that_comes_into_force_later_needs_the_one_before_it() {
    let fault = held(&of_2027(), &[], No).unwrap_err();
    assert!(fault.contains("valid-from: no version of the main clock is in force"), "{fault}");
    assert_eq!(held(&of_2027(), &[MAIN], No), Ok(()));
}

#[test]
fn the_clock_runs_by_the_law_of_the_day_and_never_stands_still() {
    let duty = |text: &str| Arc::new(toml::from_str::<Duty>(text).unwrap());
    let both = vec![duty(&of_2027()), duty(MAIN)];
    let of = |duties: &[Arc<Duty>], discovered_at| {
        let book = DutyBook { duties: duties.to_vec(), ..book(No, Verdict::Yes) };
        let judged = judge(&case(discovered_at, &[]), &book);
        assert_eq!(judged.len(), 1, "one version of it");
        (judged[0].version, judged[0].running_until().map(local).unwrap())
    };
    assert_eq!(of(&both, "2026-12-31 23:00"), (1, "2027-01-03 23:00:00".to_owned()));
    assert_eq!(of(&both, "2027-01-01 00:00"), (2, "2027-01-05 00:00:00".to_owned()));
    // No version covers the day, as when `valid-until` passes while the service runs.
    assert_eq!(of(&both[..1], "2026-12-31 23:00"), (2, "2027-01-04 23:00:00".to_owned()));
}
