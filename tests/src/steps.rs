//! The steps in a case, as a program asks for them: where to, and what is said.

use serde_json::{Value, json};

use crate::people::{People, Person};

/// A step: what comes after the case in its address, and the body.
#[derive(Debug, Clone)]
pub struct Step {
    /// What comes after the case in the address.
    pub tail: String,
    /// What is said.
    pub body: Value,
}

/// When the measures are to be done, if nothing else is said.
const DUE_AT: &str = "2026-03-04T12:00:00Z";

fn step(tail: impl Into<String>, body: Value) -> Step {
    Step { tail: tail.into(), body }
}

/// Take the case in, for the unit of the employee, with the data protection officer as handler.
#[must_use]
pub fn receive(people: &People) -> Step {
    receive_into(people, people.holder(domain::Role::Employee).unit)
}

/// Take the case in, for a unit.
#[must_use]
pub fn receive_into(people: &People, unit: domain::ids::UnitId) -> Step {
    let handler = people.holder(domain::Role::Dpo).user;
    let body = json!({ "category": "lost-or-stolen-device", "unit": unit, "handler": handler });
    step("receive", body)
}

/// Name somebody as involved.
#[must_use]
pub fn involve(person: &Person) -> Step {
    step("involved", json!({ "person": person.user }))
}

/// Establish another moment of awareness.
#[must_use]
pub fn establish_awareness(aware_at: &str, reason: &str) -> Step {
    step("awareness", json!({ "aware_at": aware_at, "reason": reason }))
}

/// Put a question to the reporter.
#[must_use]
pub fn ask_reporter(text: &str) -> Step {
    step("questions", json!({ "text": text }))
}

/// Record what is so and what is not.
#[must_use]
pub fn establish_facts(facts: &Value) -> Step {
    step("facts", facts.clone())
}

/// Set a factor of the severity, or let the method's own value count again.
#[must_use]
pub fn override_severity(factor: &str, value: Option<f64>, reason: &str) -> Step {
    step("severity", json!({ "factor": factor, "value": value, "reason": reason }))
}

/// Record that a duty was done.
#[must_use]
pub fn fulfil_duty(duty: &str, done_at: &str) -> Step {
    step(format!("duties/{duty}/fulfilment"), json!({ "done_at": done_at }))
}

/// Assess the risk.
#[must_use]
pub fn assess(facts: &str, outcome: &str) -> Step {
    step("assessment", json!({ "facts": facts, "outcome": outcome }))
}

/// Decide whether the authority is notified.
#[must_use]
pub fn decide(decision: &str, grounds: &str) -> Step {
    step("authority-decision", json!({ "decision": decision, "grounds": grounds }))
}

/// Decide otherwise than was advised.
#[must_use]
pub fn depart(decision: &str, grounds: &str, departure: &str) -> Step {
    let body = json!({ "decision": decision, "grounds": grounds, "departure": departure });
    step("authority-decision", body)
}

/// Record that the authority was notified, with the reasons for a delay.
#[must_use]
pub fn notify(sent_at: &str, reasons_for_delay: Option<&str>) -> Step {
    let body = json!({
        "sent_at": sent_at,
        "reference": "AR-2026-0417",
        "reasons_for_delay": reasons_for_delay,
    });
    step("notification", body)
}

/// Record something that was sent to the authority, with its content as it stands.
#[must_use]
pub fn send_notice(kind: &str, sent_at: &str, completeness: &str) -> Step {
    let reasons = (kind == "withdrawal").then_some("Telefonen lå i garderoben.");
    let body = json!({
        "kind": kind, "sent_at": sent_at, "reference": "AR-2026-0417", "channel": "portal",
        "completeness": completeness, "reasons_for_withdrawal": reasons,
    });
    step("notification", body)
}

/// Write what is to stand in the next notice, by the numbers of its fields.
#[must_use]
pub fn draft_notification(fields: &Value) -> Step {
    step("notification/draft", json!({ "fields": fields }))
}

/// Decide whether the people affected are told.
#[must_use]
pub fn decide_on_people(decision: &str, grounds: &str) -> Step {
    step("people-decision", json!({ "decision": decision, "grounds": grounds }))
}

/// Record that the people affected were told, by letter.
#[must_use]
pub fn tell_people(told_at: &str, account: &str) -> Step {
    let body = json!({ "told_at": told_at, "way": "letter", "people": 12, "account": account });
    step("people-told", body)
}

