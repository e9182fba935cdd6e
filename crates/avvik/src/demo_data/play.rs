//! Playing the invented years: each step is asked of the service as the person would who takes it.

mod facts;

use std::sync::Arc;

use chrono::TimeDelta;
use domain::case::Request;
use domain::case::command::{
    self, Assess, CompleteMeasure, DecideOnAuthority, DecideOnPeople, Join, ProposeMeasure,
    Receive, RecordNotification, ReviewEffect, TellPeople, Text, VerifyMeasure,
};
use domain::case::dealings::Effect;
use domain::case::erasure::{Erase, ErasureGround, Whose};
use domain::case::event::{AuthorityDecision, Outcome, PeopleDecision, TellingWay};
use domain::case::memo::Memo;
use domain::case::practice::Practice;
use domain::case::report::{Channel, Occurred, Openness, PeopleEstimate, Sensitive};
use domain::category::{AnswerKind, Category, QuestionName};
use domain::ids::{CaseId, MeasureId, QuestionId, UnitId};
use domain::notification::{NoticeChannel, NoticeKind};
use domain::organisation::{self, command::RegisterPerson};
use domain::{Erasable, Time};
use fastrand::Rng;
use service::secrets::random_id;
use service::{Filing, Hand, HandleError, Receipt, Refusal, Service, SignedIn};
use uuid::Uuid;

use super::script::{Act, Deviated, Scene, Script};
use super::town::{Town, sign_in_name};

/// The language in which questions are put and measures written.
const LANGUAGE: &str = "nb";

/// The years while they are played.
pub(super) struct Play<'a> {
    service: &'a Service,
    hand: &'a Hand,
    town: &'a Town,
    script: &'a Script,
    rng: Rng,
    cases: Vec<Option<Receipt>>,
}

impl<'a> Play<'a> {
    pub(super) fn new(
        service: &'a Service,
        hand: &'a Hand,
        town: &'a Town,
        script: &'a Script,
        seed: u64,
    ) -> Self {
        let cases = vec![None; script.deviations.len()];
        // Not the script's own numbers once more.
        Self { service, hand, town, script, rng: Rng::with_seed(!seed), cases }
    }

    /// Makes everybody a member who reports and holds no other role.
    pub(super) async fn employ(&self) -> Result<(), HandleError> {
        for it in self.town.employees() {
            let user = domain::ids::UserId(random_id());
            let unit = self.unit_named(&it.unit);
            let (sign_in_name, name, email) = (it.sign_in_name, it.name, it.email);
            let member = RegisterPerson { user, sign_in_name, name, email, unit };
            self.service.set_up(organisation::Request::RegisterPerson(member)).await?;
            let roles = organisation::Request::GrantRoles { user, roles: it.roles };
            self.service.set_up(roles).await?;
        }
        Ok(())
    }

    /// Plays every scene, each at its time. `told` hears how many were played.
    pub(super) async fn run(
        &mut self,
        mut told: impl FnMut(usize),
    ) -> Result<(), (Scene, HandleError)> {
        let script = self.script;
        for (played, scene) in script.scenes.iter().enumerate() {
            if self.hand.now() < scene.at {
                self.hand.set(scene.at);
            }
            let outcome = match scene.act {
                Act::Report => self.report(scene.case).await,
                act => self.step(scene.case, act, scene.at).await,
            };
            outcome.map_err(|error| (scene.clone(), error))?;
            told(played + 1);
        }
        Ok(())
    }

    async fn report(&mut self, case: usize) -> Result<(), HandleError> {
        let it = &self.script.deviations[case];
        let filing = self.filing(it)?;
        let receipt = self.service.report(filing, key(&mut self.rng).into()).await?;
        self.cases[case] = Some(receipt);
        Ok(())
    }

    fn filing(&mut self, it: &Deviated) -> Result<Filing, HandleError> {
        let deviation = &self.town.deviations[it.kind];
        let category = self.service.category(&deviation.category).ok_or(Refusal::NoSuchCategory)?;
        let answers = answers(category, &mut self.rng, it.occurred_at);
        let by = match it.channel {
            Channel::WebForm => self.somebody(&sign_in_name(it.unit, it.reporter)),
            _ => self.somebody("personvernombud"),
        };
        let is_own = it.channel == Channel::OwnInitiative;
        let is_known =
            it.channel == Channel::WebForm || is_own || it.openness == Openness::Anonymous;
        let sensitive = match (self.rng.u8(0..6), self.town.units[it.unit].name.as_str()) {
            (0..3, "Hjemmetjenesten" | "Solbakken sykehjem" | "Legevakta") => {
                Some(Sensitive::Health)
            }
            (0..3, "Barnevernstjenesten" | "Sosialtjenesten") => Some(Sensitive::SocialServices),
            (0..2, "Bjørkelia skole" | "Fjellvik ungdomsskole") => Some(Sensitive::Children),
            _ => None,
        };
        Ok(Filing {
            by: Some(by),
            channel: it.channel,
            openness: if is_own { Openness::Named } else { it.openness },
            name: (!is_known).then(|| "Innringer".to_owned()),
            contact: None,
            category: deviation.category.clone(),
            what_happened: deviation.happened[it.happened].clone(),
            occurred: Occurred::At(it.occurred_at),
            discovered_at: Some(it.discovered_at),
            aware_at: matches!(it.channel, Channel::Phone | Channel::Processor)
                .then_some(it.reported_at),
            unit: self.unit_named(&self.town.units[it.unit].name),
            systems_and_devices: String::new(),
            personal_data: it.personal_data,
            breach: deviation.breach.clone(),
            whose_data: whose(it.people).to_owned(),
            people: it.people,
            sensitive: sensitive.into_iter().collect(),
            done_already: String::new(),
            answers,
            language: LANGUAGE.to_owned(),
            files: Vec::new(),
        })
    }

