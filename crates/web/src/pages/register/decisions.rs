//! What was decided, and who was told of it, a line for each.

use domain::Time;
use domain::case::dealings::Correspondence;
use domain::case::telling::PeopleTold;
use views::register::{Decided, Decision, Other, OtherTold};

use super::facts::Teller;

impl Teller<'_> {
    /// When what was decided and why, and why it departs from the advice.
    pub(super) fn decided(&self, it: &Decided) -> String {
        let line = [
            ("day", self.day(it.at)),
            ("what", self.decision(it.decision)),
            ("reasons", self.text(&it.reasons)),
        ];
        let line = self.page.say_with("register-decision", &line);
        match &it.departure {
            None => line,
            Some(departure) => {
                let told = [("decision", line), ("departure", self.text(departure))];
                self.page.say_with("register-decision-departs", &told)
            }
        }
    }

    fn decision(&self, it: Decision) -> String {
        let page = self.page;
        match it {
            Decision::Awareness(at) => {
                let at = page.moment(&at).words().to_owned();
                page.say_with("register-decision-awareness", &[("at", at)])
            }
            Decision::Authority(decision, capacity) => {
                let decision = page.term("authority_decision", &decision);
                format!("{decision} ({})", page.term("capacity", &capacity))
            }
            Decision::People(decision) => page.term("people_decision", &decision),
            Decision::NotADeviation => page.say("register-decision-not_a_deviation"),
            Decision::Reopened => page.say("register-decision-reopened"),
            Decision::NotificationWithdrawn => page.say("register-decision-notification_withdrawn"),
            Decision::Merged(into) => {
                page.say_with("register-decision-merged", &[("number", into)])
            }
        }
    }

    /// When and how people affected were told, and what.
    pub(super) fn told(&self, it: &PeopleTold) -> String {
        let way = self.page.term("telling_way", &it.way);
        let way = match it.people {
            None => way,
            Some(people) => format!("{way} ({people})"),
        };
        let line = [("day", self.day(it.told_at)), ("way", way), ("what", self.text(&it.account))];
        self.page.say_with("register-told-line", &line)
    }

    /// When who else was told.
    pub(super) fn other_told(&self, it: &OtherTold) -> String {
        let (who, reference) = match &it.who {
            Other::Police => (self.page.say("register-police"), ""),
            Other::ByDuty(duty, reference) => (self.names.duty(duty), reference.as_str()),
        };
        let who = if reference.is_empty() { who } else { format!("{who} ({reference})") };
        self.page.say_with("register-other-line", &[("day", self.day(it.at)), ("who", who)])
    }

    /// When a letter went which way, and what it says.
    pub(super) fn letter(&self, it: &Correspondence) -> String {
        let way = self.page.term("direction", &it.direction);
        let way = if it.reference.is_empty() { way } else { format!("{way} ({})", it.reference) };
        let line = [("day", self.day(it.dated_at)), ("way", way), ("what", self.text(&it.summary))];
        self.page.say_with("register-told-line", &line)
    }

    fn day(&self, at: Time) -> String {
        self.page.day(&at).words().to_owned()
    }
}
