//! Carrying out a command: load, fold, decide, append; on a conflict, fold the newcomers and
//! decide again.

mod texts;

use channels::mail::Address;
use domain::case::command::{
    Assess, Assign, CompleteMeasure, FulfilDuty, Playbook, Receive, Reclassify,
};
use domain::case::confirmation;
use domain::case::decide::judged;
use domain::case::evolve::{Fact, fold};
use domain::case::inquiry::{Contact, Respondent};
use domain::case::{Acting, Case, Command, Erase, Request, decide};
use domain::category::CategoryId;
use domain::ids::{CaseId, UserId};
use domain::{Erasable, Event, Recorded, Role, Roles, StreamId, Version};
use journal::{Append, AppendError, Appended, Idempotency, NewAttachment, OutboxEntry};

use texts::texts;

use crate::attachments::{self, Files};
use crate::error::{HandleError, Refusal};
use crate::open::Service;
use crate::permit::{self, SignedIn, Step};
use crate::reactions;
use crate::reporting::{NAME_CHARACTERS_MAX, bounded};
use crate::secrets::{FormKey, random_id};
use crate::who_is_left::is_only_controller;

/// How often a decision is taken anew when others keep changing the same case.
const TRIES_MAX: u32 = 8;

/// Characters of a text that are kept: some thirty pages.
pub const TEXT_CHARACTERS_MAX: usize = 100_000;

impl Service {
    /// Takes a step in a case as somebody signed in. `key` is the form's own number: the same form
    /// sent twice is carried out once.
    pub async fn step(
        &self,
        who: &SignedIn,
        case: CaseId,
        request: Request,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let step = Step::of(&request).ok_or(Refusal::NotPermitted)?;
        let written = texts(&request).into_iter().filter_map(Erasable::get);
        bounded(written, TEXT_CHARACTERS_MAX)?;
        let acting = self.permit_step(who, case, &request, step)?;
        self.check_people(case, &request)?;
        let request = self.completed(request, key)?;
        let request = self.with_practice(who, case, request);
        self.record_category_of(&request).await?;
        self.record_rulebooks_of(&request).await?;
        match &request {
            Request::Link(it) => self.link_other(who, case, it).await?,
            Request::Merge(it) => self.hand_over(who, case, it).await?,
            Request::Erase(it) => self.check_erased(case, it.whose).await?,
            _ => (),
        }
        let involved = match &request {
            Request::NameInvolved(user) => user.get().copied(),
            _ => None,
        };
        let name: &str = step.into();
        let key = key.idempotency(&format!("{case} {name}"));
        self.carry_out(case, acting, request, Some(key)).await?;
        if let Some(user) = involved {
            self.name_in_joined(case, user).await?;
        }
        if step == Step::Erase { self.destroy_erased(case).await } else { Ok(()) }
    }

    pub(crate) fn permit_step(
        &self,
        who: &SignedIn,
        case: CaseId,
        request: &Request,
        step: Step,
    ) -> Result<Acting, Refusal> {
        let views = self.views();
        let row = views.inbox.row(case).ok_or(Refusal::NoSuchCase)?;
        let owns_a_measure = match request {
            Request::CompleteMeasure(it) => {
                views.measures.row(case, it.measure).is_some_and(|row| row.owner == who.user)
            }
            _ => false,
        };
        let is_asked = match step {
            // Whatever became of a question since, the case takes its answer or says why not.
            Step::AnswerInquiry => views.inquiries.asked(case, who.user),
            Step::Contribute => views.inquiries.asks(case, who.user),
            _ => false,
        };
        let permit = match step {
            Step::Erase => permit::for_erasure(who, row),
            Step::ReceiptArchive if !who.roles.holds(Role::Dpo) => {
                permit::for_archive_receipt(who, row)
            }
            Step::AnswerInquiry | Step::Contribute if is_asked => {
                permit::for_respondent(who, row).filter(|permit| permit.steps().contains(&step))
            }
            _ => None,
        };
        let permit = permit.or_else(|| {
            permit::for_case(who, row, &views.organisation, owns_a_measure, self.now())
        });
        let permit = permit.ok_or(Refusal::NoSuchCase)?;
        if permit.steps().contains(&step) {
            Ok(permit.acting().clone())
        } else {
            Err(Refusal::NotPermitted)
        }
    }

