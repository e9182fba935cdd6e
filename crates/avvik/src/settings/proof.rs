//! Where checkpoints of the log are handed to, so that nobody can change the log unseen.

use service::Anchors;

use super::reader::Reader;
use super::value::Value;

const FILE: &str = "the path of a file, relative to the working directory or absolute";
const MAIL_TO: &str = "a list of at most 10 different e-mail addresses in ASCII";
const ADDRESSES_MAX: usize = 10;

pub(super) fn ask(reader: &mut Reader) -> Anchors {
    Anchors {
        file: reader.ask("proof", "anchor_file", FILE, Value::path),
        mail_to: reader.ask("proof", "anchor_mail_to", MAIL_TO, addresses).unwrap_or_default(),
    }
}

fn addresses(value: &Value) -> Option<Vec<channels::mail::Address>> {
    let addresses = value.list()?.into_iter().map(|value| value.text()?.parse().ok());
    let addresses: Vec<channels::mail::Address> = addresses.collect::<Option<_>>()?;
    let twice = |(at, it)| addresses[..at].contains(it);
    let is_allowed = addresses.len() <= ADDRESSES_MAX && !addresses.iter().enumerate().any(twice);
    is_allowed.then_some(addresses)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Option<Vec<String>> {
        let read = addresses(&Value::Words(words.to_owned()))?;
        Some(read.iter().map(|it| it.as_str().to_owned()).collect())
    }

    #[test]
    fn several_people_may_be_named() {
        let two = ["ola@example.org".to_owned(), "kari@example.org".to_owned()];
        assert_eq!(read("ola@example.org, kari@example.org"), Some(two.to_vec()));
        assert_eq!(addresses(&Value::List(Vec::new())), Some(Vec::new()));
    }

    #[test]
    fn somebody_without_an_address_or_twice_is_refused() {
        let eleven: Vec<_> = (0..11).map(|number| format!("a{number}@example.org")).collect();
        for words in ["ola", "", "a@example.org,", "a@example.org,a@example.org", &eleven.join(",")]
        {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
