//! Vectors of common words, from the word embeddings of a sentence encoder.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
    fs,
    path::Path,
};

use ibid_evidence::verify::similarity::{DIGITS, DIMENSIONS};
use ibid_text::stem;

use crate::data::DataError;

/// The number of stems in the table: the most frequent ones.
const STEMS: usize = 10_000;

/// The number of rounds of orthogonal iteration. The components need only span the right space.
const ROUNDS: usize = 60;

/// A vector of numbers.
type Vector = Vec<f64>;

/// The table: one line for each stem, with a digit for each of its principal components.
///
/// `folder` contains the files of an encoder's package: `model.safetensors` and `tokenizer.json`. The vocabulary of a
/// word-piece tokenizer is in the order of frequency.
///
/// # Errors
/// Fails when a file cannot be read or has another format.
pub(crate) fn table(folder: &Path) -> Result<String, DataError> {
    let embeddings = embeddings(&folder.join("model.safetensors"))?;
    let words = vocabulary(&folder.join("tokenizer.json"))?;
    let rows: Vec<&Vector> = words.iter().filter_map(|(_, place)| embeddings.get(*place)).collect();
    let mean = mean(&rows);
    let components = components(&rows, &mean);
    let mut stems: Vec<String> = Vec::new();
    let mut sums: HashMap<String, Vector> = HashMap::new();
    for ((word, _), row) in words.iter().zip(&rows) {
        let projected = unit(components.iter().map(|component| centred_dot(row, &mean, component)).collect());
        let stem = stem(word).into_owned();
        let sum = sums.entry(stem.clone()).or_insert_with(|| {
            stems.push(stem);
            vec![0.0; DIMENSIONS]
        });
        sum.iter_mut().zip(projected).for_each(|(sum, x)| *sum += x);
    }
    stems.truncate(STEMS);
    stems.sort_unstable();
    let mut file = "// principal components of all-MiniLM-L6-v2's word embeddings, by server/train\n".to_owned();
    for stem in stems {
        let _ = writeln!(file, "{stem}\t{}", digits(&unit(sums.remove(&stem).unwrap_or_default())));
    }
    Ok(file)
}

/// The words of a word-piece vocabulary with their indices, in order. Pieces and words under three letters are left out.
fn vocabulary(path: &Path) -> Result<Vec<(String, usize)>, DataError> {
    #[derive(serde::Deserialize)]
    struct Tokenizer {
        model: Pieces,
    }
    #[derive(serde::Deserialize)]
    struct Pieces {
        vocab: BTreeMap<String, usize>,
    }
    let tokenizer: Tokenizer =
        serde_json::from_slice(&bytes(path)?).map_err(|error| DataError::line(path, 1, error))?;
    let is_word = |word: &str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut words: Vec<(String, usize)> = tokenizer.model.vocab.into_iter().filter(|(word, _)| is_word(word)).collect();
    words.sort_unstable_by_key(|(_, place)| *place);
    Ok(words)
}

/// The matrix of word embeddings in a safetensors file, which contains the length of the header, the header as JSON, and
/// the numbers.
fn embeddings(path: &Path) -> Result<Vec<Vector>, DataError> {
    #[derive(serde::Deserialize)]
    struct Tensor {
        shape: Vec<usize>,
        data_offsets: (usize, usize),
    }
    #[derive(serde::Deserialize)]
    struct Header {
        #[serde(rename = "embeddings.word_embeddings.weight")]
        words: Tensor,
    }
    let file = bytes(path)?;
    let (length, rest) =
        file.split_first_chunk().map_or((0, &[][..]), |(length, rest)| (u64::from_le_bytes(*length), rest));
    let (header, numbers) = rest.split_at((length as usize).min(rest.len()));
    let header: Header = serde_json::from_slice(header).map_err(|error| DataError::line(path, 1, error))?;
    let (start, end) = header.words.data_offsets;
    let (numbers, _) = numbers.get(start..end).unwrap_or_default().as_chunks();
    let numbers: Vector = numbers.iter().map(|number| f64::from(f32::from_le_bytes(*number))).collect();
    let width = header.words.shape.last().copied().unwrap_or_default().max(1);
    Ok(numbers.chunks_exact(width).map(<[f64]>::to_vec).collect())
}

fn bytes(path: &Path) -> Result<Vec<u8>, DataError> {
    fs::read(path).map_err(|error| DataError::Io { path: path.display().to_string(), error })
}

fn mean(rows: &[&Vector]) -> Vector {
    let width = rows.first().map_or(0, |row| row.len());
    let mut mean = vec![0.0; width];
    for row in rows {
        mean.iter_mut().zip(*row).for_each(|(mean, x)| *mean += x / rows.len() as f64);
    }
    mean
}

/// The directions in which the rows vary most, by orthogonal iteration on their covariance.
fn components(rows: &[&Vector], mean: &[f64]) -> Vec<Vector> {
    let width = mean.len();
    let mut covariance = vec![vec![0.0; width]; width];
    for row in rows {
        let centred: Vector = row.iter().zip(mean).map(|(x, mean)| x - mean).collect();
        for (sums, x) in covariance.iter_mut().zip(&centred) {
            sums.iter_mut().zip(&centred).for_each(|(sum, y)| *sum += x * y);
        }
    }
    let axis = |at: usize| (0..width).map(|place| f64::from(u8::from(place == at))).collect();
    let mut found: Vec<Vector> = (0..DIMENSIONS).map(axis).collect();
    for _ in 0..ROUNDS {
        let products = found.iter().map(|one| covariance.iter().map(|sums| dot(sums, one)).collect());
        let mut next: Vec<Vector> = Vec::with_capacity(DIMENSIONS);
        // Gram-Schmidt: subtract from each component its projections on those before it.
        for mut one in products.collect::<Vec<Vector>>() {
            for other in &next {
                let shared = dot(&one, other);
                one.iter_mut().zip(other).for_each(|(x, y)| *x -= shared * y);
            }
            next.push(unit(one));
        }
        found = next;
    }
    found
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn centred_dot(row: &[f64], mean: &[f64], component: &[f64]) -> f64 {
    row.iter().zip(mean).zip(component).map(|((x, mean), y)| (x - mean) * y).sum()
}

fn unit(mut row: Vector) -> Vector {
    let length = dot(&row, &row).sqrt().max(1e-12);
    for x in &mut row {
        *x /= length;
    }
    row
}

/// The row with each number as the nearest digit. The digits are scaled to the row's largest absolute value.
fn digits(row: &[f64]) -> String {
    let most = row.iter().fold(1e-12, |most: f64, x| most.max(x.abs()));
    let digit = |x: &f64| char::from(DIGITS[((x / most * 31.5 + 31.5).round() as usize).min(DIGITS.len() - 1)]);
    row.iter().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_has_the_direction_of_the_greatest_variance() {
        let rows: Vec<Vector> = (0..200)
            .map(|n| {
                let mut row = vec![0.0; DIMENSIONS + 2];
                row[7] = f64::from(n % 20) - 10.0;
                row[3] = f64::from(n % 2) * 0.1;
                row
            })
            .collect();
        let rows: Vec<&Vector> = rows.iter().collect();
        let components = components(&rows, &mean(&rows));
        assert!(components.iter().any(|component| component[7].abs() > 0.99), "{components:?}");
    }

    #[test]
    fn digits_reach_from_the_least_to_the_greatest() {
        assert_eq!(digits(&[-1.0, 0.0, 1.0]), "Ag-");
    }
}
