//! What is told of duties and of what was found out.

use domain::Erasable;
use domain::assessment::FactorKind;
use domain::case::advised::SeverityOverridden;
use domain::case::{Event, Fact, Facts, Judgement};
use domain::duty::Verdict;

use super::at;

fn judged(duty: &str, verdict: Verdict) -> Judgement {
    let runs = verdict != Verdict::No;
    Judgement {
        duty: duty.parse().unwrap(),
        version: 2,
        verdict,
        starts_at: Some(at(8)).filter(|_| runs),
        due_at: Some(at(12)).filter(|_| runs),
        ended_at: None,
    }
}

/// One of every event about duties.
pub(super) fn told() -> Vec<(Event, &'static str)> {
    let ended = Judgement { ended_at: Some(at(9)), ..judged("gdpr-33", Verdict::Yes) };
    let duties = vec![ended, judged("gdpr-34", Verdict::Unknown), judged("lex-maria", Verdict::No)];
    let facts = Facts::default().with(Fact::ProtectedAddress, Verdict::Yes);
    let (duty, reference) = ("protected-address".parse().unwrap(), "P-17".to_owned());
    vec![
        (Event::DutiesJudged { duties }, "Pliktene ble vurdert"),
        (
            Event::FactsEstablished { version: 2, facts },
            "Hva vi vet om saken, ble oppdatert (versjon 2)",
        ),
        (
            Event::SeverityOverridden(SeverityOverridden {
                factor: FactorKind::DataContext,
                quarters: Some(8),
                reason: Erasable::known("Offentlig fra før".to_owned()),
            }),
            "Hva opplysningene forteller (DPC) ble satt til 2",
        ),
        (
            Event::SeverityOverridden(SeverityOverridden {
                factor: FactorKind::Malice,
                quarters: None,
                reason: Erasable::known("Det var en feil".to_owned()),
            }),
            "Om noen vil skade (CB): metodens egen verdi gjelder igjen",
        ),
        (
            Event::DutyFulfilled { duty, done_at: at(9), reference },
            "Utført mandag 2. mars 2026 kl. 10.00: protected-address",
        ),
    ]
}
