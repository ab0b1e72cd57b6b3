//! Pages of a list by key: each is asked for with a row too many, which only says that there is another page.

/// Cuts off the row too many; the key of the last row that is shown, after which the next page begins, if there is one.
pub fn next_after<T, K>(rows: &mut Vec<T>, per_page: usize, key: impl Fn(&T) -> K) -> Option<K> {
    let more = rows.len() > per_page;
    rows.truncate(per_page);
    rows.last().filter(|_| more).map(key)
}

#[cfg(test)]
mod tests {
    use super::next_after;

    #[test]
    fn there_is_another_page_only_if_there_is_a_row_too_many() {
        for (found, shown, next) in [(0, 0, None), (2, 2, None), (3, 3, None), (4, 3, Some(3))] {
            let mut rows: Vec<i32> = (1..=found).collect();
            assert_eq!((next_after(&mut rows, 3, |row| *row), rows.len()), (next, shown), "{found}");
        }
    }
}
