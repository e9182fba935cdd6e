//! What each fact and each of its answers means, for whoever writes a program or a file of facts.

use domain::case::facts::Fact;

/// Answers, each with its meaning.
type Meanings = &'static [(&'static str, &'static str)];

const HOW_MANY: Meanings = &[
    ("one", "one"),
    ("up_to_ten", "2 to 10"),
    ("up_to_hundred", "11 to 100"),
    ("up_to_thousand", "101 to 1 000"),
    ("over_thousand", "more than 1 000"),
];

/// What a fact asks.
pub(super) fn question(fact: Fact) -> &'static str {
    match fact {
        Fact::PersonalData => "Whether personal data is affected at all.",
        Fact::Breach => {
            "In which ways data was breached (GDPR art. 4 no. 12). An empty list: a weakness was \
             found and nothing happened."
        }
        Fact::Intent => "What lay behind it.",
        Fact::Snooping => "Somebody of the own staff looked up what they had no need for at work.",
        Fact::Duration => "How long the data was exposed.",
        Fact::Data => "What kinds of data.",
        Fact::Insight => "How much the data tells of each person.",
        Fact::RevealsSensitive => {
            "What was seen lets one guess at health, belief, sexual life, politics or an offence, \
             as a clinic's mailing list does."
        }
        Fact::ProtectedAddress => {
            "Somebody's address or identity that is kept secret by law is affected."
        }
        Fact::People => "How many people.",
        Fact::Records => "How many records, such as documents or journal entries.",
        Fact::PeopleAre => "Who the people are.",
        Fact::Identification => "How easily one can tell from the data who somebody is.",
        Fact::Protection => "What kept the data from being read.",
        Fact::Recipient => {
            "The worst of those who have the data, or can have it, without being entitled to."
        }
        Fact::RecipientCount => "How many recipients.",
        Fact::Disclosure => "Whether the data was seen, copied or taken out.",
        Fact::Deletion => "Whether it was deleted, given back or never kept.",
        Fact::Spread => "Those who got it passed it on or used it.",
        Fact::Credentials => "Whether passwords, PINs and cards were stopped in time.",
        Fact::Backup => "Whether there is another copy.",
        Fact::UnavailableFor => "How long those who need the data could not use it.",
        Fact::WrongData => "Whether wrong data was used.",
        Fact::ServiceEffect => "What loss or errors did to those whom a service is for.",
        Fact::Consequences => {
            "What is likely, and not merely conceivable, to happen to people. An empty list: none."
        }
        Fact::ActingAsProcessor => {
            "The organisation processes the data for somebody else, who is the controller."
        }
        Fact::SignificantEffectOnService => {
            "A service that people depend on is affected significantly."
        }
        Fact::SecurityThreatening => {
            "Activity that threatens national security, or a serious breach of the rules on it."
        }
        Fact::DeathOrGraveInjuryInCare => {
            "A death or very serious injury linked to health care, beyond the risk one had to \
             expect."
        }
        Fact::SeriousCareInjuryPossible => {
            "Something that led, or could have led, to a serious injury in health care."
        }
        Fact::SeriousWrongInSocialServices => {
            "A serious wrong in social services, or a tangible risk of one."
        }
        Fact::NotificationIncomplete => {
            "The notification to the authority left something to be told later."
        }
    }
}

/// What the answers to a fact mean; none for yes and no.
pub(super) fn answers(fact: Fact) -> Meanings {
    match fact {
        Fact::People | Fact::Records => HOW_MANY,
        Fact::Breach | Fact::Intent | Fact::Duration => event(fact),
        Fact::Data | Fact::Insight | Fact::PeopleAre | Fact::Identification => data(fact),
        Fact::Protection
        | Fact::Recipient
        | Fact::RecipientCount
        | Fact::Disclosure
        | Fact::Deletion
        | Fact::Credentials => exposure(fact),
        _ => loss(fact),
    }
}

fn event(fact: Fact) -> Meanings {
    match fact {
        Fact::Breach => &[
            ("confidentiality", "astray: seen by, or open to, somebody it is not for"),
            ("integrity", "changed, wrong or out of date"),
            ("availability", "lost, deleted or out of reach"),
        ],
        Fact::Intent => &[
            ("mishap", "a mistake or an accident"),
            ("taken_for_value", "a thing was stolen; the data was probably not what they wanted"),
            ("own_ends", "done on purpose, from curiosity or for gain, without a will to harm"),
            ("harmful", "done to harm, extort, deceive, sell or publish"),
        ],
        _ => &[
            ("up_to_hour", "up to an hour"),
            ("up_to_day", "up to a day"),
            ("up_to_week", "up to a week"),
            ("longer", "longer"),
            ("ongoing", "it still is"),
        ],
    }
}

