//! Bibliographies: BibTeX, BibLaTeX and CSL-JSON.
