//! Reliability diagrams: of the sentences that got about this score, how many are what the score is of? (Murphy and
//! Winkler 1977.)

use std::{fmt::Write as _, path::Path};

use ibid_evidence::{annotate, verify::verify};
use ibid_language::Language;

use crate::{
    data::{self, DataError},
    sentence::Claim,
    support::Pair,
};

/// Parts of the scale.
const BINS: usize = 10;
/// A part with fewer observations is not drawn.
const FEWEST: usize = 8;
/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_964;

/// Draws how `claim` and `support` hold on sets that nothing was trained on.
///
/// # Errors
/// Fails when a set cannot be read.
pub(crate) fn picture(folder: &Path) -> Result<String, DataError> {
    let claims: Vec<Claim> = data::read(&folder.join("claims-claimbuster-test.jsonl"))?;
    let claims: Vec<(f64, bool)> = claims.iter().map(|row| (claim_of(row), row.label == 1)).collect();
    let pairs = |set: &str| -> Result<Vec<(f64, bool)>, DataError> {
        let rows: Vec<Pair> = data::read(&folder.join(set))?;
        Ok(rows
            .iter()
            .map(|row| (f64::from(verify(&row.claim, &row.evidence, Language::ENGLISH).support), row.holds()))
            .collect())
    };
    let support = vec![
        Curve::new("WiCE, dev", &pairs("support-wice-dev.jsonl")?),
        Curve::new("attribution, dev", &pairs("support-attribution-dev.jsonl")?),
        Curve::new("HealthVer, dev", &pairs("support-healthver-dev.jsonl")?),
    ];
    let panels = [
        Panel { title: "claim", curves: vec![Curve::new("ClaimBuster, test", &claims)] },
        Panel { title: "support", curves: support },
    ];
    Ok(drawn(&panels))
}

/// The score of a row of one or more sentences: that of its surest sentence.
fn claim_of(row: &Claim) -> f64 {
    annotate(&row.text, Language::ENGLISH).iter().map(|sentence| f64::from(sentence.claim)).fold(0.0, f64::max)
}

/// A diagram of one score.
struct Panel {
    title: &'static str,
    curves: Vec<Curve>,
}

/// How a score holds on one set.
struct Curve {
    set: &'static str,
    points: Vec<Point>,
    /// Mean distance of what was seen from what was said, by observations (Naeini et al. 2015).
    error: f64,
}

/// Of the observations with a score near `said`, the share `seen`, with its 95 % interval.
struct Point {
    said: f64,
    seen: f64,
    low: f64,
    high: f64,
}

impl Curve {
    /// Both labels weigh the same in all, as in training.
    fn new(set: &'static str, scored: &[(f64, bool)]) -> Self {
        let held = scored.iter().filter(|(_, holds)| *holds).count() as f64;
        let odds = (scored.len() as f64 - held) / held.max(1.0);
        let balanced = |share: f64| share * odds / (share * odds + 1.0 - share);
        let mut points = Vec::new();
        let (mut error, mut counted) = (0.0, 0.0);
        for bin in 0..BINS {
            let inside = |score: f64| ((score * BINS as f64) as usize).min(BINS - 1) == bin;
            let bin: Vec<&(f64, bool)> = scored.iter().filter(|(score, _)| inside(*score)).collect();
            if bin.len() < FEWEST {
                continue;
            }
            let count = bin.len() as f64;
            let said = bin.iter().map(|(score, _)| score).sum::<f64>() / count;
            let [seen, low, high] = wilson(bin.iter().filter(|(_, holds)| *holds).count() as f64, count).map(balanced);
            error += count * (said - seen).abs();
            counted += count;
            points.push(Point { said, seen, low, high });
        }
        Self { set, points, error: error / f64::max(counted, 1.0) }
    }
}

/// A share with the ends of Wilson's score interval (1927).
fn wilson(held: f64, count: f64) -> [f64; 3] {
    let share = held / count;
    let scale = 1.0 + Z * Z / count;
    let centre = (share + Z * Z / (2.0 * count)) / scale;
    let half = Z / scale * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    [share, (centre - half).clamp(0.0, share), (centre + half).clamp(share, 1.0)]
}

