//! Chance that repeats itself: SplitMix64 (Steele, Lea, Flood 2014), so that no library's next version changes it.

pub struct Chance(u64);

impl Chance {
    /// One stream for each candidate of each seed.
    pub fn of(seed: u32, number: u32) -> Chance {
        let mut chance = Chance((u64::from(seed) << 32) | u64::from(number));
        // neighbours begin alike: stir
        chance.draw();
        chance
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to one less than `end`; 0 if there is nothing to choose from.
    pub fn below(&mut self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.draw() % end }
    }

    /// Both ends included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(span)).unwrap_or(0)
    }

    pub fn percent(&mut self, of_hundred: u64) -> bool {
        self.below(100) < of_hundred
    }

    /// `None` only of nothing.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let place = usize::try_from(self.below(of.len() as u64)).unwrap_or(0);
        of.get(place)
    }

    /// So many different ones, or all there are.
    pub fn some<T: Clone + PartialEq>(&mut self, count: u64, of: &[T]) -> Vec<T> {
        let mut chosen: Vec<T> = Vec::new();
        for _ in 0..count * 4 {
            match self.one(of) {
                Some(it) if !chosen.contains(it) && (chosen.len() as u64) < count => chosen.push(it.clone()),
                _ => {}
            }
        }
        chosen
    }

    /// Ten random bytes for an identifier.
    pub fn bytes(&mut self) -> [u8; 10] {
        let (a, b) = (self.draw().to_le_bytes(), self.draw().to_le_bytes());
        [a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], b[0], b[1]]
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_gives_the_same_and_another_another() {
        let first = |seed, number| Chance::of(seed, number).draw();
        assert_eq!(first(1, 7), first(1, 7));
        assert_ne!(first(1, 7), first(2, 7));
        assert_ne!(first(1, 7), first(1, 8));
        assert_eq!(Chance(0).draw(), 0xE220_A839_7B1D_CDAF); // the published first value
    }
}