    /// The request with what is not the form's to say: what the settings say, and whose key
    /// somebody involved is sealed with.
    fn completed(&self, request: Request, key: FormKey) -> Result<Request, Refusal> {
        Ok(match request {
            Request::DecideOnAuthority(mut it) => {
                it.delegated = self.settings().delegated_to_dpo;
                Request::DecideOnAuthority(it)
            }
            Request::CompleteMeasure(it) => {
                let review_due_at = Some(self.now() + self.settings().case.review_after());
                Request::CompleteMeasure(CompleteMeasure { review_due_at, ..it })
            }
            Request::Assess(it) => {
                let rules = Some(self.rule_shelf());
                Request::Assess(Assess { rules, ..it })
            }
            Request::Receive(it) => {
                let playbook = self.playbook(&it.category);
                Request::Receive(Receive { playbook, ..it })
            }
            Request::Reclassify(it) => {
                let playbook = self.playbook(&it.category);
                Request::Reclassify(Reclassify { playbook, ..it })
            }
            Request::NameInvolved(Erasable::Known { value, .. }) => {
                Request::NameInvolved(Erasable::about(key.involved(), value))
            }
            Request::Inquire(it) => {
                if let Respondent::Outside(contact) = &it.respondent {
                    reachable(contact)?;
                }
                Request::Inquire(it)
            }
            Request::Confirmation(confirmation::Request::Ask(it)) => {
                reachable(&it.recipient)?;
                Request::Confirmation(confirmation::Request::Ask(it))
            }
            Request::RecordCorrespondence(it) => {
                bounded([&it.reference], NAME_CHARACTERS_MAX)?;
                Request::RecordCorrespondence(it)
            }
            Request::RecordNotification(it) => Request::RecordNotification(self.booked(it)?),
            Request::DraftNotification(it) => Request::DraftNotification(self.drafted(it)?),
            Request::Link(it) => Request::Link(self.found(it)?),
            Request::Merge(it) => Request::Merge(self.found(it)?),
            Request::Erase(it) => {
                bounded([&it.basis], NAME_CHARACTERS_MAX)?;
                Request::Erase(Erase { basis: it.basis.trim().to_owned(), ..it })
            }
            Request::FulfilDuty(it) => {
                bounded([&it.reference], NAME_CHARACTERS_MAX)?;
                let known = self.duties().get(&it.duty);
                if known.is_some_and(|duty| !duty.is_recorded()) {
                    return Err(Refusal::Case(domain::case::Refusal::NoSuchDuty { duty: it.duty }));
                }
                let reference = it.reference.trim().to_owned();
                Request::FulfilDuty(FulfilDuty { reference, ..it })
            }
            other => other,
        })
    }

    /// What a category says of the first actions that are taken under it.
    fn playbook(&self, category: &CategoryId) -> Option<Playbook> {
        self.category(category).map(|category| Playbook {
            version: category.version,
            actions: category.playbook.clone(),
            language: self.settings().language.clone(),
        })
    }

    /// Whoever a request names must be there to do what it asks.
    fn check_people(&self, case: CaseId, request: &Request) -> Result<(), Refusal> {
        let named: Vec<UserId> = match request {
            Request::Receive(it) => {
                it.first_actions.iter().map(|first| first.owner).chain([it.handler]).collect()
            }
            Request::Reclassify(it) => it.first_actions.iter().map(|it| it.owner).collect(),
            Request::ProposeMeasure(it) => vec![it.owner],
            Request::Assign(it) => [Some(it.handler), it.deputy].into_iter().flatten().collect(),
            Request::Inquire(it) => it.respondent.member().into_iter().collect(),
            Request::NameInvolved(user) => user.get().copied().into_iter().collect(),
            Request::DecideOnPeople(it) => it.plan.iter().map(|plan| plan.signed_by).collect(),
            _ => Vec::new(),
        };
        let views = self.views();
        let place = match request {
            Request::Receive(it) => Some((&it.category, it.unit)),
            Request::Reclassify(it) => Some((&it.category, it.unit)),
            _ => None,
        };
        if let Some((category, unit)) = place {
            if !views.organisation.units.contains_key(&unit) {
                return Err(Refusal::NoSuchUnit);
            }
            // A case that is put in another unit keeps its category, configured or not.
            let is_own = views.inbox.row(case).is_some_and(|row| row.category == *category);
            let stays = is_own && matches!(request, Request::Reclassify(_));
            if !stays && self.category(category).is_none() {
                return Err(Refusal::NoSuchCategory);
            }
        }
        let roles = |user| views.organisation.people.get(&user).map(|person| &person.roles);
        if let Request::Assign(it) = request
            && it.deputy.and_then(roles).is_some_and(permit::keeps_the_house)
        {
            return Err(Refusal::KeepsTheHouse);
        }
        if let Request::Assign(Assign { deputy: Some(deputy), .. }) = request
            && let Some(row) = views.inbox.row(case)
            && is_only_controller(&views.organisation, row, *deputy)
        {
            return Err(Refusal::OnlyController);
        }
        // To handle a case gives nobody a permit: who is no officer would not see it.
        let handles = |roles: &Roles| roles.holds(Role::Dpo);
        if let Request::Receive(Receive { handler, .. }) | Request::Assign(Assign { handler, .. }) =
            request
            && !roles(*handler).is_none_or(handles)
        {
            return Err(Refusal::HandlerIsNoOfficer);
        }
        if let Request::DecideOnPeople(it) = request
            && let Some(plan) = &it.plan
            && !roles(plan.signed_by).is_some_and(signs)
        {
            return Err(Refusal::NoSuchPerson);
        }
        if let Request::GrantAudit(it) = request
            && !roles(it.auditor).is_some_and(|roles| roles.holds(Role::Auditor))
        {
            return Err(Refusal::NoSuchPerson);
        }
        let is_there = |user| views.organisation.people.get(&user).is_some_and(|it| it.active);
        if named.into_iter().all(is_there) { Ok(()) } else { Err(Refusal::NoSuchPerson) }
    }

