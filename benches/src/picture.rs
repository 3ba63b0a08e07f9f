//! Draws the time of an answer over the size of the corpus, on logarithmic scales.

use crate::{
    probes::Kind,
    scale::{OfSize, Report},
    statistics::Figure,
};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 460.0;

/// Margins for the labels of axes and curves.
const LEFT: f64 = 70.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 45.0;

/// Colours that remain distinct for people with colour blindness (Okabe and Ito, 2008).
const COLOURS: [&str; 6] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

/// A curve: its label, and a time for each size.
struct Curve {
    name: String,
    is_ours: bool,
    /// Sizes in bytes and times in seconds.
    points: Vec<(f64, Figure)>,
}

/// The medians with their intervals as SVG. `None` if fewer than two sizes were measured.
pub fn svg(report: &Report) -> Option<String> {
    let curves = curves(report);
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let sizes = Axis::over(points().map(|point| point.0), LEFT, WIDTH - RIGHT)?;
    let times = Axis::over(points().map(|point| point.1.value), HEIGHT - BOTTOM, TOP)?;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    out += &grid(report, &sizes, &times);
    for (curve, colour) in curves.iter().zip(COLOURS.iter().cycle()) {
        out += &drawn(curve, colour, &sizes, &times);
    }
    Some(out + "</svg>\n")
}

fn curves(report: &Report) -> Vec<Curve> {
    let points = |of_size: &dyn Fn(&OfSize) -> Option<Figure>| {
        report.sizes.iter().filter_map(|of| Some((of.made.bytes as f64, of_size(of)?))).collect::<Vec<_>>()
    };
    let ours = Kind::ALL.map(|kind| Curve {
        name: format!("ibid, {}", kind.name()),
        is_ours: true,
        points: points(&|of| Some(of.answers.kinds.iter().find(|of| of.kind == kind)?.time.p50)),
    });
    let rivals = report.sizes.first().map_or(&[][..], |of| &of.rivals);
    let theirs = rivals.iter().enumerate().map(|(at, rival)| Curve {
        name: format!("{}, {}", rival.name, rival.kind.name()),
        is_ours: false,
        points: points(&|of| Some(of.rivals.get(at)?.time.p50)),
    });
    ours.into_iter().chain(theirs).collect()
}

/// A logarithmic axis.
struct Axis {
    /// Decimal logarithms of its ends.
    from: f64,
    to: f64,
    /// Their positions in the picture.
    start: f64,
    end: f64,
}

impl Axis {
    /// An axis from a power of ten to a power of ten. `None` for fewer than two values.
    fn over(values: impl Iterator<Item = f64>, start: f64, end: f64) -> Option<Self> {
        let (low, high) = values.fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        // A size slightly below a power of ten counts as that power.
        let (from, to) = ((low * 1.02).log10().floor(), (high * 0.98).log10().ceil());
        (low < high && low > 0.0).then_some(Self { from, to, start, end })
    }

    fn place(&self, value: f64) -> f64 {
        self.start + (value.log10() - self.from) / (self.to - self.from) * (self.end - self.start)
    }

    /// The powers of ten on it.
    fn powers(&self) -> impl Iterator<Item = f64> {
        (self.from as i32..=self.to as i32).map(|power| 10_f64.powi(power))
    }
}

fn grid(report: &Report, sizes: &Axis, times: &Axis) -> String {
    let (left, right) = (LEFT, WIDTH - RIGHT);
    let horizontal = times.powers().map(|seconds| {
        let y = times.place(seconds);
        format!(
            "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
            left - 8.0,
            y + 4.0,
            power_of_time(seconds)
        )
    });
    let beneath = report.sizes.iter().map(|of| {
        let (x, y) = (sizes.place(of.made.bytes as f64), HEIGHT - BOTTOM + 20.0);
        format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>\n", of.size)
    });
    horizontal.chain(beneath).collect()
}

/// A power of ten of a second in a suitable unit.
fn power_of_time(seconds: f64) -> String {
    match seconds {
        s if s < 0.9e-3 => format!("{:.0} µs", s * 1e6),
        s if s < 0.9 => format!("{:.0} ms", s * 1e3),
        s => format!("{s:.0} s"),
    }
}

fn drawn(curve: &Curve, colour: &str, sizes: &Axis, times: &Axis) -> String {
    let places: Vec<(f64, f64)> =
        curve.points.iter().map(|(size, time)| (sizes.place(*size), times.place(time.value))).collect();
    let line: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let dashes = if curve.is_ours { "" } else { " stroke-dasharray=\"5 4\"" };
    let polyline = format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dashes}/>\n",
        line.join(" ")
    );
    let marks = places.iter().zip(&curve.points).map(|((x, y), (_, time))| {
        let [low, high] = [time.low, time.high].map(|seconds| times.place(seconds.max(1e-9)));
        format!(
            "<line x1=\"{x:.1}\" y1=\"{low:.1}\" x2=\"{x:.1}\" y2=\"{high:.1}\" stroke=\"{colour}\"/>\
             <circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>\n"
        )
    });
    let name = places.last().map(|(x, y)| {
        format!("<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{}</text>\n", x + 10.0, y + 4.0, curve.name)
    });
    [polyline].into_iter().chain(marks).chain(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_goes_from_power_to_power() {
        let axis = Axis::over([0.000_03, 0.7].into_iter(), 0.0, 100.0).unwrap();
        assert_eq!(
            axis.powers().map(power_of_time).collect::<Vec<_>>(),
            ["10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s"]
        );
        assert!((axis.place(0.01) - 60.0).abs() < 1e-6);
        assert!(Axis::over([1.0].into_iter(), 0.0, 1.0).is_none());
    }
}
