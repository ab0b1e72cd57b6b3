//! Charts as the server draws them: points and widths without units, coloured by the stylesheet, each beside its table.

/// A table of words: the caption, the heads, and rows that begin with theirs.
pub struct Table {
    pub caption: String,
    pub heads: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

/// One or two lines over months.
pub struct Lines {
    /// Of the chart in the page: `id`s begin with it.
    pub id: &'static str,
    pub title: String,
    /// What the chart shows, in sentences.
    pub finding: String,
    /// The scale, from its top down to nought.
    pub scale: [String; 4],
    pub first: String,
    pub last: String,
    pub keys: Vec<String>,
    /// SVG paths in a box of 120 by 100.
    pub paths: Vec<String>,
}

/// A bar beside its name and number.
pub struct Bar {
    pub name: String,
    pub value: String,
    /// Of 100.
    pub width: String,
}

/// The numbers of a line, and what it is called.
pub struct Series {
    pub key: String,
    pub values: Vec<f64>,
}

/// `None`: a line needs two points. `say` writes a number of the scale, `months` names the first and the last one.
pub fn lines(
    (id, title, finding): (&'static str, String, String),
    (first, last): (String, String),
    series: Vec<Series>,
    say: impl Fn(f64) -> String,
) -> Option<Lines> {
    let most = series.iter().flat_map(|line| &line.values).copied().fold(0.0, f64::max);
    if series.iter().any(|line| line.values.len() < 2) {
        return None;
    }
    let step = step(most / 3.0);
    Some(Lines {
        id,
        title,
        finding,
        scale: [3.0, 2.0, 1.0, 0.0].map(|steps| say(steps * step)),
        first,
        last,
        paths: series.iter().map(|line| path(&line.values, 3.0 * step)).collect(),
        keys: series.into_iter().map(|line| line.key).collect(),
    })
}

/// The next of 1, 2, 5, 10, 20, … that is as large.
fn step(least: f64) -> f64 {
    let mut step = 1.0;
    loop {
        for times in [1.0, 2.0, 5.0] {
            if step * times >= least {
                return step * times;
            }
        }
        step *= 10.0;
    }
}

fn path(values: &[f64], top: f64) -> String {
    let apart = 120.0 / (values.len().max(2) - 1) as f64;
    let point =
        |(nth, value): (usize, &f64)| format!("{:.1} {:.1}", nth as f64 * apart, 100.0 - value / top * 100.0);
    format!("M{}", values.iter().enumerate().map(point).collect::<Vec<_>>().join(" "))
}

/// Bars as long as their numbers, the longest as long as there is room. `None` has no length.
pub fn bars(numbers: Vec<(String, Option<f64>, String)>) -> Vec<Bar> {
    let most = numbers.iter().filter_map(|(_, number, _)| *number).fold(0.0, f64::max).max(1.0);
    let bar = |(name, number, value): (String, Option<f64>, String)| Bar {
        name,
        value,
        width: format!("{:.1}", number.unwrap_or_default() / most * 100.0),
    };
    numbers.into_iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(values: &[f64]) -> Option<Lines> {
        let series = vec![Series { key: "a".into(), values: values.to_vec() }];
        lines(("c", "t".into(), "f".into()), ("J".into(), "F".into()), series, |n| n.to_string())
    }

    #[test]
    fn a_line_goes_from_the_left_to_the_right_under_a_round_scale() {
        let chart = two(&[0.0, 75.0, 150.0]).unwrap();
        assert_eq!(chart.paths, ["M0.0 100.0 60.0 50.0 120.0 0.0"]);
        assert_eq!(chart.scale, ["150", "100", "50", "0"]);
        assert_eq!(two(&[0.0, 0.0]).unwrap().scale, ["3", "2", "1", "0"], "nothing has a scale too");
        assert_eq!(two(&[151.0, 0.0]).unwrap().scale[0], "300");
        assert!(two(&[1.0]).is_none());
    }

    #[test]
    fn the_longest_bar_fills_its_room() {
        let bars = bars(vec![
            ("a".into(), Some(8.0), "8".into()),
            ("b".into(), None, "–".into()),
            ("c".into(), Some(4.0), "4".into()),
        ]);
        assert!(bars.iter().map(|bar| bar.width.as_str()).eq(["100.0", "0.0", "50.0"]));
        assert_eq!(super::bars(vec![("a".into(), Some(0.0), "0".into())])[0].width, "0.0");
    }
}