    /// Carries a permitted command out, and returns once this process's views have seen it.
    pub(crate) async fn carry_out(
        &self,
        case: CaseId,
        by: Acting,
        request: Request,
        idempotency: Option<Idempotency>,
    ) -> Result<(), HandleError> {
        self.carry_out_with(case, by, request, idempotency, Files::new()).await
    }

    /// The same for a command that brings files.
    pub(crate) async fn carry_out_with(
        &self,
        case: CaseId,
        by: Acting,
        request: Request,
        idempotency: Option<Idempotency>,
        files: Files,
    ) -> Result<(), HandleError> {
        if self.was_carried_out(idempotency).await? {
            return Ok(());
        }
        self.record_duties().await?;
        let command = Command { at: self.now(), by, request };
        for _ in 0..TRIES_MAX {
            let stream = self.read(case.into()).await?;
            let before = folded(&stream);
            let mut events = match decide(&before, &command) {
                // The same form may have been recorded since it was looked for.
                Err(_) if self.was_carried_out(idempotency).await? => return Ok(()),
                decided => decided?,
            };
            if events.is_empty() {
                return Ok(());
            }
            let book = self.duty_book(before.known());
            let by = command.by.actor;
            events.extend(judged(&before, &events, &book, command.at, by));
            let notices = {
                let organisation = &self.views().organisation;
                reactions::notices(&before, &events, (command.by.actor, command.at), organisation)
            };
            let append = Append {
                stream: case.into(),
                expected: version(&stream),
                events: events.into_iter().map(Event::from).collect(),
                at: command.at,
                by: command.by.actor,
                idempotency,
                outbox: notices.iter().map(entry).collect(),
            };
            let files = attachments::of_events(&append.events, &files);
            match self.append_with(append, files).await {
                Err(AppendError::Conflict { .. }) => (),
                other => {
                    return other.map_err(HandleError::Record).and_then(|it| once(it, idempotency));
                }
            }
        }
        Err(HandleError::Contended)
    }

    /// Whether what is asked under a key has been recorded; the views have seen it then. Something
    /// else under the same key is refused, so that nobody takes it for recorded.
    pub(crate) async fn was_carried_out(
        &self,
        asked: Option<Idempotency>,
    ) -> Result<bool, HandleError> {
        let earlier = asked.and_then(|asked| self.journal().recorded_under(asked.key));
        let Some(earlier) = earlier else { return Ok(false) };
        self.wait_until_seen(earlier.last).await;
        once(earlier, asked).map(|()| true)
    }

    /// Appends, and returns once this process's views have seen it.
    pub(crate) async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.append_with(append, Vec::new()).await
    }

    pub(crate) async fn append_with(
        &self,
        append: Append,
        files: Vec<NewAttachment>,
    ) -> Result<Appended, AppendError> {
        let has_post = !append.outbox.is_empty();
        let appended = self.journal().append_with(append, files).await?;
        self.wait_until_seen(appended.last).await;
        if has_post {
            self.wake_dispatch();
        }
        Ok(appended)
    }

    pub(crate) async fn read(&self, stream: StreamId) -> Result<Vec<Recorded>, HandleError> {
        self.journal().read_stream(stream).await.map_err(HandleError::Read)
    }
}

/// Refuses what was asked under a key that was used for something else, as far as both are known.
pub(crate) fn once(earlier: Appended, asked: Option<Idempotency>) -> Result<(), HandleError> {
    let asked = asked.and_then(|asked| asked.content);
    let is_other = earlier.content.zip(asked).is_some_and(|(earlier, asked)| earlier != asked);
    if is_other { Err(HandleError::KeyUsed) } else { Ok(()) }
}

/// Refuses a contact to whom no link can be mailed.
fn reachable(contact: &Erasable<Contact>) -> Result<(), Refusal> {
    let Some(contact) = contact.get() else { return Ok(()) };
    bounded([&contact.name, &contact.email], NAME_CHARACTERS_MAX)?;
    let _: Address = contact.email.parse().map_err(|_| Refusal::NotAnAddress)?;
    Ok(())
}

/// Whether somebody with these roles signs as the controller. Whoever is data protection officer
/// never does (GDPR art. 38(6)).
fn signs(roles: &Roles) -> bool {
    roles.holds(Role::Controller) && !roles.holds(Role::Dpo)
}

pub(crate) fn folded(stream: &[Recorded]) -> Case {
    fold(stream.iter().filter_map(|recorded| match &recorded.event {
        Event::Case(event) => Some(Fact { event, at: recorded.at, by: recorded.by }),
        Event::Organisation(_) | Event::Review(_) => None,
    }))
}

pub(crate) fn version(stream: &[Recorded]) -> Version {
    stream.last().map(|recorded| recorded.version).unwrap_or_default()
}

pub(crate) fn entry(notice: &reactions::Notice) -> OutboxEntry {
    let payload = serde_json::to_vec(notice).expect("a notice is plain data");
    OutboxEntry { id: random_id(), payload }
}