    async fn step(&mut self, case: usize, act: Act, at: Time) -> Result<(), HandleError> {
        let Some(receipt) = self.cases[case].clone() else { return Ok(()) };
        let it = &self.script.deviations[case];
        if let Act::Assess(level) = act {
            let found = facts::found(it, &self.town.deviations[it.kind].breach, level);
            let dpo = self.somebody("personvernombud");
            let request = Request::EstablishFacts(found);
            self.service.step(&dpo, receipt.case, request, key(&mut self.rng).into()).await?;
        }
        let (who, request) = self.asked(it, receipt.case, act, at);
        let who = self.somebody(&who);
        self.service.step(&who, receipt.case, request, key(&mut self.rng).into()).await
    }

    /// Who takes a step, and what they ask.
    fn asked(&mut self, it: &Deviated, case: CaseId, act: Act, at: Time) -> (String, Request) {
        let leader = sign_in_name(it.unit, 0);
        let (dpo, controller) = ("personvernombud".to_owned(), "kommunedirektor".to_owned());
        match act {
            Act::Report => unreachable!("reports are filed, and no step of a case"),
            Act::Receive => (dpo, self.receive(it)),
            Act::Ask => {
                let about = QuestionId(key(&mut self.rng));
                let text = said("Kan du si litt mer om hva som skjedde?");
                (dpo, Request::AskReporter(Text { about, text }))
            }
            Act::Assess(level) => (dpo, assess(level)),
            Act::Decide(is_notified) => (controller, decide(is_notified)),
            Act::Notify { is_late } => (dpo, self.notify(is_late, at)),
            Act::DecideOnPeople(are_told) => (controller, decide_on_people(are_told)),
            Act::Tell(people) => (dpo, tell(people, at)),
            Act::Propose { number, kind, days } => {
                let description = said(&self.town.deviations[it.kind].measures[number]);
                let owner = self.somebody(&leader).user;
                let due_at = at + TimeDelta::days(days);
                let measure = measure(case, number);
                let it = ProposeMeasure { measure, kind, description, owner, due_at };
                (dpo, Request::ProposeMeasure(it))
            }
            Act::Complete(number) => {
                let (measure, account) = (measure(case, number), said("Det er gjort."));
                let it = CompleteMeasure { measure, account, review_due_at: None };
                (leader, Request::CompleteMeasure(it))
            }
            Act::Verify(number) => {
                let (measure, finding) = (measure(case, number), said("Sett over og i orden."));
                let it = VerifyMeasure { measure, effective: true, finding };
                (dpo, Request::VerifyMeasure(it))
            }
            Act::Review(number) => {
                let effects =
                    [Effect::Works, Effect::Works, Effect::Works, Effect::Partly, Effect::Not];
                let effect = effects[self.rng.usize(0..effects.len())];
                let (measure, finding) = (measure(case, number), said("Vi har sett på det igjen."));
                (dpo, Request::ReviewEffect(ReviewEffect { measure, effect, finding }))
            }
            Act::Memo => (dpo, memo("Saken kan avsluttes.")),
            Act::Return => {
                let points = vec![said("Skriv mer om hvordan dette skal unngås.")];
                (controller, Request::Return(points))
            }
            Act::MemoAgain => (dpo, memo("Saken kan avsluttes. Tiltakene er beskrevet nærmere.")),
            Act::Close => {
                let grounds = Some(said("Resten er avklart med dem det gjelder."));
                (controller, Request::Close(command::Close { grounds }))
            }
            Act::NotADeviation => {
                let reason = said("Det viste seg at ingen opplysninger var på avveie.");
                (dpo, Request::CloseAsNotADeviation(reason))
            }
            Act::Link(earlier) => (dpo, self.link(earlier, case)),
            Act::Erase => ("arkivar".to_owned(), erase()),
        }
    }

    fn receive(&self, it: &Deviated) -> Request {
        Request::Receive(Receive {
            category: self.town.deviations[it.kind].category.clone(),
            unit: self.unit_named(&self.town.units[it.unit].name),
            handler: self.somebody("personvernombud").user,
            first_actions: Vec::new(),
            playbook: None,
        })
    }

