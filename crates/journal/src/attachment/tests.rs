//! A file under its key: sealed, named, found whole or not.

use super::*;

const STREAM: StreamId = StreamId { kind: domain::StreamKind::Case, id: Uuid::from_u128(7) };

fn sealed_with(number: u8, plain: &[u8]) -> Sealed {
    seal(STREAM, KeyId([number; 16]), &Key::from_bytes([number; 32]), None, plain)
}

fn keys(number: u8) -> Keys {
    Keys::of([(KeyId([number; 16]), Key::from_bytes([number; 32]))])
}

#[test]
fn what_was_sealed_opens_with_its_key_and_in_its_stream_alone() {
    let Sealed { attached, bytes } = sealed_with(1, b"a file");
    let opened = open(&attached, STREAM, &keys(1), &bytes).unwrap().unwrap();
    assert_eq!(*opened, b"a file");
    assert!(open(&attached, STREAM, &keys(2), &bytes).is_err());
    let other = StreamId { id: Uuid::from_u128(8), ..STREAM };
    assert!(open(&attached, other, &keys(1), &bytes).is_err());
}

#[test]
fn the_same_file_has_one_name_under_one_key_and_another_under_another() {
    let (one, again) = (sealed_with(1, b"a file"), sealed_with(1, b"a file"));
    assert_eq!((one.attached, &one.bytes), (again.attached, &again.bytes));
    let other_file = sealed_with(1, b"a fill");
    assert_ne!(one.attached.id, other_file.attached.id);
    let other_key = sealed_with(2, b"a file");
    assert_ne!(one.attached.id, other_key.attached.id);
    assert_ne!(one.bytes, other_key.bytes);
}

#[test]
fn every_altered_byte_is_noticed() {
    let Sealed { attached, bytes } = sealed_with(1, b"a file");
    assert!(attached.is(&bytes));
    for byte in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[byte] ^= 1;
        assert!(!attached.is(&altered), "byte {byte}");
        assert!(open(&attached, STREAM, &keys(1), &altered).is_err(), "byte {byte}");
    }
}

#[test]
fn a_damaged_file_is_written_anew_and_a_stray_one_cleared() {
    let place = tempfile::tempdir().unwrap();
    let directory = directory_in(place.path());
    let Sealed { attached, bytes } = sealed_with(1, b"a file");
    assert_eq!(attached.look(&directory), Err(AttachmentDamage::Missing));
    write(&directory, &attached, &bytes).unwrap();
    assert_eq!(attached.look(&directory), Ok(()));
    fs::write(file_in(&directory, attached.id()), b"other").unwrap();
    assert_eq!(attached.look(&directory), Err(AttachmentDamage::Altered));
    write(&directory, &attached, &bytes).unwrap();
    assert_eq!(attached.look(&directory), Ok(()));
    let own = attached.id().to_string();
    assert_eq!(clear_strays(&directory, |name| name == own).unwrap(), 0);
    assert_eq!(clear_strays(&directory, |_| false).unwrap(), 1);
    assert_eq!(attached.look(&directory), Err(AttachmentDamage::Missing));
}
