//! The text form: written, read back, signed, and not to be altered.

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

const SECRET: [u8; 32] = [7; 32];

fn checkpoint(signer: &Signer) -> Checkpoint {
    Checkpoint {
        origin: signer.public().name().to_owned(),
        size: 1703,
        root: Hash([0xA7; 32]),
        head: Hash([0x3C; 32]),
        at: "2026-03-02T08:00:00Z".parse().unwrap(),
        accesses: Some(LogEnd { position: Position(20_512), head: Hash([0x5F; 32]) }),
    }
}

fn signed() -> (SignedCheckpoint, PublicKey) {
    let signer = Signer::of(SECRET);
    (SignedCheckpoint::sign(checkpoint(&signer), &signer), signer.public().clone())
}

/// Written out, so that a change of the form is noticed.
#[test]
fn the_text_is_a_signed_note_with_a_checkpoint_in_it() {
    let (signed, key) = signed();
    let lines: Vec<_> = signed.text().lines().collect();
    assert_eq!(lines[0], key.name());
    assert_eq!(lines[1], "1703");
    assert_eq!(lines[2], "p6enp6enp6enp6enp6enp6enp6enp6enp6enp6enp6c=");
    assert_eq!(lines[3], format!("chain {}", "3c".repeat(32)));
    let accesses = format!("accesses 20512 {}", "5f".repeat(32));
    assert_eq!(lines[4..7], ["time 2026-03-02T08:00:00Z", &accesses, ""]);
    let signature = lines[7].strip_prefix(&format!("— {} ", key.name())).unwrap();
    let signature = STANDARD.decode(signature).unwrap();
    let id = key.to_string().split('+').nth(1).unwrap().to_owned();
    assert_eq!(crate::hex::encode(&signature[..4]), id);
    assert_eq!((signature.len(), lines.len()), (68, 8));
}

#[test]
fn it_reads_back_as_written_and_is_known_by_its_key() {
    let (signed, key) = signed();
    assert_eq!(SignedCheckpoint::read(signed.text()), Some(signed.clone()));
    assert_eq!(PublicKey::read(&format!("{key}\n")), Some(key.clone()));
    assert!(signed.is_signed_by(&key));
    assert!(!signed.is_signed_by(Signer::of([8; 32]).public()));
}

/// The first checkpoints say nothing of the access log, and a later version may say more.
#[test]
fn what_was_signed_before_and_after_this_version_is_read() {
    let signer = Signer::of(SECRET);
    let before = Checkpoint { accesses: None, ..checkpoint(&signer) };
    let first = SignedCheckpoint::sign(before.clone(), &signer);
    assert!(!first.text().contains("accesses"));
    assert_eq!(SignedCheckpoint::read(first.text()).map(|it| it.checkpoint), Some(before));
    let now = SignedCheckpoint::sign(checkpoint(&signer), &signer);
    let later = now.text().replacen("\n\n", "\nmore of it\n\n", 1);
    assert_eq!(SignedCheckpoint::read(&later).unwrap().checkpoint, now.checkpoint);
    for other in ["accesses 020512 ", "accesses 20512  ", "accesses +20512 "] {
        let other = now.text().replacen("accesses 20512 ", other, 1);
        let read = SignedCheckpoint::read(&other);
        assert!(read.is_none_or(|it| it.checkpoint.accesses.is_none()), "one spelling: {other}");
    }
}

/// The example key of the specification of signed notes has another name than ours would.
#[test]
fn a_key_under_another_name_is_refused() {
    let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(PublicKey::read(key), None);
}

/// By its own definition, over the key of that example.
#[test]
fn the_number_of_a_key_is_that_of_signed_notes() {
    let bytes = STANDARD.decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
    let digest = Sha256::digest([b"PeterNeumann\n".as_slice(), &bytes].concat());
    assert_eq!(crate::hex::encode(&digest[..4]), "c74f20a3");
    let (_, key) = signed();
    let encoded = key.to_string().split('+').nth(2).unwrap().to_owned();
    let own = [key.name().as_bytes(), b"\n", &STANDARD.decode(encoded).unwrap()].concat();
    let id = crate::hex::encode(&Sha256::digest(own)[..4]);
    assert_eq!(key.to_string().split('+').nth(1), Some(id.as_str()));
}

#[test]
fn lines_of_later_versions_and_of_other_witnesses_are_let_through() {
    let (noted, key) = signed();
    let cosigned = format!("{}— witness.example.org/w1 AAAAAAAA\n", noted.text());
    assert!(SignedCheckpoint::read(&cosigned).unwrap().is_signed_by(&key));
    let signer = Signer::of(SECRET);
    let body = checkpoint(&signer).to_text() + "more of it\n";
    let signature = STANDARD.encode(signer.sign(body.as_bytes()));
    let longer = format!("{body}\n— {} {signature}\n", key.name());
    assert!(SignedCheckpoint::read(&longer).unwrap().is_signed_by(&key));
}

#[test]
fn checkpoints_are_found_in_a_mail_and_in_a_file_they_were_appended_to() {
    let (signed, _) = signed();
    let text = signed.text();
    let mail = format!("Hei.\r\n\r\n{}\r\nHilsen Avvik\r\n", text.replace('\n', "\r\n"));
    let found = |whole: &[&SignedCheckpoint], broken| {
        let whole = whole.iter().map(|&it| it.clone()).collect();
        Found { whole, broken }
    };
    assert_eq!(SignedCheckpoint::read_all(&mail), found(&[&signed], 0));
    let file = format!("{text}\n{text}");
    assert_eq!(SignedCheckpoint::read_all(&file), found(&[&signed, &signed], 0));
    assert_eq!(SignedCheckpoint::read_all("nothing\n"), found(&[], 0));
    let half = text.split_once("\n\n").unwrap().0;
    assert_eq!(SignedCheckpoint::read_all(half), found(&[], 1));
    let torn = format!("{text}\n{half}\n\n{text}");
    assert_eq!(SignedCheckpoint::read_all(&torn), found(&[&signed, &signed], 1));
}

proptest! {
    #[test]
    fn one_altered_byte_anywhere_is_noticed(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let (signed, key) = signed();
        let mut bytes = signed.text().as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let read = String::from_utf8(bytes).ok().and_then(|text| SignedCheckpoint::read(&text));
        prop_assert!(!read.is_some_and(|read| read.is_signed_by(&key)));
    }
}
