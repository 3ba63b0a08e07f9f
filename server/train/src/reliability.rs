//! Reliability diagrams: for each score, the share of instances that are positive (Murphy and Winkler 1977).

use std::{fmt::Write as _, path::Path};

use ibid_evidence::{annotate, verify::verify};
use ibid_language::Language;

use crate::{
    data::{self, DataError},
    sentence::ClaimRow,
    support::Pair,
};

/// The number of bins of the scale from 0 to 1.
const BINS: usize = 10;
/// A bin with fewer observations is not drawn.
const MIN_OBSERVATIONS: usize = 8;
/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_964;

/// Draws the diagrams of `claim` and `support` on held-out sets, as SVG.
///
/// # Errors
/// Fails when a set cannot be read.
pub(crate) fn picture(folder: &Path) -> Result<String, DataError> {
    let claims: Vec<ClaimRow> = data::read(&folder.join("claims-claimbuster-test.jsonl"))?;
    let claims: Vec<(f64, bool)> = claims.iter().map(|row| (claim_of(row), row.label == 1)).collect();
    let pairs = |set: &str| -> Result<Vec<(f64, bool)>, DataError> {
        let rows: Vec<Pair> = data::read(&folder.join(set))?;
        Ok(rows
            .iter()
            .map(|row| (f64::from(verify(&row.claim, &row.evidence, Language::ENGLISH).support), row.is_supported()))
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
    Ok(draw(&panels))
}

/// The score of a row: the highest score of its sentences.
fn claim_of(row: &ClaimRow) -> f64 {
    annotate(&row.text, Language::ENGLISH).iter().map(|sentence| f64::from(sentence.claim)).fold(0.0, f64::max)
}

/// The diagram of one score.
struct Panel {
    title: &'static str,
    curves: Vec<Curve>,
}

/// The reliability of a score on one set.
struct Curve {
    set: &'static str,
    points: Vec<Point>,
    /// The expected calibration error: the mean distance of share and score over the observations (Naeini et al. 2015).
    error: f64,
}

/// The share of positive observations among those in a bin, with its 95 % interval, and their mean score.
struct Point {
    score: f64,
    share: f64,
    low: f64,
    high: f64,
}

impl Curve {
    /// Makes the curve of scores with their labels. Both labels have the same total weight, as in training.
    fn new(set: &'static str, scored: &[(f64, bool)]) -> Self {
        let positives = scored.iter().filter(|(_, positive)| *positive).count() as f64;
        let odds = (scored.len() as f64 - positives) / positives.max(1.0);
        let balanced = |share: f64| share * odds / (share * odds + 1.0 - share);
        let mut points = Vec::new();
        let (mut error, mut counted) = (0.0, 0.0);
        for bin in 0..BINS {
            let inside = |score: f64| ((score * BINS as f64) as usize).min(BINS - 1) == bin;
            let bin: Vec<&(f64, bool)> = scored.iter().filter(|(score, _)| inside(*score)).collect();
            if bin.len() < MIN_OBSERVATIONS {
                continue;
            }
            let count = bin.len() as f64;
            let score = bin.iter().map(|(score, _)| score).sum::<f64>() / count;
            let [share, low, high] =
                wilson(bin.iter().filter(|(_, positive)| *positive).count() as f64, count).map(balanced);
            error += count * (score - share).abs();
            counted += count;
            points.push(Point { score, share, low, high });
        }
        Self { set, points, error: error / f64::max(counted, 1.0) }
    }
}

/// The share of positives, with the ends of Wilson's score interval (1927).
fn wilson(positives: f64, count: f64) -> [f64; 3] {
    let share = positives / count;
    let scale = 1.0 + Z * Z / count;
    let centre = (share + Z * Z / (2.0 * count)) / scale;
    let half = Z / scale * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    [share, (centre - half).clamp(0.0, share), (centre + half).clamp(share, 1.0)]
}

/// The side of a panel's square, in pixels.
const SIDE: f64 = 300.0;
/// The space left of the first panel, in pixels.
const LEFT: f64 = 55.0;
/// The space above the panels, in pixels.
const TOP: f64 = 40.0;
/// The distance from one panel to the next, in pixels.
const STEP: f64 = 400.0;
/// Colours that people with colour blindness can distinguish (Okabe and Ito 2008).
const COLOURS: [&str; 3] = ["#0072B2", "#D55E00", "#009E73"];

fn draw(panels: &[Panel]) -> String {
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
        let (x, y) = (position(tick, 0.0).0, position(0.0, tick).1 + 4.0);
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
    for Point { score, share, low, high } in &curve.points {
        let ((x, y), (_, low), (_, high)) = (position(*score, *share), position(*score, *low), position(*score, *high));
        let _ = write!(line, "{x:.1},{y:.1} ");
        let _ = writeln!(svg, "<path d=\"M{x:.1} {low:.1}V{high:.1}\" stroke=\"{colour}\" opacity=\".5\"/>");
        let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>");
    }
    let _ = writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\"/>", line.trim_end());
    svg
}

/// The position of a score and a share in a panel, in pixels.
fn position(score: f64, share: f64) -> (f64, f64) {
    (score * SIDE, (1.0 - share) * SIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reliable_score_is_on_the_diagonal() {
        let scored: Vec<(f64, bool)> =
            (0..400).map(|n| if n % 2 == 0 { (0.25, n % 8 == 0) } else { (0.75, n % 8 != 1) }).collect();
        let curve = Curve::new("", &scored);
        assert!(curve.error < 0.01, "{}", curve.error);
        assert!(curve.points.iter().all(|point| point.low < point.share && point.share < point.high));
    }

    #[test]
    fn both_labels_have_the_same_total_weight() {
        // One in five is positive at any score, so that the score is no better than a fair coin.
        let scored: Vec<(f64, bool)> = (0..100).map(|n| (0.5, n % 5 == 0)).collect();
        let curve = Curve::new("", &scored);
        assert!((curve.points[0].share - 0.5).abs() < 1e-9);
    }
}