/// Side of a panel's square, and room around it, in pixels.
const SIDE: f64 = 300.0;
const LEFT: f64 = 55.0;
const TOP: f64 = 40.0;
const STEP: f64 = 400.0;
/// Colours that those who see red and green alike can tell apart (Okabe and Ito 2008).
const COLOURS: [&str; 3] = ["#0072B2", "#D55E00", "#009E73"];

fn drawn(panels: &[Panel]) -> String {
    let (width, height) = (STEP * panels.len() as f64, TOP + SIDE + 50.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    for (nth, panel) in panels.iter().enumerate() {
        let left = LEFT + STEP * nth as f64;
        let _ = writeln!(svg, "<g transform=\"translate({left} {TOP})\">\n{}</g>", panel_svg(panel));
    }
    svg + "</svg>\n"
}

fn panel_svg(panel: &Panel) -> String {
    let mut svg = format!(
        "<text y=\"-15\" font-size=\"15\">{}</text>\n\
         <path d=\"M0 0H{SIDE}V{SIDE}H0Z\" fill=\"none\" stroke=\"#888\"/>\n\
         <path d=\"M0 {SIDE}L{SIDE} 0\" stroke=\"#bbb\" stroke-dasharray=\"4 4\"/>\n\
         <text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">score</text>\n\
         <text transform=\"translate(-35 {:.0}) rotate(-90)\" text-anchor=\"middle\">share that is</text>\n",
        panel.title,
        SIDE / 2.0,
        SIDE + 40.0,
        SIDE / 2.0,
    );
    for tick in [0.0, 0.5, 1.0] {
        let (x, y) = (place(tick, 0.0).0, place(0.0, tick).1 + 4.0);
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{:.0}\" text-anchor=\"middle\">{tick}</text>", SIDE + 18.0);
        let _ = writeln!(svg, "<text x=\"-8\" y=\"{y}\" text-anchor=\"end\">{tick}</text>");
    }
    for (nth, (curve, colour)) in panel.curves.iter().zip(COLOURS).enumerate() {
        svg += &curve_svg(curve, colour);
        let Curve { set, error, .. } = curve;
        let y = 18.0 + 16.0 * nth as f64;
        let _ = writeln!(svg, "<text x=\"10\" y=\"{y}\" fill=\"{colour}\">{set}: off by {error:.2}</text>");
    }
    svg
}

fn curve_svg(curve: &Curve, colour: &str) -> String {
    let mut svg = String::new();
    let mut line = String::new();
    for Point { said, seen, low, high } in &curve.points {
        let ((x, y), (_, low), (_, high)) = (place(*said, *seen), place(*said, *low), place(*said, *high));
        let _ = write!(line, "{x:.1},{y:.1} ");
        let _ = writeln!(svg, "<path d=\"M{x:.1} {low:.1}V{high:.1}\" stroke=\"{colour}\" opacity=\".5\"/>");
        let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>");
    }
    let _ = writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\"/>", line.trim_end());
    svg
}

/// Where a score and a share stand in a panel.
fn place(said: f64, seen: f64) -> (f64, f64) {
    (said * SIDE, (1.0 - seen) * SIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_that_holds_is_on_the_diagonal() {
        let scored: Vec<(f64, bool)> =
            (0..400).map(|n| if n % 2 == 0 { (0.25, n % 8 == 0) } else { (0.75, n % 8 != 1) }).collect();
        let curve = Curve::new("", &scored);
        assert!(curve.error < 0.01, "{}", curve.error);
        assert!(curve.points.iter().all(|point| point.low < point.seen && point.seen < point.high));
    }

    #[test]
    fn labels_weigh_the_same_however_many_they_are() {
        // One in five holds whatever the score: told nothing, a fair coin.
        let scored: Vec<(f64, bool)> = (0..100).map(|n| (0.5, n % 5 == 0)).collect();
        let curve = Curve::new("", &scored);
        assert!((curve.points[0].seen - 0.5).abs() < 1e-9);
    }
}