/// Put the case under another category, in the unit where it was received.
#[must_use]
pub fn reclassify(people: &People, category: &str, reason: &str) -> Step {
    let unit = people.holder(domain::Role::Employee).unit;
    step("classification", json!({ "category": category, "unit": unit, "reason": reason }))
}

/// Give the case to somebody, and name who stands in for them.
#[must_use]
pub fn assign(handler: &Person, deputy: Option<&Person>) -> Step {
    let deputy = deputy.map(|deputy| deputy.user);
    step("assignment", json!({ "handler": handler.user, "deputy": deputy }))
}

/// Ask a member of the organisation.
#[must_use]
pub fn inquire(person: &Person, text: &str, due_at: &str) -> Step {
    let respondent = json!({ "kind": "member", "member": person.user });
    step("inquiries", json!({ "respondent": respondent, "text": text, "due_at": due_at }))
}

/// A question with which files of the case are shown.
#[must_use]
pub fn showing(inquire: Step, attachments: &[&str]) -> Step {
    let Step { tail, mut body } = inquire;
    body["attachments"] = json!(attachments);
    Step { tail, body }
}

/// Ask somebody outside the organisation.
#[must_use]
pub fn inquire_outside(name: &str, email: &str, text: &str, due_at: &str) -> Step {
    let respondent = json!({ "kind": "outside", "name": name, "email": email });
    step("inquiries", json!({ "respondent": respondent, "text": text, "due_at": due_at }))
}

/// Ask a recipient to confirm that a mail they got by mistake is gone.
#[must_use]
pub fn ask_confirmation(name: &str, email: &str, content: &str, due_at: &str) -> Step {
    let asked = json!({
        "misdirected": "email", "content": content, "name": name, "email": email, "due_at": due_at
    });
    step("confirmations", asked)
}

/// Hand a closed case over to the archive with these entries.
#[must_use]
pub fn archive(entries: &Value) -> Step {
    step("archive", json!({ "entries": entries }))
}

/// Record that the archive has it.
#[must_use]
pub fn archive_receipt(reference: &str, received_at: &str) -> Step {
    step("archive/receipt", json!({ "reference": reference, "received_at": received_at }))
}

/// Answer an inquiry.
#[must_use]
pub fn answer_inquiry(inquiry: &str, text: &str) -> Step {
    step(format!("inquiries/{inquiry}/answer"), json!({ "text": text }))
}

/// Want no answer any more.
#[must_use]
pub fn withdraw_inquiry(inquiry: &str, reason: &str) -> Step {
    step(format!("inquiries/{inquiry}/withdrawal"), json!({ "reason": reason }))
}

/// Give a statement.
#[must_use]
pub fn contribute(text: &str) -> Step {
    step("contributions", json!({ "text": text }))
}

/// Note something.
#[must_use]
pub fn note(text: &str) -> Step {
    step("notes", json!({ "text": text }))
}

/// Refer part of the case elsewhere.
#[must_use]
pub fn refer(kind: &str, to: &str, subject: &str, reference: &str) -> Step {
    let body = json!({
        "kind": kind, "to": to, "subject": subject, "reference": reference,
        "referred_at": "2026-03-02T08:00:00Z",
    });
    step("referrals", body)
}

/// Stop sending the case's ninth letter, which it has not.
#[must_use]
pub fn stop_letter() -> Step {
    step("letters/9/stop", json!({}))
}

/// Sign the case's ninth letter, which it has not.
#[must_use]
pub fn sign_letter() -> Step {
    step("letters/9/signature", json!({ "version": 1 }))
}

/// Record a letter from the authority about the notification.
#[must_use]
pub fn correspond(summary: &str) -> Step {
    let body = json!({
        "direction": "incoming", "dated_at": "2026-03-02T08:00:00Z",
        "reference": "26/00417-2", "summary": summary, "on_notification": true,
    });
    step("correspondence", body)
}

/// Link the case to another of its kind.
#[must_use]
pub fn link(other: &str, reason: &str) -> Step {
    step("links", json!({ "case": other, "reason": reason }))
}

/// End the case, to go on in another.
#[must_use]
pub fn merge(into: &str, reason: &str) -> Step {
    step("merging", json!({ "case": into, "reason": reason }))
}

