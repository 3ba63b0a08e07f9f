//! Percentiles, proportions and their 95 % intervals.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// The number of draws of a bootstrap.
const DRAWS: usize = 1_000;

/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_964;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// The estimate.
    pub value: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
    /// The number of observations.
    pub n: usize,
}

/// The quantile `at` (0..1) of `sorted`, interpolated linearly. 0 for an empty list.
pub fn quantile(sorted: &[f64], at: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = at * last as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * place.fract()
}

/// The quantile `at` (0..1) of observations with a bootstrap interval (Efron, 1979).
pub fn percentile(observed: &[f64], at: f64, seed: u64) -> Figure {
    let quantile_of = |mut values: Vec<f64>| {
        values.sort_unstable_by(f64::total_cmp);
        quantile(&values, at)
    };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let draw =
        |rng: &mut ChaCha8Rng| (0..observed.len()).map(|_| observed[rng.random_range(0..observed.len())]).collect();
    let (low, high) = middle((0..DRAWS).map(|_| quantile_of(draw(&mut rng))).collect());
    Figure { value: quantile_of(observed.to_vec()), low, high, n: observed.len() }
}

/// A share of successes with Wilson's score interval (1927), which is also valid near 0 and 1.
pub fn proportion(successes: usize, n: usize) -> Figure {
    if n == 0 {
        return Figure { value: 0.0, low: 0.0, high: 1.0, n };
    }
    let (share, count) = (successes as f64 / n as f64, n as f64);
    let scale = 1.0 + Z * Z / count;
    let centre = (share + Z * Z / (2.0 * count)) / scale;
    let half = Z / scale * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    Figure { value: share, low: (centre - half).clamp(0.0, share), high: (centre + half).clamp(share, 1.0), n }
}

/// A share of successes with a bootstrap interval that draws whole clusters (successes, observations), because observations
/// in a cluster may be alike.
pub fn clustered_proportion(clusters: &[(usize, usize)], seed: u64) -> Figure {
    let share = |drawn: &mut dyn Iterator<Item = (usize, usize)>| {
        let (successes, n) = drawn.fold((0, 0), |sum, cluster| (sum.0 + cluster.0, sum.1 + cluster.1));
        successes as f64 / n.max(1) as f64
    };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let draws = (0..DRAWS)
        .map(|_| share(&mut (0..clusters.len()).map(|_| clusters[rng.random_range(0..clusters.len())])))
        .collect();
    let (low, high) = middle(draws);
    let n = clusters.iter().map(|cluster| cluster.1).sum();
    Figure { value: share(&mut clusters.iter().copied()), low, high, n }
}

/// The central 95 % of draws.
fn middle(mut draws: Vec<f64>) -> (f64, f64) {
    draws.sort_unstable_by(f64::total_cmp);
    (quantile(&draws, 0.025), quantile(&draws, 0.975))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        let sorted: Vec<f64> = (0..=100).map(f64::from).collect();
        assert!((quantile(&sorted, 0.5) - 50.0).abs() < 1e-9);
        assert!((quantile(&sorted, 0.995) - 99.5).abs() < 1e-9);
        assert!(quantile(&[], 0.5).abs() < 1e-9);
    }

    #[test]
    fn wilson_is_as_published() {
        // Newcombe 1998, table I: 81 of 263 and 0 of 20.
        let some = proportion(81, 263);
        assert!((some.low - 0.2553).abs() < 1e-4 && (some.high - 0.3662).abs() < 1e-4, "{some:?}");
        let none = proportion(0, 20);
        assert!(none.low.abs() < 1e-9 && (none.high - 0.1611).abs() < 1e-4, "{none:?}");
    }

    #[test]
    fn clusters_that_are_alike_inside_widen_the_interval() {
        let alone: Vec<(usize, usize)> = (0..100).map(|at| (at % 2, 1)).collect();
        let alike: Vec<(usize, usize)> = (0..10).map(|at| (at % 2 * 10, 10)).collect();
        let (alone, alike) = (clustered_proportion(&alone, 1), clustered_proportion(&alike, 1));
        assert!((alone.value - alike.value).abs() < 1e-9);
        assert!(alike.high - alike.low > 2.0 * (alone.high - alone.low));
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_figure(
            observed in prop::collection::vec(0.0..1e6, 1..80),
            successes in 0_usize..50,
            failures in 0_usize..50,
        ) {
            for at in [0.5, 0.99] {
                let figure = percentile(&observed, at, 1);
                prop_assert!(figure.low <= figure.value && figure.value <= figure.high, "{figure:?}");
            }
            let figure = proportion(successes, successes + failures);
            prop_assert!(figure.low <= figure.value && figure.value <= figure.high, "{figure:?}");
        }

        #[test]
        fn the_seed_decides(observed in prop::collection::vec(0.0..1e6, 1..80)) {
            prop_assert_eq!(percentile(&observed, 0.5, 3), percentile(&observed, 0.5, 3));
        }
    }
}
