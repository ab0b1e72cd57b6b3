//! The code of a certificate: what somebody types to have it confirmed.

/// Crockford's base 32: no letter that looks like a digit, and no U.
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
const LENGTH: usize = 16;

/// Sixteen characters of five bits each. Eighty random bits are guessed by nobody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code(String);

impl Code {
    pub fn from_bits(random: [u8; 10]) -> Code {
        let mut bits = 0u128;
        for byte in random {
            bits = (bits << 8) | u128::from(byte);
        }
        let character = |n: usize| ALPHABET[(bits >> (5 * (LENGTH - 1 - n)) & 31) as usize];
        Code((0..LENGTH).map(character).collect())
    }

    /// As people type it: in any case, in groups or not, O for 0, I or L for 1. `None`: it cannot be a code.
    pub fn read(typed: &str) -> Option<Code> {
        let mut code = String::with_capacity(LENGTH);
        for c in
            typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.')).take(LENGTH + 1)
        {
            code.push(match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c if ALPHABET.contains(&c) => c,
                _ => return None,
            });
        }
        (code.len() == LENGTH).then_some(Code(code))
    }

    /// As it is kept, and as it stands in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is shown: four groups of four.
    pub fn grouped(&self) -> String {
        let characters: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::read("10AB-CDEF-GHJK-MNPQ").unwrap();
        assert_eq!((code.as_str(), code.grouped().as_str()), ("10ABCDEFGHJKMNPQ", "10AB-CDEF-GHJK-MNPQ"));
        for typed in ["ioab cdef ghjk mnpq", " l0abcdefghjkmnpq ", "1OAB–CDEF.GHJK-MNPQ"] {
            assert_eq!(Code::read(typed).as_ref(), Some(&code), "{typed}");
        }
        for typed in
            ["", "10AB-CDEF-GHJK-MNP", "10AB-CDEF-GHJK-MNPQR", "10AB-CDEF-GHJK-MNPU", "é0ABCDEFGHJKMNPQ"]
        {
            assert_eq!(Code::read(typed), None, "{typed}");
        }
        assert_eq!(Code::from_bits([0; 10]).as_str(), "0000000000000000");
        assert_eq!(Code::from_bits([255; 10]).as_str(), "ZZZZZZZZZZZZZZZZ");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(random: [u8; 10]) {
            let code = Code::from_bits(random);
            prop_assert_eq!(Code::read(&code.grouped().to_lowercase()), Some(code));
        }
    }
}