/// Record what a measure has led to.
#[must_use]
pub fn review_effect(measure: &str, effect: &str, finding: &str) -> Step {
    let body = json!({ "effect": effect, "finding": finding });
    step(format!("measures/{measure}/effect-review"), body)
}

/// Record what came of looking into an opening outside somebody's role.
#[must_use]
pub fn review_opening(person: &Person, until: &str, finding: &str) -> Step {
    let body = json!({ "member": person.user, "until": until, "finding": finding });
    step("opening-review", body)
}

/// Take back a measure that is not needed.
#[must_use]
pub fn withdraw_measure(measure: &str, reason: &str) -> Step {
    step(format!("measures/{measure}/withdrawal"), json!({ "reason": reason }))
}

/// Take back that a duty was done.
#[must_use]
pub fn withdraw_fulfilment(duty: &str, reason: &str) -> Step {
    step(format!("duties/{duty}/fulfilment/withdrawal"), json!({ "reason": reason }))
}

/// Take back that somebody is involved.
#[must_use]
pub fn withdraw_involved(person: &Person, reason: &str) -> Step {
    step("involved/withdrawal", json!({ "person": person.user, "reason": reason }))
}

/// Grant an auditor a look at the case.
#[must_use]
pub fn grant_audit(auditor: &Person, purpose: &str, until: &str) -> Step {
    let body = json!({ "auditor": auditor.user, "purpose": purpose, "until": until });
    step("audit-grant", body)
}

/// Take an auditor's grant back.
#[must_use]
pub fn revoke_audit(auditor: &Person, reason: &str) -> Step {
    step("audit-revocation", json!({ "auditor": auditor.user, "reason": reason }))
}

/// Propose a measure.
#[must_use]
pub fn propose_measure(kind: &str, description: &str, owner: &Person) -> Step {
    let body = json!({
        "kind": kind, "description": description, "owner": owner.user, "due_at": DUE_AT,
    });
    step("measures", body)
}

/// Record that a measure was carried out.
#[must_use]
pub fn complete_measure(measure: &str, account: &str) -> Step {
    step(format!("measures/{measure}/completion"), json!({ "account": account }))
}

/// Record whether a measure has effect.
#[must_use]
pub fn verify_measure(measure: &str, effective: bool, finding: &str) -> Step {
    let body = json!({ "effective": effective, "finding": finding });
    step(format!("measures/{measure}/verification"), body)
}

/// Send the memo to the controller; each part says which it is.
#[must_use]
pub fn submit_memo(saying: &str) -> Step {
    let part = |number: u8| format!("{saying} del {number}");
    let body = json!({
        "orientation": part(1),
        "description": part(2),
        "rules": part(3),
        "discussion": part(4),
        "assessment": part(5),
        "conclusion": part(6),
    });
    step("memo", body)
}

/// Write the memo as far as it goes.
#[must_use]
pub fn draft_memo(memo: &Value) -> Step {
    step("memo/draft", memo.clone())
}

/// Mark a passage of the memo's description that the public is not given.
#[must_use]
pub fn exempt(passage: &str, ground: &str, reason: &str) -> Step {
    let body =
        json!({ "part": "description", "passage": passage, "ground": ground, "reason": reason });
    step("memo/exempt", body)
}

/// Give the public that passage after all.
#[must_use]
pub fn give(passage: &str) -> Step {
    step("memo/give", json!({ "part": "description", "passage": passage }))
}

/// Send the case back.
#[must_use]
pub fn send_back(follow_ups: &[&str]) -> Step {
    step("return", json!({ "follow_ups": follow_ups }))
}

/// Close the case.
#[must_use]
pub fn close() -> Step {
    step("closing", json!({}))
}

/// Close the case because it is no deviation.
#[must_use]
pub fn close_as_not_a_deviation(reason: &str) -> Step {
    step("not-a-deviation", json!({ "reason": reason }))
}

/// Erase somebody's data, or everybody's.
#[must_use]
pub fn erase(whose: &Value, ground: &str) -> Step {
    step("erasure", json!({ "whose": whose, "ground": ground, "basis": "Vedtak 26/00417" }))
}

/// Attach a small file.
#[must_use]
pub fn attach(description: &str) -> Step {
    let content = "Tm90YXQ=";
    let file = json!({ "name": "notat.txt", "description": description, "content": content });
    step("attachments", file)
}

/// Take a closed case up again.
#[must_use]
pub fn reopen(reason: &str) -> Step {
    step("reopening", json!({ "reason": reason }))
}