fn data(fact: Fact) -> Meanings {
    match fact {
        Fact::Data => &[
            ("identification", "names, birth dates and the like"),
            ("contact", "addresses, telephone numbers, e-mail addresses"),
            ("work_or_school", "work, education, family life in general"),
            ("pictures", "pictures, film, sound"),
            ("behaviour", "habits, purchases, location, traffic, messages"),
            ("financial", "income, accounts, cards, invoices"),
            ("identity_number", "national identity numbers, passport numbers"),
            ("credentials", "passwords, PINs, keys, cards; list what they open too"),
            ("confidential", "other data under statutory secrecy"),
            ("health", "health and care (GDPR art. 9)"),
            ("special_categories", "belief, origin, union, sexual life, biometrics (art. 9)"),
            ("offences", "offences and convictions (art. 10)"),
            ("social_services", "social services"),
            ("child_welfare", "child welfare"),
        ],
        Fact::Insight => &[
            ("none", "nothing of substance, or public already"),
            ("little", "only general guesses follow"),
            ("ordinary", "what such data usually tells"),
            ("detailed", "so much that one sees somebody's life or economy"),
        ],
        Fact::PeopleAre => &[
            ("residents", "residents in general"),
            ("employees", "employees"),
            ("other", "others, such as applicants or contacts in firms"),
            ("pupils", "pupils"),
            ("children", "children"),
            ("patients", "patients"),
            ("clients", "clients of social services or child welfare"),
            ("vulnerable_people", "others who cannot look after themselves or need protection"),
        ],
        _ => &[
            ("negligible", "hardly: aliases, unclear pictures (0.25)"),
            ("limited", "by few (0.5)"),
            ("significant", "by many, with little effort (0.75)"),
            ("maximum", "at once (1)"),
        ],
    }
}

fn exposure(fact: Fact) -> Meanings {
    match fact {
        Fact::Protection => &[
            ("encrypted", "strongly encrypted, and the key is safe"),
            ("wiped", "wiped before anybody could open it, and that is confirmed"),
            ("hashed", "strongly hashed and salted"),
            ("pseudonymised", "pseudonymised, and the key is elsewhere"),
            ("locked", "behind a PIN, password or lock, and not known to be encrypted"),
            ("weak", "encrypted weakly, or the key or PIN may be with it"),
            ("none", "nothing"),
        ],
        Fact::Recipient => &[
            ("nobody", "nobody but those entitled"),
            ("own_staff", "own staff, bound by secrecy"),
            ("bound_by_secrecy", "somebody outside bound by secrecy, or otherwise to be trusted"),
            ("known_person", "one or some others one knows"),
            ("unidentified", "nobody knows who: lost, stolen, or very many"),
            ("public", "anybody"),
            ("hostile", "somebody who means to harm or exploit"),
        ],
        Fact::RecipientCount => &[
            ("one", "one"),
            ("up_to_ten", "2 to 10"),
            ("up_to_hundred", "11 to 100"),
            ("over_hundred", "more than 100"),
        ],
        Fact::Disclosure => &[
            ("excluded", "logs or circumstances rule it out"),
            ("no_sign", "it was looked into, without a sign, and cannot be ruled out"),
            ("likely", "likely"),
            ("seen", "certain"),
        ],
        Fact::Deletion => &[
            ("confirmed", "yes, and it is confirmed"),
            ("said", "they say so, or it is likely"),
            ("not_deleted", "no"),
        ],
        _ => &[
            ("stopped_unused", "stopped, and the log shows no use"),
            ("stopped", "stopped; whether they were used is not looked into"),
            ("open", "they still work"),
            ("used", "somebody used them"),
        ],
    }
}

fn loss(fact: Fact) -> Meanings {
    match fact {
        Fact::Backup => &[
            ("full", "a full and recent one"),
            ("partial", "an older one, paper, or what can be put together again"),
            ("none", "none"),
        ],
        Fact::UnavailableFor => &[
            ("never", "not at all"),
            ("hours", "less than a day"),
            ("days", "up to a week"),
            ("weeks", "longer"),
            ("for_good", "for good"),
        ],
        Fact::WrongData => &[
            ("not_used", "it was put right before anybody used it"),
            ("used_and_corrected", "it was used, and can be put right"),
            ("used", "it was used, and cannot be put right"),
        ],
        Fact::ServiceEffect => &[
            ("none", "nothing"),
            ("inconvenience", "a delay or some trouble"),
            ("delay", "they did not get in time what they need or are entitled to"),
            ("danger", "life or health was in danger"),
        ],
        Fact::Consequences => &[
            ("loss_of_confidentiality", "something said in confidence is known"),
            ("distress", "fear or distress"),
            ("reputation", "loss of reputation"),
            ("financial_loss", "financial loss"),
            ("fraud", "fraud"),
            ("identity_theft", "identity theft"),
            ("discrimination", "discrimination"),
            ("loss_of_rights", "loss of rights or freedoms"),
            ("health_risk", "harm to health"),
            ("physical_danger", "danger to life or safety"),
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use domain::case::facts::{Shape, UNKNOWN};
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_answer_has_its_meaning_and_no_other_is_told() {
        for fact in Fact::iter().filter(|fact| fact.shape() != Shape::YesNo) {
            let told: Vec<&str> = answers(fact).iter().map(|(word, _)| *word).collect();
            let choices = fact.shape().choices().iter().filter(|word| **word != UNKNOWN);
            assert_eq!(told, choices.copied().collect::<Vec<_>>(), "{fact:?}");
        }
    }
}