    fn notify(&mut self, is_late: bool, at: Time) -> Request {
        Request::RecordNotification(RecordNotification {
            kind: NoticeKind::Initial,
            sent_at: at,
            reference: format!("AR{:09}", self.rng.u32(100_000_000..1_000_000_000)),
            reasons: is_late.then(|| said("Omfanget måtte avklares med flere enheter først.")),
            channel: Some(NoticeChannel::Portal),
            completeness: None,
            seen: None,
            receipt: None,
            book: None,
        })
    }

    /// Which case that is, the service finds by its number.
    fn link(&self, earlier: usize, case: CaseId) -> Request {
        let other = self.cases[earlier].as_ref().expect("it was reported before this one");
        let reason = said("Det samme har skjedd før.");
        Request::Link(Join { number: other.number, case, reason })
    }

    fn unit_named(&self, name: &str) -> UnitId {
        let organisation = &self.service.views().organisation;
        let mut units = organisation.units.iter();
        let found = units.find(|(_, unit)| unit.name == name);
        *found.map(|(unit, _)| unit).expect("the plan has every unit of the town")
    }

    fn somebody(&self, sign_in_name: &str) -> SignedIn {
        let known = self.service.on_behalf_of(sign_in_name);
        known.expect("the plan has everybody who does something")
    }
}

/// A key that follows from the seed, so that cases have the same identifiers each time.
fn key(rng: &mut Rng) -> Uuid {
    Uuid::from_u128(rng.u128(..))
}

fn measure(case: CaseId, number: usize) -> MeasureId {
    MeasureId(Uuid::from_u128(case.0.as_u128().wrapping_add(number as u128)))
}

fn said(text: &str) -> Erasable<String> {
    Erasable::known(text.to_owned())
}

fn whose(people: PeopleEstimate) -> &'static str {
    match people {
        PeopleEstimate::One => "En bruker",
        _ => "Brukere og pårørende",
    }
}

/// An answer to whatever must be answered.
fn answers(category: &Category, rng: &mut Rng, at: Time) -> Vec<(QuestionName, String)> {
    let required = category.questions.iter().filter(|it| it.required);
    required
        .map(|it| {
            let answer = match it.kind {
                AnswerKind::Text | AnswerKind::LongText => "Ikke kjent".to_owned(),
                AnswerKind::YesNoUnknown => "unknown".to_owned(),
                AnswerKind::Choice | AnswerKind::Several => {
                    it.choices[rng.usize(0..it.choices.len())].value.as_str().to_owned()
                }
                AnswerKind::Number => rng.u32(1..20).to_string(),
                AnswerKind::When => at.date_naive().to_string(),
            };
            (it.name.clone(), answer)
        })
        .collect()
}

fn assess(level: u8) -> Request {
    let outcome = match level {
        0 => Outcome::DocumentOnly,
        1 => Outcome::NotifyAuthority,
        _ => Outcome::NotifyAuthorityAndPeople,
    };
    Request::Assess(Assess {
        facts: said("Hvem som har sett opplysningene, og hva de kan brukes til, er vurdert."),
        outcome,
        departure: Some(said("Vurdert konkret ut fra hvem som fikk opplysningene.")),
        rules: None::<Arc<_>>,
    })
}

fn decide(is_notified: bool) -> Request {
    let (decision, grounds) = if is_notified {
        (AuthorityDecision::Notify, "Det er en risiko for dem det gjelder.")
    } else {
        (AuthorityDecision::DoNotNotify, "Det er lite trolig at noen får ulempe av det.")
    };
    Request::DecideOnAuthority(DecideOnAuthority {
        decision,
        grounds: said(grounds),
        departure: Some(said("Saken er vurdert for seg.")),
        practice: Practice::default(),
        delegated: false,
    })
}

fn decide_on_people(are_told: bool) -> Request {
    let (decision, grounds) = if are_told {
        (PeopleDecision::Notify, "Risikoen for dem det gjelder er høy.")
    } else {
        (PeopleDecision::NoHighRisk, "Risikoen er ikke høy.")
    };
    Request::DecideOnPeople(DecideOnPeople {
        decision,
        grounds: said(grounds),
        departure: Some(said("Saken er vurdert for seg.")),
        measure: None,
        plan: None,
        practice: Practice::default(),
    })
}

fn tell(people: u32, at: Time) -> Request {
    Request::TellPeople(TellPeople {
        told_at: at,
        way: TellingWay::Letter,
        people: Some(people),
        account: said("Brev er sendt til alle det gjelder."),
    })
}

fn memo(conclusion: &str) -> Request {
    Request::SubmitMemo(Box::new(Memo {
        orientation: said("Saken gjelder et avvik i enheten."),
        description: said("Hva som skjedde, og når, går fram av meldingen."),
        rules: said("Personvernforordningen artikkel 32."),
        discussion: said("Rutinen ble ikke fulgt i en travel periode."),
        assessment: said("Tiltakene er tilstrekkelige."),
        conclusion: said(conclusion),
    }))
}

fn erase() -> Request {
    Request::Erase(Erase {
        whose: Whose::Everybody,
        ground: ErasureGround::RetentionReached,
        basis: "Bevarings- og kassasjonsplanen, punkt 4".to_owned(),
    })
}
