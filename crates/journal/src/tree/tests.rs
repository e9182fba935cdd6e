//! The tree against the test vectors of Certificate Transparency, and against its own definition.

use proptest::prelude::*;

use super::*;
use crate::chain::leaf;

/// The inputs of the reference implementation of RFC 6962, and the root after each.
const INPUTS: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn reference() -> Tree {
    Tree::new(INPUTS.iter().map(|input| leaf(input)).collect())
}

fn counted(size: u64) -> Tree {
    Tree::new((0..size).map(|number| leaf(&number.to_be_bytes())).collect())
}

fn hashes<const N: usize>(texts: [&str; N]) -> Vec<Hash> {
    texts.iter().map(|text| Hash::from_hex(text).unwrap()).collect()
}

#[test]
fn the_roots_are_those_of_the_reference() {
    let tree = reference();
    for (size, root) in (0..).zip(ROOTS) {
        assert_eq!(tree.root(size).to_string(), root, "{size}");
    }
}

#[test]
fn the_inclusion_proofs_are_those_of_the_reference() {
    let tree = reference();
    let first_of_eight = hashes([
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    assert_eq!(tree.inclusion(0, 8), first_of_eight);
    let sixth_of_eight = hashes([
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    assert_eq!(tree.inclusion(5, 8), sixth_of_eight);
    let third_of_three =
        hashes(["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]);
    assert_eq!(tree.inclusion(2, 3), third_of_three);
    assert_eq!(tree.inclusion(0, 1), []);
}

#[test]
fn the_consistency_proofs_are_those_of_the_reference() {
    let tree = reference();
    let one_to_eight = hashes([
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    assert_eq!(tree.consistency(1, 8), one_to_eight);
    let six_to_eight = hashes([
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    assert_eq!(tree.consistency(6, 8), six_to_eight);
    let two_to_five = hashes([
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]);
    assert_eq!(tree.consistency(2, 5), two_to_five);
    assert_eq!(tree.consistency(5, 5), []);
}

/// Every tree up to a size beyond which nothing new can happen.
#[test]
fn every_proof_of_every_small_tree_holds_and_no_other_does() {
    let tree = counted(40);
    for size in 1..=40 {
        let root = tree.root(size);
        for number in 0..size {
            let path = tree.inclusion(number, size);
            let proves = |leaf: &Hash, at, size| root_from(leaf, at, size, &path) == Some(root);
            let own = leaf(&number.to_be_bytes());
            assert!(proves(&own, number, size), "{number} of {size}");
            assert!(!proves(&leaf(b"other"), number, size));
            let elsewhere = (0..size).filter(|at| *at != number);
            assert_eq!(elsewhere.filter(|at| proves(&own, *at, size)).count(), 0);
        }
        for old in 0..=size {
            let path = tree.consistency(old, size);
            let old_root = tree.root(old);
            assert!(is_consistent((old, &old_root), (size, &root), &path), "{old} to {size}");
            let other = tree.root(40 - old);
            if other != old_root {
                assert!(!is_consistent((old, &other), (size, &root), &path), "{old} to {size}");
            }
        }
    }
}

proptest! {
    #[test]
    fn a_proof_holds_until_one_bit_of_it_changes(
        size in 1_u64..3_000,
        number in any::<prop::sample::Index>(),
        bit in any::<prop::sample::Index>(),
    ) {
        let tree = counted(size);
        let number = number.index(usize::try_from(size).unwrap()) as u64;
        let (root, own) = (tree.root(size), leaf(&number.to_be_bytes()));
        let mut path = tree.inclusion(number, size);
        prop_assert_eq!(root_from(&own, number, size, &path), Some(root));
        prop_assert_eq!(root_from(&own, number, size, &[path.clone(), vec![own]].concat()), None);
        if let Some((_, shorter)) = path.split_last() {
            prop_assert_ne!(root_from(&own, number, size, &path[..shorter.len()]), Some(root));
            let bit = bit.index(path.len() * 256);
            path[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
            prop_assert_ne!(root_from(&own, number, size, &path), Some(root));
        }
    }

    #[test]
    fn a_consistency_proof_holds_until_one_bit_of_it_changes(
        size in 1_u64..3_000,
        old in any::<prop::sample::Index>(),
        bit in any::<prop::sample::Index>(),
    ) {
        let tree = counted(size);
        let old = old.index(usize::try_from(size).unwrap()) as u64 + 1;
        let (old_root, root) = (tree.root(old), tree.root(size));
        let mut path = tree.consistency(old, size);
        prop_assert!(is_consistent((old, &old_root), (size, &root), &path));
        let longer = [path.clone(), vec![root]].concat();
        prop_assert!(!is_consistent((old, &old_root), (size, &root), &longer));
        if let Some((_, shorter)) = path.split_last() {
            prop_assert!(!is_consistent((old, &old_root), (size, &root), shorter));
            let bit = bit.index(path.len() * 256);
            path[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
            prop_assert!(!is_consistent((old, &old_root), (size, &root), &path));
        }
    }
}
