//! What arrives from somebody who means harm, or over a bad line: bytes that are nothing, and valid input with faults in
//! it. For tests of whatever reads.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Of a part that is cut out, repeated or put elsewhere.
const LONGEST_PART: usize = 60;

/// What happens to a valid input on its way.
#[derive(Clone, Debug)]
enum Fault {
    Changed(Index, u8),
    /// To its end.
    CutOff(Index),
    CutOut(Index, usize),
    Repeated(Index, usize, usize),
    /// A part of another one.
    Spliced(Index, Index, usize),
    Inserted(Index, Vec<u8>),
}

fn fault() -> impl Strategy<Value = Fault> {
    let at = any::<Index>;
    let part = 1..LONGEST_PART;
    prop_oneof![
        3 => (at(), any::<u8>()).prop_map(|(at, byte)| Fault::Changed(at, byte)),
        1 => at().prop_map(Fault::CutOff),
        2 => (at(), part.clone()).prop_map(|(at, length)| Fault::CutOut(at, length)),
        2 => (at(), part.clone(), 1usize..20).prop_map(|(at, length, times)| Fault::Repeated(at, length, times)),
        2 => (at(), at(), part).prop_map(|(at, from, length)| Fault::Spliced(at, from, length)),
        1 => (at(), vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Fault::Inserted(at, bytes)),
    ]
}

impl Fault {
    fn strike(&self, input: &mut Vec<u8>, other: &[u8]) {
        let place = |at: &Index, input: &[u8]| at.index(input.len() + 1);
        let part = |from: usize, length: usize, of: &[u8]| of[from..of.len().min(from + length)].to_vec();
        match self {
            Fault::Changed(..) if input.is_empty() => {}
            Fault::Changed(at, byte) => {
                let at = at.index(input.len());
                input[at] = *byte;
            }
            Fault::CutOff(at) => input.truncate(place(at, input)),
            Fault::CutOut(at, length) => {
                let at = place(at, input);
                input.drain(at..input.len().min(at + length));
            }
            Fault::Repeated(at, length, times) => {
                let at = place(at, input);
                let again = part(at, *length, input).repeat(*times);
                input.splice(at..at, again);
            }
            Fault::Spliced(at, from, length) => {
                let (at, from) = (place(at, input), place(from, other));
                input.splice(at..at, part(from, *length, other));
            }
            Fault::Inserted(at, bytes) => {
                let at = place(at, input);
                input.splice(at..at, bytes.iter().copied());
            }
        }
    }
}

/// Any bytes, or one of these inputs with a few faults.
pub fn spoilt<V: AsRef<[u8]>>(valid: &[V]) -> impl Strategy<Value = Vec<u8>> + use<V> {
    let valid: Vec<Vec<u8>> = valid.iter().map(|input| input.as_ref().to_vec()).collect();
    let with_faults = (select(valid.clone()), select(valid), vec(fault(), 1..5));
    prop_oneof![
        1 => vec(any::<u8>(), 0..200),
        9 => with_faults.prop_map(|(mut input, other, faults)| {
            faults.iter().for_each(|fault| fault.strike(&mut input, &other));
            input
        }),
    ]
}

/// The same for what arrives as text.
pub fn spoilt_text<V: AsRef<[u8]>>(valid: &[V]) -> impl Strategy<Value = String> + use<V> {
    spoilt(valid).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// So many of them, each time the same, for tests that wait for answers.
pub fn some<S: Strategy>(strategy: &S, times: usize) -> Vec<S::Value> {
    let mut chance = TestRunner::deterministic();
    (0..times).map(|_| one(strategy, &mut chance)).collect()
}

/// The next one.
pub fn one<S: Strategy>(strategy: &S, chance: &mut TestRunner) -> S::Value {
    strategy.new_tree(chance).unwrap().current()
}

#[test]
fn faults_reach_every_part_and_change_it() {
    let valid = b"0123456789";
    let all = some(&spoilt(&[valid]), 300);
    let same = all.iter().filter(|input| *input == valid).count();
    assert!(same < 30, "{same} of 300 are whole");
    assert!(all.iter().any(|input| input.is_empty()) && all.iter().any(|input| input.len() > 100));
    for digit in &valid[1..] {
        assert!(all.iter().filter(|input| input.starts_with(b"0") && !input.contains(digit)).count() > 3);
    }
}
