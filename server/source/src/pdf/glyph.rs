//! The letters that a page draws, each with its position, width and size.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt,
    font::{Glyph as Shape, GlyphRun},
    hayro_cmap::BfString,
    hayro_syntax::{Pdf, page::Page},
    interpret_page,
    kurbo::{Affine, BezPath, Rect},
};

/// Glyph units per unit of font size.
const UNITS: f64 = 1000.0;

/// A letter on a page. Lengths are in points from the upper left corner of the page.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Glyph {
    /// The character; never a control character.
    pub(super) letter: char,
    /// Its left edge.
    pub(super) x: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// The width.
    pub(super) width: f32,
    /// The font size.
    pub(super) size: f32,
}

/// What a page draws.
#[derive(Default)]
pub(super) struct Drawn {
    /// The letters of horizontal text, in drawing order.
    pub(super) glyphs: Vec<Glyph>,
    /// The number of glyphs that the file maps to no character.
    pub(super) unnamed: usize,
    /// Whether it draws a picture.
    pub(super) pictured: bool,
}

/// Draws the pages of a document.
pub(super) fn pages(pdf: &Pdf) -> Vec<Drawn> {
    let cache = InterpreterCache::new();
    // Form fields and annotations on top of a page are not part of the text.
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    pdf.pages().iter().map(|page| draw(pdf, page, &cache, settings.clone())).collect()
}

fn draw<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>, settings: InterpreterSettings) -> Drawn {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), bounds, cache, pdf.xref(), settings);
    let mut pen = Pen { drawn: Drawn::default(), bounds, run: Vec::new() };
    interpret_page(page, &mut context, &mut pen);
    pen.drawn
}

/// Collects what is drawn.
struct Pen {
    drawn: Drawn,
    /// The bounds of the page.
    bounds: Rect,
    /// The letters of the last run.
    run: Vec<Glyph>,
}

impl Pen {
    /// Records a glyph under a transform: one letter, or the letters of a ligature with equal shares of its width.
    fn write(&mut self, shape: &Shape<'_>, transform: Affine, run: &mut Vec<Glyph>) {
        let [across, along, slant, down, x, y] = transform.as_coeffs();
        let is_upright = across > 0.0 && along.abs() < 0.1 * across && down.abs() > 0.0;
        if !is_upright || !self.bounds.contains((x, y)) {
            return;
        }
        let size = UNITS * slant.hypot(down);
        let advance = match shape {
            Shape::Outline(outline) => outline.advance_width(),
            Shape::Type3(drawing) => drawing.advance_width(),
        };
        let width = (f64::from(advance.unwrap_or(0.0)) * across).clamp(0.0, 3.0 * size);
        let letters = match shape.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            None if matches!(shape, Shape::Type3(_)) => ot1_letters(shape.char_code()).to_owned(),
            None => String::new(),
        };
        let letters: Vec<char> = letters.chars().flat_map(letters_of).collect();
        if letters.is_empty() {
            self.drawn.unnamed += 1;
        }
        let each = width / letters.len().max(1) as f64;
        run.extend(letters.iter().enumerate().map(|(at, &letter)| Glyph {
            letter,
            x: (x + each * at as f64) as f32,
            y: y as f32,
            width: each as f32,
            size: size as f32,
        }));
    }
}

/// The letters of a character code in TeX's bitmap fonts, which old documents embed without naming their characters.
/// The encoding is OT1, with the ligatures and quotation marks of T1 in codes that OT1 leaves without readable
/// characters.
fn ot1_letters(code: u32) -> &'static str {
    const PRINTED: &str =
        "!”#$%&’()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[“]^_‘abcdefghijklmnopqrstuvwxyz–—˝˜";
    match code {
        11 | 27 => "ff",
        12 | 28 => "fi",
        13 | 29 => "fl",
        14 | 30 => "ffi",
        15 | 31 => "ffl",
        16 => "“",
        17 => "”",
        21 => "–",
        22 => "—",
        33..127 => {
            let mut places = PRINTED.char_indices().skip(code as usize - 33);
            let start = places.next().map_or(0, |(at, _)| at);
            &PRINTED[start..places.next().map_or(PRINTED.len(), |(at, _)| at)]
        }
        _ => "",
    }
}

/// The letters of a character: several for a ligature, none for private-use and control characters.
fn letters_of(letter: char) -> impl Iterator<Item = char> {
    let private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let ligature = match letter {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => "",
    };
    let one = match letter {
        _ if !ligature.is_empty() || private || letter == '\u{fffd}' => None,
        _ if letter.is_whitespace() => Some(' '),
        _ if letter.is_control() => None,
        '\u{ad}' => Some('-'),
        _ => Some(letter),
    };
    ligature.chars().chain(one)
}

impl<'a> Device<'a> for Pen {
    fn draw_glyph_run(&mut self, glyphs: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let mut run = Vec::new();
        for glyph in glyphs.glyphs() {
            self.write(glyph, props.transform * glyph.transform(), &mut run);
        }
        // Outlined text is drawn twice, filled and stroked.
        if run != self.run {
            self.drawn.glyphs.extend(&run);
            self.run = run;
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.drawn.pictured = true;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
